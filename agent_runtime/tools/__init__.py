"""What a turn may look up, as plain async functions that return typed evidence."""
