from odoo.tests import BaseCase, tagged

from ..episode import Standing, begins, given_back

WITH_US = Standing("pending")
WITH_OUR_BOT = Standing("pending", "AgentBot")
PENDING_BUT_EVAS = Standing("pending", "User")
EVAS = Standing("open", "User")
NOBODYS = Standing("open")
SNOOZED = Standing("snoozed")
RESOLVED = Standing("resolved")


@tagged("post_install", "-at_install")
class TestEpisode(BaseCase):
    def test_given_back_with_the_second_of_two_clicks(self):
        for before in (EVAS, NOBODYS, PENDING_BUT_EVAS, SNOOZED, RESOLVED):
            for after in (WITH_US, WITH_OUR_BOT):
                self.assertTrue(given_back(before, after), (before, after))
                self.assertTrue(begins(before, after), (before, after))
        for before in (EVAS, NOBODYS, WITH_US):
            self.assertFalse(given_back(before, PENDING_BUT_EVAS), before)

    def test_what_was_ours_is_not_given_back(self):
        self.assertFalse(begins(WITH_US, WITH_OUR_BOT))
        self.assertFalse(begins(WITH_OUR_BOT, WITH_US))

    def test_comes_up_again_after_its_end(self):
        self.assertTrue(begins(RESOLVED, NOBODYS))
        self.assertTrue(begins(RESOLVED, EVAS))
        self.assertFalse(begins(RESOLVED, RESOLVED))

    def test_what_people_do_among_themselves_begins_nothing(self):
        for before in (WITH_US, EVAS, NOBODYS, SNOOZED):
            for after in (EVAS, NOBODYS, SNOOZED, RESOLVED):
                self.assertFalse(begins(before, after), (before, after))
