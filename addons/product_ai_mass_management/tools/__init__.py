from . import ai_price
