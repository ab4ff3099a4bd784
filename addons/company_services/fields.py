"""Field types of the suite."""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL

from .tools import crypto

MASK = "\u2022" * 8
"""What every reader of a secret gets instead of it; writing it back changes nothing."""
PREFIX = crypto.COLUMN_PREFIX


class Secret(fields.Char):
    """A text that is encrypted in its column and masked for every reader.

    No query of the ORM ever selects the ciphertext: :meth:`to_sql` asks the database only
    whether the column is set, so ``read``, export, grouping and aggregation have nothing to
    show. :func:`..tools.secrets.reveal` alone reads the column and decrypts it. A secret is
    never copied and cannot be tracked.
    """

    is_secret = True
    copy = False

    def _setup_attrs__(self, model_class, name):
        result = super()._setup_attrs__(model_class, name)
        if getattr(self, "tracking", None):
            raise TypeError(f"A secret cannot be tracked: {model_class._name}.{name}")
        return result

    def _description_groupable(self, env):
        return False

    def _description_sortable(self, env):
        return False

    def sealed_value(self, record) -> str | None:
        """Ciphertext of one record's column, straight from the database."""
        record.flush_recordset([self.name])
        record.env.cr.execute(
            SQL(
                "SELECT %s FROM %s WHERE id = %s",
                SQL.identifier(self.name),
                SQL.identifier(record._table),
                record.id,
            )
        )
        row = record.env.cr.fetchone()
        return row[0] if row else None

    # --- what goes in ---

    def _seal(self, value) -> str | None:
        if value in (None, False, "", MASK):
            return None
        return PREFIX + crypto.encrypt(str(value))

    def write(self, records, value):
        """Seal and store ``value``; the mask, as a form sends it back, changes nothing."""
        if value == MASK:
            return
        super().write(records, self._seal(value))

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        return self._seal(value)

    def get_column_update(self, record):
        # What the cache holds is sealed already; sealing it again would bury the secret.
        return record.env.transaction.field_data[self][record.id]

    def convert_to_column(self, value, record, values=None, validate=True):
        return self.convert_to_cache(value, record, validate)

    def convert_to_cache(self, value, record, validate=True):
        # What carries the prefix was sealed by write or comes from the database; values from
        # outside pass through write or the insert, which never trust the prefix.
        if isinstance(value, str) and value.startswith(PREFIX):
            return value
        return self._seal(value)

    # --- what comes out ---

    def to_sql(self, model, alias):
        """Only whether the secret is set, as the prefix without a ciphertext behind it."""
        column = super().to_sql(model, alias)
        return SQL("CASE WHEN %s IS NOT NULL THEN %s END", column, PREFIX)

    def convert_to_record(self, value, record):
        return MASK if value else False

    def convert_to_read(self, value, record, use_display_name=True):
        return MASK if value else False

    def convert_to_export(self, value, record):
        return MASK if value else ""

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        """Only "is it set?" can be asked: any other condition would be an oracle."""
        if operator not in ("in", "not in") or any(value):
            raise UserError(model.env._("A secret cannot be searched for, only whether it is set."))
        test = SQL("IS NULL") if operator == "in" else SQL("IS NOT NULL")
        return SQL("%s %s", model._field_to_sql(alias, field_expr, query), test)
