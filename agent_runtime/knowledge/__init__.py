"""The store of searchable knowledge: text in, ranked passages out, one collection an account."""
