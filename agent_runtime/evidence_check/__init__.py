"""Whether an answer says only what its evidence bears. Pure: neither Odoo nor network."""
