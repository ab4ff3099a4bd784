from . import mongodb
