"""Every menu, view and filter of the suite opens in the real web client."""

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestEveryMenu(HttpCase):
    allow_end_on_form = True

    def test_every_menu_opens_without_an_error_in_the_browser(self):
        """Odoo's own click robot walks through the suite's application as its manager."""
        self.env.ref("base.user_admin").tour_enabled = False
        menus = self.env["ir.ui.menu"].load_menus(False)
        root = menus[self.env.ref("company_services.menu_root").id]
        self.assertGreaterEqual(len(root["children"]), 3)

        self.browser_js(
            "/odoo",
            "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
            f".startClickEverywhere('{root['xmlid']}');",
            "odoo.isReady === true",
            login="admin",
            timeout=300,
            success_signal="clickbot test succeeded",
        )
