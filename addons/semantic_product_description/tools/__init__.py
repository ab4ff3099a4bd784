from . import product_text
