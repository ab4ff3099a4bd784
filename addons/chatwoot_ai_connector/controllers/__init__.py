from . import config, health, metrics, result, status, webhook
