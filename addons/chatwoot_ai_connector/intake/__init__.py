"""The registry-free way in: verify, write one row, wake the queue.

Loading a database's registry takes seconds in a fresh worker, and Chatwoot waits five; so
nothing in this package touches the ORM.
"""
