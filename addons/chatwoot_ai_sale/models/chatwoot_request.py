from odoo import fields, models
from odoo.addons.chatwoot_ai_connector.request_problem import NotPossible
from odoo.tools.mail import plaintext2html
from odoo.tools.misc import formatLang


class ChatwootRequest(models.Model):
    """Quotations: a draft sales order."""

    _inherit = "chatwoot.request"

    def _describe_quotation(self):
        lines = [
            f"{quantity:g} × {product.name if product else self.env._('a product not on offer')}"
            for product, quantity in self._wanted_products()
        ]
        return "\n".join(lines)

    def _execute_quotation(self):
        """The draft, at the prices customers are told now."""
        lines = []
        for product, quantity in self._wanted_products():
            if not product:
                raise NotPossible(self.env._("a product is no longer on offer."))
            if product.product_variant_count != 1:
                raise NotPossible(
                    self.env._(
                        "“%s” comes in several variants, of which one must be chosen.",
                        product.name,
                    )
                )
            lines.append((product, quantity))
        order = self.env["sale.order"].create(
            {
                "partner_id": self._contact().id,
                "company_id": self.company_id.id,
                "user_id": False,
                "origin": self.display_name,
                "order_line": [
                    fields.Command.create(
                        {
                            "product_id": product.product_variant_id.id,
                            "product_uom_qty": quantity,
                        }
                    )
                    for product, quantity in lines
                ],
            }
        )
        for line in order.order_line:
            product = line.product_id.product_tmpl_id
            price = product.currency_id._convert(
                product.ai_selling_price, order.currency_id, order.company_id, order.date_order
            )
            # What was told is the whole price: a pricelist takes nothing more off.
            line.write({"price_unit": price, "discount": 0.0})
        order.message_post(body=plaintext2html(self._origin_text()))
        return order

    def _stands_quotation(self, order):
        return order.state in ("draft", "sent")

    def _told_quotation(self):
        """The customer has it: from now on they may ask for it as for any order of theirs."""
        order = self.env["sale.order"].browse(self.result_id).exists()
        if order.state == "draft":
            order.action_quotation_sent()

    def _tell_quotation(self):
        order = self.env["sale.order"].browse(self.result_id)
        lines = [
            f"- {line.product_uom_qty:g} × {line.product_id.name}: "
            + formatLang(self.env, line.price_total, currency_obj=order.currency_id)
            for line in order.order_line
        ]
        return self.env._(
            "Your quotation %(number)s is ready:\n%(lines)s\nTotal: %(total)s",
            number=order.name,
            lines="\n".join(lines),
            total=formatLang(self.env, order.amount_total, currency_obj=order.currency_id),
        )

    def _wanted_products(self):
        """Products on offer to this company's customers with quantities; empty where none is."""
        wanted = self._wanted().products
        on_offer = (
            self.env["product.template"]
            .sudo()
            .search(
                [
                    ("id", "in", [item.product for item in wanted]),
                    ("sale_ok", "=", True),
                    ("visible_in_ai", "=", True),
                    ("company_id", "in", (False, self.company_id.id)),
                ]
            )
        )
        by_id = {product.id: product for product in on_offer}
        return [(by_id.get(item.product, on_offer.browse()), item.quantity) for item in wanted]
