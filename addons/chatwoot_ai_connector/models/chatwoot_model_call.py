from odoo import fields, models


class ChatwootModelCall(models.Model):
    """One call of a language model, for a turn or a test chat: what for, and what it cost."""

    _name = "chatwoot.model.call"
    _description = "Call of a language model"
    _order = "id desc"
    _rec_name = "model"

    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True, index=True)
    turn_id = fields.Many2one(
        "chatwoot.turn",
        index=True,
        ondelete="cascade",
        help="The customer's question it was made for; empty for a question of the test chat.",
    )
    attempt = fields.Integer(help="The attempt at the turn that made the call.")
    model = fields.Char(required=True)
    purpose = fields.Selection(
        [
            ("answer", "Answer"),
            ("repair", "Second try at an answer"),
            ("vision", "Look at a picture"),
            ("transcription", "Listen to a voice message"),
        ],
        required=True,
    )
    prompt_tokens = fields.Integer(
        string="Tokens Read", help="Estimated where the provider does not count them."
    )
    completion_tokens = fields.Integer(
        string="Tokens Written", help="Estimated where the provider does not count them."
    )
    seconds = fields.Float(digits=(16, 3))
    cost = fields.Float(
        digits=(16, 6),
        help="By the prices of the day: the account's own, or the server's setting model_prices. "
        "0 where no price is known, and for a voice message of which the endpoint tells neither "
        "tokens nor length.",
    )
    error = fields.Char(
        help="What the call failed with. Failed calls are followed by another try, the next "
        "model, the built-in responder or a person."
    )
