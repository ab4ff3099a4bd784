"""Composing an answer from evidence, without a model. Pure code.

Every function returns statements: a text and the references it stands on. What has no evidence
has no statement.
"""
