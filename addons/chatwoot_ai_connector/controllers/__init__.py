from . import config, result, status, webhook
