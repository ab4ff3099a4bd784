from odoo import api, fields, models


class ConversationRating(models.Model):
    """What the customer answered to the rating request, in the order it was asked."""

    _inherit = "chatwoot.conversation"

    rating_score = fields.Integer(string="Mark", aggregator=None)
    rating_scale = fields.Integer(
        string="Of", aggregator=None, help="The best mark that could be given."
    )
    rating_percent = fields.Float(
        string="Rating",
        compute="_compute_rating_percent",
        store=True,
        aggregator="avg",
        help="The mark as a part of the best one, so that scales of 5 and of 10 compare.",
    )
    rating_text = fields.Char(string="Rating as Given", compute="_compute_rating_text")
    rating_reason = fields.Text(string="Why This Mark")
    rating_suggestion = fields.Text(string="Suggestion")
    rated_at = fields.Datetime(string="Rated On", index=True)

    @api.depends("rating_score", "rating_scale")
    def _compute_rating_percent(self):
        for conversation in self:
            scale = conversation.rating_scale
            conversation.rating_percent = conversation.rating_score / scale if scale else False

    @api.depends("rating_score", "rating_scale")
    def _compute_rating_text(self):
        for conversation in self:
            conversation.rating_text = (
                self.env._(
                    "%(score)s of %(scale)s",
                    score=conversation.rating_score,
                    scale=conversation.rating_scale,
                )
                if conversation.rating_scale
                else False
            )

    def _keep_feedback(self, feedback):
        """Take up a :class:`contracts.Feedback`; it comes over several turns, bit by bit."""
        self.ensure_one()
        values = {}
        if feedback.score is not None and feedback.scale is not None:
            values = {
                "rating_score": feedback.score,
                "rating_scale": feedback.scale,
                "rated_at": fields.Datetime.now(),
            }
        if feedback.reason:
            values["rating_reason"] = feedback.reason
        if feedback.suggestion:
            values["rating_suggestion"] = feedback.suggestion
        if values:
            self.write(values)
