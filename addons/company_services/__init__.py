from . import fields, models, tools
from .hooks import uninstall_hook
