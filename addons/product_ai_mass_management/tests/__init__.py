from . import (
    test_ai_price,
    test_ai_price_wizard,
    test_editor_access,
    test_mass_actions,
    test_price_arithmetic,
    test_stock_offer,
)
