from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools import ai_price

PREVIEW_LIMIT = 100
"""Lines shown. All products are changed, and all are counted."""


class ProductAiPriceWizard(models.TransientModel):
    """Change the AI price of many products, after looking at what would come out."""

    _name = "product.ai.price.wizard"
    _description = "AI Price of Many Products"

    product_ids = fields.Many2many("product.template", required=True, string="Products")
    product_count = fields.Integer(compute="_compute_line_ids", store=True)
    problem_count = fields.Integer(compute="_compute_line_ids", store=True)
    method = fields.Selection(
        [
            ("percentage", "Change by a Percentage"),
            ("fixed", "Change by an Amount"),
            ("match", "Same as List Price"),
            ("clear", "No AI Price"),
        ],
        required=True,
        default="percentage",
    )
    base = fields.Selection(
        [("list", "List Price"), ("ai", "Current AI Price")],
        string="Based on",
        required=True,
        default="list",
    )
    percent = fields.Float(string="Percentage", help="Negative for a discount: -10 is 10% off.")
    amount = fields.Monetary(help="Negative for a discount.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    line_ids = fields.One2many(
        "product.ai.price.wizard.line",
        "wizard_id",
        string="Preview",
        compute="_compute_line_ids",
        store=True,
    )

    @api.model
    def default_get(self, fields_list):
        defaults = super().default_get(fields_list)
        context = self.env.context
        if context.get("active_model") == "product.template" and not defaults.get("product_ids"):
            defaults["product_ids"] = [Command.set(context.get("active_ids", []))]
        return defaults

    @api.depends("product_ids")
    def _compute_currency_id(self):
        for wizard in self:
            wizard.currency_id = wizard.product_ids[:1].currency_id or self.env.company.currency_id

    @api.depends("product_ids", "method", "base", "percent", "amount")
    def _compute_line_ids(self):
        for wizard in self:
            outcomes = [
                (product, *wizard._outcome(product)) for product in wizard.product_ids._origin
            ]
            wizard.product_count = len(outcomes)
            wizard.problem_count = sum(bool(problem) for _product, _price, problem in outcomes)
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {"product_id": product.id, "new_price": price, "problem": problem}
                    )
                    for product, price, problem in outcomes[:PREVIEW_LIMIT]
                ),
            ]

    def _outcome(self, product):
        """New AI price of a product and, when it stays as it is, why.

        :return: ``(price, problem)``; ``problem`` is ``False`` when the price will be written
        """
        if self.method == "clear":
            return 0.0, False
        if self.method == "fixed" and product.currency_id != self.currency_id:
            return product.ai_price, self.env._("Another currency: left as it is.")
        price = product.currency_id.round(
            ai_price.adjusted(
                list_price=product.list_price,
                ai_price=product.ai_price,
                method=self.method,
                base=self.base,
                percent=self.percent,
                amount=self.amount,
            )
        )
        if product.currency_id.is_zero(price):
            return product.ai_price, self.env._("Would be zero or less: left as it is.")
        return price, False

    def action_apply(self):
        """Write the prices that the preview announced, computed anew from today's prices."""
        self.ensure_one()
        if not self.product_ids:
            raise UserError(self.env._("Choose at least one product."))
        for product in self.product_ids:
            price, problem = self._outcome(product)
            if not problem and product.ai_price != price:
                product.ai_price = price
        return {"type": "ir.actions.act_window_close"}
