from unittest.mock import patch

from freezegun import freeze_time

from .common import BusinessRulesCase
from .sync_case import SyncMixin


class TestNotices(SyncMixin, BusinessRulesCase):
    def setUp(self):
        super().setUp()
        self.rule = self._temporary(
            self.tenant_7, "2026-11-01 03:00:00", "2026-11-22 03:00:00", "Bath week"
        )
        self.rule.message_subscribe(self.manager_7.partner_id.ids)

    def _notices(self, rule=None):
        """Texts that followers got, oldest first."""
        messages = (rule or self.rule).message_ids.sorted("id")
        comments = messages.filtered(lambda m: m.subtype_id == self.env.ref("mail.mt_comment"))
        return [message.preview for message in comments]

    def _run(self, moment):
        with freeze_time(moment):
            self.env["business.temporary.rule"]._cron_notices()
            self.env.invalidate_all()

    def test_each_notice_comes_once(self):
        self._run("2026-11-21 02:59:59")
        self.assertEqual(self._notices(), [])
        self._run("2026-11-21 03:00:00")
        self._run("2026-11-21 23:00:00")
        [ending] = self._notices()
        self.assertIn("“Bath week” ends within 24 hours", ending)
        self._run("2026-11-22 03:00:00")
        self._run("2026-11-22 04:00:00")
        _ending, ended = self._notices()
        self.assertIn("“Bath week” has ended", ended)
        follower = self.rule.message_ids.notified_partner_ids
        self.assertIn(self.manager_7.partner_id, follower)

    def test_a_notice_that_fails_stops_no_other(self):
        broken = self._temporary(self.tenant_7, None, "2026-11-21 20:00:00", "Broken")
        model, post = type(self.rule), type(self.rule)._tell

        def tell(rule, body):
            post(rule, body)
            if rule == broken:
                raise ValueError("mail is down")

        with (
            patch.object(model, "_tell", tell),
            self.assertLogs("odoo.addons.business_rules2", "ERROR") as logs,
        ):
            self._run("2026-11-21 12:00:00")
        self.assertIn(str(broken), logs.output[0])
        self.assertEqual((len(self._notices()), self._notices(broken)), (1, []))
        self._run("2026-11-21 12:30:00")
        self.assertEqual((len(self._notices()), len(self._notices(broken))), (1, 1))

    def test_a_prolonged_promotion_is_announced_again(self):
        self._run("2026-11-21 04:00:00")
        self.rule.date_end = "2026-11-30 03:00:00"
        self._run("2026-11-21 05:00:00")
        self.assertEqual(len(self._notices()), 1)
        self._run("2026-11-29 05:00:00")
        self.assertEqual(len(self._notices()), 2)

    def test_what_is_no_news_or_told_to_nobody_makes_no_notice(self):
        old = self._temporary(self.tenant_7, None, "2026-10-01 03:00:00")
        hidden = self._temporary(self.tenant_7, None, "2026-11-22 03:00:00", visible_in_ai=False)
        upcoming = self._temporary(self.tenant_7, "2026-11-21 20:00:00", "2026-11-22 03:00:00")
        self._run("2026-11-21 12:00:00")
        for rule in (old, hidden, upcoming):
            self.assertEqual(self._notices(rule), [])

    def test_the_index_forgets_what_has_ended(self):
        kept = self._temporary(self.tenant_7, "2026-11-01 03:00:00", None, "Endless")
        other = self._temporary(self.tenant_8, "2026-11-01 03:00:00", "2026-11-30 03:00:00")
        with freeze_time("2026-11-20 12:00:00"):
            (self.rule + kept + other)._index_mark()
            self._sync("business_rules")
        self.assertEqual(set(self._stored(self.tenant_7)), {self.rule.id, kept.id})
        self._run("2026-11-22 03:00:00")
        with freeze_time("2026-11-22 03:00:01"):
            self._sync("business_rules")
        self.assertEqual(set(self._stored(self.tenant_7)), {kept.id})
        self.assertEqual(set(self._stored(self.tenant_8)), {other.id})
