from odoo import api, fields, models

from ..note_html import note_html
from .chatwoot_inbox import CHANNELS
from .chatwoot_routing_rule import CREWS

IN_FLIGHT = ("prepared", "dispatched", "answered", "delivering")
SUPERSEDABLE = ("prepared", "dispatched", "answered")
"""States in which no part has left yet, so that a newer message may still join."""
MAX_SUPERSEDES = 2
"""How often in a row; then the customer who keeps writing gets an answer nevertheless."""


class ChatwootTurn(models.Model):
    """One question of the customer (perhaps several messages) and what became of it.

    The record is the decision log: what was asked, which crew took it and why, what the answer
    stands on, what was sent, how long each step took.
    """

    _name = "chatwoot.turn"
    _description = "Assistant's turn"
    _order = "id desc"

    conversation_id = fields.Many2one(
        "chatwoot.conversation", required=True, index=True, ondelete="cascade"
    )
    chatwoot_account_id = fields.Many2one(
        related="conversation_id.chatwoot_account_id", store=True, index=True
    )
    company_id = fields.Many2one(related="conversation_id.company_id", store=True, index=True)
    contact_name = fields.Char(related="conversation_id.contact_name")
    channel = fields.Selection(CHANNELS, required=True)
    state = fields.Selection(
        [
            ("prepared", "Prepared"),
            ("dispatched", "Being answered"),
            ("answered", "Answered"),
            ("delivering", "Being sent"),
            ("delivered", "Sent"),
            ("handed_over", "Handed over"),
            ("invited", "Asked to write again"),
            ("superseded", "Superseded"),
            ("failed", "Failed"),
            ("ignored", "Not answered"),
        ],
        required=True,
        default="prepared",
        index=True,
    )
    ignored_reason = fields.Selection(
        [
            ("not_pending", "The conversation is not with the assistant"),
            ("human_assignee", "A person is assigned"),
            ("bot_disabled", "The assistant is switched off for the inbox"),
            ("human_replied", "A person has answered"),
            ("handed_over", "The assistant has handed the conversation over"),
            ("cannot_reply", "The channel's reply window is closed"),
            ("blocked_contact", "The contact is blocked"),
            ("automatic_reply", "The message is an automatic reply"),
            ("nothing_to_answer", "The message is empty"),
            ("closed", "The company is closed; the message waits for the opening"),
            ("loop_guard", "Too many answers within a few minutes"),
        ]
    )
    message_ids = fields.Many2many(
        "chatwoot.message",
        "chatwoot_turn_message_rel",
        "turn_id",
        "message_id",
        string="Customer's messages",
    )
    customer_text = fields.Text(string="Question", compute="_compute_customer_text")
    answer_text = fields.Text(string="Answer", compute="_compute_answer_text")
    answer_html = fields.Html(
        string="Answer, formatted", compute="_compute_answer_html", sanitize=False
    )
    moment = fields.Datetime(help="When the rules were read: the crew's now.")
    attempt = fields.Integer()
    supersede_count = fields.Integer(
        string="Superseded before", help="How many turns in a row this one follows on."
    )
    superseded_by_id = fields.Many2one("chatwoot.turn", readonly=True)
    boot_id = fields.Char()
    dispatched_at = fields.Datetime()
    deadline_at = fields.Datetime()
    crew = fields.Selection(CREWS, index=True)
    intents = fields.Char()
    decision_reason = fields.Text(string="Why")
    source_ids = fields.One2many("chatwoot.turn.source", "turn_id", string="Sources")
    part_ids = fields.One2many("chatwoot.turn.part", "turn_id", string="Parts")
    handover_reason = fields.Selection(
        [
            ("asked_for_person", "The customer asked for a person"),
            ("frustration", "The customer is annoyed"),
            ("sensitive_topic", "A sensitive topic"),
            ("rule", "A rule of the company"),
            ("no_grounded_answer", "Nothing in the company's data answers it"),
            ("low_confidence", "Too little speaks for the answer"),
            ("closed", "The company was closed"),
            ("cannot_reply", "The channel's reply window is closed"),
            ("loop_guard", "Too many answers in a short time"),
            ("undelivered", "The channel refused the answer"),
            ("unconfirmed", "Sending was not confirmed"),
            ("deadline", "The answer took too long"),
            ("model_down", "The language model did not answer"),
            ("budget", "The turn's budget was used up"),
            ("error", "A technical problem"),
        ],
        string="Hand-over reason",
    )
    handover_note = fields.Text(string="Hand-over note", help="CommonMark, as Chatwoot shows it.")
    handover_note_html = fields.Html(
        string="Note for the attendant", compute="_compute_handover_note_html", sanitize=False
    )
    depends_on = fields.Json()
    timings = fields.Json(string="Timings, as data")
    seconds = fields.Float(
        string="Seconds to answer",
        compute="_compute_seconds",
        store=True,
        aggregator="avg",
        help="From the last message of the customer to the end of the turn.",
    )
    delivery_since = fields.Datetime(help="When sending the answer was first tried.")
    finished_at = fields.Datetime(index=True)
    model = fields.Char(string="Language model")
    model_calls = fields.Integer()
    prompt_tokens = fields.Integer()
    completion_tokens = fields.Integer()
    error = fields.Text()

    _in_flight = models.UniqueIndex(
        "(conversation_id) WHERE state IN ('prepared', 'dispatched', 'answered', 'delivering')",
        "The conversation has a turn in flight already.",
    )

    @api.depends("conversation_id.display_id", "contact_name")
    def _compute_display_name(self):
        for turn in self:
            turn.display_name = self.env._(
                "Turn %(number)s of %(conversation)s",
                number=turn.id or "",
                conversation=turn.conversation_id.display_name,
            )

    @api.depends("message_ids.content")
    def _compute_customer_text(self):
        for turn in self:
            messages = turn.message_ids.sorted("message_id")
            turn.customer_text = "\n".join(filter(None, messages.mapped("content")))

    @api.depends("part_ids.content", "part_ids.private", "part_ids.request_id")
    def _compute_answer_text(self):
        for turn in self:
            parts = turn._own_parts().filtered(lambda part: not part.private).sorted("number")
            turn.answer_text = "\n\n".join(filter(None, parts.mapped("content")))

    def _own_parts(self):
        """Its answer and its hand-over; what became of a request is told later and is neither."""
        return self.part_ids.filtered(lambda part: not part.request_id)

    @api.depends("answer_text")
    def _compute_answer_html(self):
        for turn in self:
            turn.answer_html = note_html(turn.answer_text) if turn.answer_text else False

    @api.depends("handover_note", "part_ids.private", "part_ids.content", "part_ids.request_id")
    def _compute_handover_note_html(self):
        for turn in self:
            left = turn._own_parts().filtered("private").mapped("content")
            note = "\n\n".join(left) or turn.handover_note
            turn.handover_note_html = note_html(note) if note else False

    @api.depends("finished_at", "message_ids.sent_at")
    def _compute_seconds(self):
        for turn in self:
            asked = max(turn.message_ids.mapped("sent_at"), default=None)
            turn.seconds = (
                max((turn.finished_at - asked).total_seconds(), 0.0)
                if asked and turn.finished_at
                else 0.0
            )

    def action_open_conversation(self):
        self.ensure_one()
        return self.conversation_id.get_formview_action()
