from . import product_template, product_template_offer
