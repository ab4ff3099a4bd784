from . import fields, models, tools, wizards
from .hooks import uninstall_hook
