"""What the customer wants and which crew answers. Pure code, no model, no network."""
