# The abstract models first: Odoo builds models in the order of these lines.
from . import agent_readable, product_text_part  # isort: skip
from . import (
    ai_tenant,
    product_attribute,
    product_attribute_value,
    product_category,
    product_product,
    product_template,
    product_template_attribute_line,
    product_template_editor,
    product_template_index,
    product_template_offer,
)
