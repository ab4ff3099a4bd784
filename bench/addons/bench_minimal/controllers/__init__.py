from . import minimal
