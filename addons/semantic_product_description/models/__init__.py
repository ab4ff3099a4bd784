# The abstract model first: Odoo builds models in the order of these lines.
from . import agent_readable  # isort: skip
from . import (
    ai_tenant,
    product_category,
    product_product,
    product_template,
    product_template_editor,
    product_template_index,
    product_template_offer,
)
