from . import result, webhook
