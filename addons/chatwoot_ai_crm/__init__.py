from odoo.addons.chatwoot_ai_connector.hooks import publish_anew

from . import models
