"""What is counted, each by one query over a database's rows.

Every query is for ``accounts`` (ids of ``chatwoot.account``) and yields an account's number, the
values of the labels and a number. They read columns that hold no words of anybody: no message, no
phone number, no name.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Metric(NamedTuple):
    """``labels`` beside ``database`` and ``account``, in the order of the query's columns."""

    name: str
    help: str
    kind: Literal["counter", "gauge"]
    labels: tuple[str, ...]
    query: str


ENDED = ("delivered", "handed_over", "superseded", "failed", "ignored")
"""States that a turn does not leave any more."""

METRICS = (
    Metric(
        "chatwoot_events_received",
        "Webhook events and runtime results that were recorded.",
        "counter",
        ("kind",),
        """
        SELECT account.account_id, received.kind, sum(received.events)
          FROM (SELECT chatwoot_account_id, kind, count(*) AS events
                  FROM chatwoot_intake GROUP BY 1, 2
                 UNION ALL
                SELECT chatwoot_account_id, kind, events FROM chatwoot_intake_total) AS received
          JOIN chatwoot_account AS account ON account.id = received.chatwoot_account_id
         WHERE account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_events_waiting",
        "Events and results that are recorded and not worked off.",
        "gauge",
        (),
        """
        SELECT account.account_id, count(intake.id)
          FROM chatwoot_account AS account
          LEFT JOIN chatwoot_intake AS intake
                 ON intake.chatwoot_account_id = account.id AND intake.processed_at IS NULL
         WHERE account.id = ANY(%(accounts)s)
         GROUP BY 1
        """,
    ),
    Metric(
        "chatwoot_events_oldest_waiting_seconds",
        "Age of the oldest of them.",
        "gauge",
        (),
        """
        SELECT account.account_id, COALESCE(EXTRACT(
                   EPOCH FROM clock_timestamp() AT TIME ZONE 'UTC' - min(intake.received_at)), 0)
          FROM chatwoot_account AS account
          LEFT JOIN chatwoot_intake AS intake
                 ON intake.chatwoot_account_id = account.id AND intake.processed_at IS NULL
         WHERE account.id = ANY(%(accounts)s)
         GROUP BY 1
        """,
    ),
    Metric(
        "chatwoot_messages",
        "Messages of conversations, whoever wrote them.",
        "counter",
        ("author",),
        """
        SELECT account.account_id, message.author, count(*)
          FROM chatwoot_message AS message
          JOIN chatwoot_account AS account ON account.id = message.chatwoot_account_id
         WHERE account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_messages_refused",
        "Messages that the channel refused to deliver.",
        "counter",
        ("author",),
        """
        SELECT account.account_id, message.author, count(*)
          FROM chatwoot_message AS message
          JOIN chatwoot_account AS account ON account.id = message.chatwoot_account_id
         WHERE message.delivery_error IS NOT NULL AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_messages_passed_over",
        "Customers' messages that no turn was made for.",
        "counter",
        ("reason",),
        """
        SELECT account.account_id, message.passed_over, count(*)
          FROM chatwoot_message AS message
          JOIN chatwoot_account AS account ON account.id = message.chatwoot_account_id
         WHERE message.passed_over IS NOT NULL AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_turns",
        "Turns that have ended.",
        "counter",
        ("state", "crew"),
        """
        SELECT account.account_id, turn.state, COALESCE(turn.crew, ''), count(*)
          FROM chatwoot_turn AS turn
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         WHERE turn.state = ANY(%(ended)s) AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2, 3
        """,
    ),
    Metric(
        "chatwoot_turns_in_flight",
        "Turns under way.",
        "gauge",
        ("state",),
        """
        SELECT account.account_id, stage.state, count(turn.id)
          FROM chatwoot_account AS account
         CROSS JOIN (VALUES ('prepared'), ('dispatched'), ('answered'), ('delivering'))
                 AS stage (state)
          LEFT JOIN chatwoot_turn AS turn
                 ON turn.chatwoot_account_id = account.id AND turn.state = stage.state
         WHERE account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_turns_ignored",
        "Turns that the assistant left to people or to nobody.",
        "counter",
        ("reason",),
        """
        SELECT account.account_id, turn.ignored_reason, count(*)
          FROM chatwoot_turn AS turn
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         WHERE turn.state = 'ignored' AND turn.ignored_reason IS NOT NULL
           AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_handovers",
        "Turns handed over to people.",
        "counter",
        ("reason",),
        """
        SELECT account.account_id, COALESCE(turn.handover_reason, ''), count(*)
          FROM chatwoot_turn AS turn
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         WHERE turn.state = 'handed_over' AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_parts",
        "Messages of the assistant that were sent, or could not be.",
        "counter",
        ("state",),
        """
        SELECT account.account_id, part.state, count(*)
          FROM chatwoot_turn_part AS part
          JOIN chatwoot_turn AS turn ON turn.id = part.turn_id
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         WHERE part.state IN ('sent', 'failed') AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_model_calls",
        "Calls of the language model.",
        "counter",
        ("model",),
        """
        SELECT account.account_id, turn.model, sum(turn.model_calls)
          FROM chatwoot_turn AS turn
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         WHERE turn.model IS NOT NULL AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
    Metric(
        "chatwoot_model_tokens",
        "Tokens that the language model read and wrote.",
        "counter",
        ("model", "kind"),
        """
        SELECT account.account_id, turn.model, used.kind, COALESCE(sum(used.tokens), 0)
          FROM chatwoot_turn AS turn
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         CROSS JOIN LATERAL (VALUES ('prompt', turn.prompt_tokens),
                                    ('completion', turn.completion_tokens)) AS used (kind, tokens)
         WHERE turn.model IS NOT NULL AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2, 3
        """,
    ),
    Metric(
        "chatwoot_model_cost",
        "What the language model cost, where the setting model_prices has its price.",
        "counter",
        ("model",),
        """
        SELECT account.account_id, turn.model, sum(turn.cost)
          FROM chatwoot_turn AS turn
          JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
         WHERE turn.model IS NOT NULL AND turn.cost > 0 AND account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
)

STAGES = """
    SELECT account.account_id, stage.name, width_bucket(-stage.seconds, %(bounds)s::float8[]),
           count(*), sum(stage.seconds)
      FROM chatwoot_turn AS turn
      JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
     CROSS JOIN LATERAL (
           SELECT 'runtime_' || key, value::float8 / 1000
             FROM jsonb_each_text(CASE jsonb_typeof(turn.timings)
                                  WHEN 'object' THEN turn.timings END)
            UNION ALL
           SELECT own.name, GREATEST(EXTRACT(EPOCH FROM own.lasted), 0)::float8
             FROM (VALUES ('dispatch', turn.dispatched_at - turn.create_date),
                          ('answer', turn.delivery_since - turn.dispatched_at),
                          ('deliver', turn.finished_at - turn.delivery_since))
                  AS own (name, lasted)
            WHERE own.lasted IS NOT NULL
            UNION ALL
           SELECT 'whole', turn.seconds WHERE turn.state IN ('delivered', 'handed_over')
           ) AS stage (name, seconds)
     WHERE turn.state = ANY(%(ended)s) AND account.id = ANY(%(accounts)s)
     GROUP BY 1, 2, 3
"""
"""Durations by stage. The bounds are negated and ascend; the bucket is how many of the true bounds
are not below the duration."""

JOBS = """
    SELECT channel, state, count(*),
           EXTRACT(EPOCH FROM
               clock_timestamp() AT TIME ZONE 'UTC' - min(GREATEST(date_created, eta)))
      FROM queue_job
     WHERE state NOT IN ('done', 'cancelled')
       AND (eta IS NULL OR eta <= now() AT TIME ZONE 'UTC' OR state <> 'pending')
     GROUP BY 1, 2
"""
"""The database's jobs by channel and state, and how long the oldest has been due (seconds)."""
