from . import product_ai_price_wizard, product_ai_price_wizard_line
