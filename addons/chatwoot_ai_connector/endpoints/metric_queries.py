"""What is counted, each by one query over a database's rows.

They read columns that hold no words of anybody: no message, no phone number, no name.

A counter's query counts the rows that came to their end (or in) between ``since`` and ``until``;
what came before ``since`` is in ``chatwoot_metric_total``, where ``models/metric_total.py`` folds
it. Reading them is therefore as quick in the third year as in the first week. And no row may
move from one label to another, or a counter would fall, which Prometheus takes for a restart.
"""

from __future__ import annotations

from typing import NamedTuple


class Gauge(NamedTuple):
    """``labels`` beside ``database`` and ``account``, in the order of the query's columns.

    The query is for ``accounts`` (ids of ``chatwoot.account``) and yields an account's number,
    the labels' values and a number.
    """

    name: str
    help: str
    labels: tuple[str, ...]
    query: str


class Counter(NamedTuple):
    """As a :class:`Gauge`, but the query yields an account's id, and may be empty.

    Then there are no rows to count; what happened is added to the totals when it happens.
    """

    name: str
    help: str
    labels: tuple[str, ...]
    query: str = ""


GAUGES = (
    Gauge(
        "chatwoot_events_waiting",
        "Events and results that are recorded and not worked off.",
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
    Gauge(
        "chatwoot_events_oldest_waiting_seconds",
        "Age of the oldest of them.",
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
    Gauge(
        "chatwoot_turns_in_flight",
        "Turns under way.",
        ("state",),
        """
        SELECT account.account_id, stage.state, COALESCE(sum(flying.turns), 0)
          FROM chatwoot_account AS account
         CROSS JOIN (VALUES ('prepared'), ('dispatched'), ('answered'), ('delivering'))
                 AS stage (state)
          LEFT JOIN (SELECT chatwoot_account_id, state, count(*) AS turns
                       FROM chatwoot_turn
                      WHERE state IN ('prepared', 'dispatched', 'answered', 'delivering')
                      GROUP BY 1, 2) AS flying
                 ON flying.chatwoot_account_id = account.id AND flying.state = stage.state
         WHERE account.id = ANY(%(accounts)s)
         GROUP BY 1, 2
        """,
    ),
)

_OF = "chatwoot_account_id = ANY(%(accounts)s)"
_INTAKE = f"""
  FROM chatwoot_intake
 WHERE received_at >= %(since)s AND received_at < %(until)s AND {_OF}
"""
_MESSAGES = f"""
  FROM chatwoot_message
 WHERE create_date >= %(since)s AND create_date < %(until)s AND {_OF}
"""
_ENDED = f"WHERE turn.finished_at >= %(since)s AND turn.finished_at < %(until)s AND turn.{_OF}"
_TURNS = f"FROM chatwoot_turn AS turn {_ENDED}"
_PARTS = f"""
  FROM chatwoot_turn AS turn
  JOIN chatwoot_turn_part AS part ON part.turn_id = turn.id
 CROSS JOIN LATERAL (VALUES ('sent', part.state = 'sent' OR part.message_id > 0),
                            ('failed', part.state = 'failed')) AS fate (state, holds)
 {_ENDED}
"""
_TOKENS = f"""
  FROM chatwoot_turn AS turn
 CROSS JOIN LATERAL (VALUES ('prompt', turn.prompt_tokens),
                            ('completion', turn.completion_tokens)) AS used (kind, tokens)
 {_ENDED}
"""
_BOUND = """
    COALESCE((SELECT min(bound) FROM unnest(%(bounds)s::float8[]) AS bound
               WHERE bound >= stage.seconds), 'Infinity')::text
"""
_STAGES = """
  FROM chatwoot_turn AS turn
 CROSS JOIN LATERAL (
       SELECT 'runtime_' || key, value::float8 / 1000
         FROM jsonb_each_text(CASE jsonb_typeof(turn.timings) WHEN 'object' THEN turn.timings END)
        UNION ALL
       SELECT own.name, GREATEST(EXTRACT(EPOCH FROM own.lasted), 0)::float8
         FROM (VALUES ('dispatch', turn.dispatched_at - turn.create_date),
                      ('answer', turn.delivery_since - turn.dispatched_at),
                      ('deliver', turn.finished_at - turn.delivery_since)) AS own (name, lasted)
        WHERE own.lasted IS NOT NULL
        UNION ALL
       SELECT 'whole', turn.seconds WHERE turn.state IN ('delivered', 'handed_over')
       ) AS stage (name, seconds)
"""
BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Of the durations' histogram, in seconds."""

COUNTERS = (
    Counter(
        "chatwoot_events_received",
        "Webhook events and runtime results that were recorded.",
        ("kind",),
        f"SELECT chatwoot_account_id, kind, count(*) {_INTAKE} GROUP BY 1, 2",
    ),
    Counter(
        "chatwoot_events_left_out",
        "Webhook events that were authentic and not recorded.",
        ("reason",),
    ),
    Counter(
        "chatwoot_messages",
        "Messages of conversations, whoever wrote them.",
        ("author",),
        f"SELECT chatwoot_account_id, author, count(*) {_MESSAGES} GROUP BY 1, 2",
    ),
    Counter(
        "chatwoot_messages_refused",
        "Messages that the channel refused to deliver.",
        ("author",),
        f"""
        SELECT chatwoot_account_id, author, count(*) {_MESSAGES} AND delivery_error IS NOT NULL
         GROUP BY 1, 2
        """,
    ),
    Counter(
        "chatwoot_messages_passed_over",
        "Messages that came in and start no turn, whoever wrote them.",
        ("reason",),
        # What was read as history may still come in.
        f"""
        SELECT chatwoot_account_id, passed_over, count(*) {_MESSAGES} AND passed_over <> 'history'
         GROUP BY 1, 2
        """,
    ),
    Counter(
        "chatwoot_turns",
        "Turns that have ended. Delivered is what Chatwoot took, whatever the channel said later.",
        ("state", "crew"),
        # A superseded turn's crew is heard of later or never.
        f"""
        SELECT turn.chatwoot_account_id,
               CASE WHEN turn.handover_reason = 'undelivered' THEN 'delivered'
                    ELSE turn.state END,
               CASE WHEN turn.state <> 'superseded' THEN COALESCE(turn.crew, '') ELSE '' END,
               count(*)
               {_TURNS}
         GROUP BY 1, 2, 3
        """,
    ),
    Counter(
        "chatwoot_turns_ignored",
        "Turns that the assistant left to people or to nobody.",
        ("reason",),
        f"""
        SELECT turn.chatwoot_account_id, turn.ignored_reason, count(*) {_TURNS}
           AND turn.state = 'ignored' AND turn.ignored_reason IS NOT NULL
         GROUP BY 1, 2
        """,
    ),
    Counter(
        "chatwoot_handovers",
        "Turns handed over to people.",
        ("reason",),
        f"""
        SELECT turn.chatwoot_account_id, COALESCE(turn.handover_reason, ''), count(*) {_TURNS}
           AND turn.state = 'handed_over'
         GROUP BY 1, 2
        """,
    ),
    Counter(
        "chatwoot_parts",
        "Messages of the assistant that were sent, and those that failed, at once or afterwards.",
        ("state",),
        f"""
        SELECT turn.chatwoot_account_id, fate.state, count(*) {_PARTS} AND fate.holds
         GROUP BY 1, 2
        """,
    ),
    Counter(
        "chatwoot_model_calls",
        "Calls of the language model.",
        ("model",),
        f"""
        SELECT turn.chatwoot_account_id, turn.model, sum(turn.model_calls) {_TURNS}
           AND turn.model IS NOT NULL
         GROUP BY 1, 2
        """,
    ),
    Counter(
        "chatwoot_model_tokens",
        "Tokens that the language model read and wrote.",
        ("model", "kind"),
        f"""
        SELECT turn.chatwoot_account_id, turn.model, used.kind, COALESCE(sum(used.tokens), 0)
               {_TOKENS}
           AND turn.model IS NOT NULL
         GROUP BY 1, 2, 3
        """,
    ),
    Counter(
        "chatwoot_model_cost",
        "What the language model cost, where the setting model_prices has its price.",
        ("model",),
        f"""
        SELECT turn.chatwoot_account_id, turn.model, sum(turn.cost) {_TURNS}
           AND turn.model IS NOT NULL AND turn.cost > 0
         GROUP BY 1, 2
        """,
    ),
)

STAGE_COUNT = Counter(
    "chatwoot_stage_seconds_count",
    "Durations by stage and the least bound that they do not exceed.",
    ("stage", "bound"),
    f"""
    SELECT turn.chatwoot_account_id, stage.name, {_BOUND}, count(*) {_STAGES} {_ENDED}
     GROUP BY 1, 2, 3
    """,
)
STAGE_SUM = Counter(
    "chatwoot_stage_seconds_sum",
    "Their sum.",
    ("stage",),
    f"""
    SELECT turn.chatwoot_account_id, stage.name, sum(stage.seconds) {_STAGES} {_ENDED}
     GROUP BY 1, 2
    """,
)
COUNTED = (*COUNTERS, STAGE_COUNT, STAGE_SUM)
"""All that is folded into totals."""

JOBS = """
    SELECT channel, state, count(*),
           EXTRACT(EPOCH FROM
               clock_timestamp() AT TIME ZONE 'UTC' - min(GREATEST(date_created, eta)))
      FROM queue_job
     WHERE state IN ('wait_dependencies', 'pending', 'enqueued', 'started', 'failed')
       AND (eta IS NULL OR eta <= now() AT TIME ZONE 'UTC' OR state <> 'pending')
     GROUP BY 1, 2
"""
"""The database's jobs by channel and state, and how long the oldest has been due (seconds)."""
