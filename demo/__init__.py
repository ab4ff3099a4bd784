"""The demonstration: two believable tenants, a Chatwoot double and the conversations played."""
