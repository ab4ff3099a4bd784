"""Sessions to MCP servers: long-lived, pooled, bound to one account, limited to named tools."""
