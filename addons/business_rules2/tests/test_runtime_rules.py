from datetime import datetime
from zoneinfo import ZoneInfo

from .common import BusinessRulesCase


class TestRuntimeRules(BusinessRulesCase):
    def _names(self, moment, channel=None, tenant=None):
        rules = (tenant or self.tenant_7)._runtime_rules(moment, channel)
        return [rule.name for rule in rules]

    def test_borders_are_start_inclusive_end_exclusive(self):
        self._temporary(
            self.tenant_7, self._local(2026, 11, 21), self._local(2026, 11, 22), "Saturday"
        )
        self.assertEqual(self._names(self._utc(2026, 11, 21, 2, 59, 59)), [])
        self.assertEqual(self._names(self._utc(2026, 11, 21, 3, 0, 0)), ["Saturday"])
        self.assertEqual(self._names(self._utc(2026, 11, 22, 2, 59, 59)), ["Saturday"])
        self.assertEqual(self._names(self._utc(2026, 11, 22, 3, 0, 0)), [])

    def test_moment_may_be_in_any_time_zone(self):
        self._temporary(
            self.tenant_7, self._local(2026, 11, 21), self._local(2026, 11, 22), "Saturday"
        )
        for zone in ("America/Sao_Paulo", "Asia/Tokyo", "UTC"):
            noon = self._utc(2026, 11, 21, 15).astimezone(ZoneInfo(zone))
            self.assertEqual(self._names(noon), ["Saturday"])

    def test_naive_moment_is_refused(self):
        self._rule(self.tenant_7)
        with self.assertRaises(ValueError):
            self._names(datetime(2026, 11, 21))

    def test_expired_yesterday_is_not_offered(self):
        now = self._utc(2026, 11, 21, 12)
        self._temporary(self.tenant_7, "2026-11-13 03:00:00", "2026-11-20 12:00:00", "Yesterday")
        self._temporary(self.tenant_7, "2026-11-20 03:00:00", "2026-11-28 03:00:00", "Now")
        self._temporary(self.tenant_7, "2026-11-22 03:00:00", "2026-11-28 03:00:00", "Tomorrow")
        self.assertEqual(self._names(now), ["Now"])

    def test_open_ended(self):
        self._temporary(self.tenant_7, "2026-11-20 00:00:00", None, "Since")
        self._temporary(self.tenant_7, None, "2026-11-22 00:00:00", "Until")
        self.assertEqual(sorted(self._names(self._utc(2026, 11, 21))), ["Since", "Until"])
        self.assertEqual(self._names(self._utc(2030, 1, 1)), ["Since"])
        self.assertEqual(self._names(self._utc(2020, 1, 1)), ["Until"])

    def test_order_temporary_first_then_priority(self):
        self._rule(self.tenant_7, "Second", sequence=20)
        self._rule(self.tenant_7, "First", sequence=5)
        self._temporary(self.tenant_7, "2026-11-20 00:00:00", None, "Promotion", sequence=90)
        self.assertEqual(self._names(self._utc(2026, 11, 21)), ["Promotion", "First", "Second"])

    def test_channels(self):
        whatsapp = self.env.ref("business_rules2.channel_whatsapp")
        self._rule(self.tenant_7, "Only WhatsApp", channel_ids=whatsapp.ids)
        self._rule(self.tenant_7, "Everywhere", sequence=20)
        now = self._utc(2026, 11, 21)
        self.assertEqual(self._names(now, "whatsapp"), ["Only WhatsApp", "Everywhere"])
        self.assertEqual(self._names(now, "email"), ["Everywhere"])

    def test_hidden_and_archived_are_left_out(self):
        self._rule(self.tenant_7, "Hidden", visible_in_ai=False)
        self._rule(self.tenant_7, "Archived", active=False)
        start = "2026-11-20 00:00:00"
        self._temporary(self.tenant_7, start, None, "Hidden", visible_in_ai=False)
        self._temporary(self.tenant_7, start, None, "Archived", active=False)
        self.assertEqual(self._names(self._utc(2026, 11, 21)), [])

    def test_promotions_can_be_forbidden(self):
        start = "2026-11-20 00:00:00"
        self._temporary(self.tenant_7, start, None, "Promotion", discount_percent=10)
        self._temporary(self.tenant_7, start, None, "Season", kind="seasonal", discount_amount=5)
        self._temporary(self.tenant_7, start, None, "Holiday", kind="holiday")
        now = self._utc(2026, 11, 21)
        self.assertEqual(len(self._names(now)), 3)
        self.tenant_7.promotions_allowed = False
        self.assertEqual(self._names(now), ["Holiday"])

    def test_account_7_never_gets_the_rules_of_account_8(self):
        self._rule(self.tenant_8, "Other")
        self._temporary(self.tenant_8, "2026-11-20 00:00:00", None, "Other promotion")
        now = self._utc(2026, 11, 21)
        both = {"allowed_company_ids": (self.tenant_7 + self.tenant_8).company_id.ids}
        self.assertEqual(self.tenant_7.with_context(**both)._runtime_rules(now), [])
        self.assertEqual(len(self.tenant_8._runtime_rules(now)), 2)
