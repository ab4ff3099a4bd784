from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from agent_runtime.contracts import OpeningHours

from .common import BusinessRulesCase


class TestSchedulingRule(BusinessRulesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant_7.enable_scheduling = True
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Baths",
                "company_id": cls.tenant_7.company_id.id,
                "tz": "America/Sao_Paulo",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {"name": "x", "dayofweek": day, "hour_from": start, "hour_to": end}
                        )
                        for day, start, end in (
                            ("0", 8, 12),
                            ("0", 13, 17.5),
                            ("1", 8, 12),
                            ("1", 13, 17.5),
                            ("2", 8, 12),
                            ("2", 13, 17.5),
                            ("5", 9, 13),
                        )
                    ),
                ],
            }
        )

    def _scheduling(self, **values):
        return self.env["business.scheduling.rule"].create(
            {
                "name": "Bath",
                "service": "Bath for dogs",
                "calendar_id": self.calendar.id,
                "company_id": self.tenant_7.company_id.id,
                **values,
            }
        )

    def test_every_field_is_in_the_contract(self):
        rule = self._scheduling(
            duration_minutes=90,
            notice=2,
            notice_unit="hours",
            horizon_days=30,
            cancellation="Free until the day before.",
            rescheduling="Until 4 hours before.",
            required_information="Your name and the breed.",
            confirmation="We confirm by WhatsApp.",
            internal_note="cats only with Paula",
        )
        [contract] = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        self.assertEqual(contract.key, f"business.scheduling.rule,{rule.id}")
        self.assertEqual((contract.kind.value, contract.name), ("scheduling", "Bath"))
        terms = contract.scheduling
        self.assertEqual(terms.service, "Bath for dogs")
        self.assertEqual((terms.duration_minutes, terms.notice_minutes), (90, 120))
        self.assertEqual((terms.horizon_days, terms.timezone), (30, "America/Sao_Paulo"))
        self.assertEqual(terms.windows[-1], OpeningHours(weekday=5, start="09:00", end="13:00"))
        self.assertEqual(len(terms.windows), 7)
        self.assertEqual(
            (terms.cancellation, terms.rescheduling, terms.required_information),
            ("Free until the day before.", "Until 4 hours before.", "Your name and the breed."),
        )
        self.assertEqual(terms.confirmation, "We confirm by WhatsApp.")
        self.assertNotIn("Paula", contract.model_dump_json())

    def test_the_text_is_one_readable_paragraph(self):
        rule = self._scheduling(
            duration_minutes=90,
            notice=1,
            notice_unit="days",
            horizon_days=30,
            cancellation="free until the day before.",
            required_information="your name.",
            confirmation="We confirm by WhatsApp.",
        )
        self.assertEqual(
            rule._customer_text(),
            "Bath for dogs takes 1 h 30 min. Appointments: Monday to Wednesday 08:00–12:00 and "
            "13:00–17:30; Saturday 09:00–13:00. Book at least 1 day ahead. Book at most 30 days "
            "ahead. To book, please tell us: your name. Cancelling: free until the day before. "
            "We confirm by WhatsApp.",
        )

    def test_the_text_is_in_the_tenants_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.env["ir.module.module"]._load_module_terms(["business_rules2"], ["pt_BR"])
        self.tenant_7.lang = "pt_BR"
        rule = self._scheduling(service="Banho", duration_minutes=45, horizon_days=30)
        [contract] = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        self.assertEqual(
            contract.text,
            "Banho: duração de 45 min. Horários: segunda-feira a quarta-feira 08:00–12:00 e "
            "13:00–17:30; sábado 09:00–13:00. Agende com no máximo 30 dias de antecedência.",
        )
        self.assertEqual(rule.customer_text, contract.text)

    def test_only_while_scheduling_is_switched_on(self):
        self._scheduling()
        self.tenant_7.enable_scheduling = False
        self.assertEqual(self.tenant_7._runtime_rules(self._utc(2026, 11, 21)), [])

    def test_the_opening_hours_unless_another_calendar_is_chosen(self):
        rule = self.env["business.scheduling.rule"].create(
            {"name": "Bath", "service": "Bath", "company_id": self.tenant_7.company_id.id}
        )
        self.assertEqual(rule.calendar_id, self.tenant_7.resource_calendar_id)
        self.assertEqual(self._scheduling().calendar_id, self.calendar)

    def test_the_catalogue_fills_in_service_and_duration(self):
        offer = self.env["ai.service.offer"].create(
            {
                "name": "Nail cut",
                "pricing": "on_request",
                "duration_minutes": 20,
                "tenant_id": self.tenant_7.id,
            }
        )
        rule = self.env["business.scheduling.rule"].create(
            {"name": "x", "offer_id": offer.id, "company_id": self.tenant_7.company_id.id}
        )
        self.assertEqual((rule.service, rule.duration_minutes), ("Nail cut", 20))
        rule.duration_minutes = 25
        self.assertEqual((rule.service, rule.duration_minutes), ("Nail cut", 25))

    @mute_logger("odoo.sql_db")
    def test_bad_values_are_refused(self):
        for values in ({"duration_minutes": -1}, {"notice": -1}, {"horizon_days": -1}):
            with (
                self.subTest(**values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._scheduling(**values)
        with self.assertRaisesRegex(ValidationError, "cannot be booked at all"):
            self._scheduling(notice=48, notice_unit="hours", horizon_days=2)
        self._scheduling(notice=47, notice_unit="hours", horizon_days=2)

    def test_an_unclear_calendar_is_refused(self):
        self.calendar.two_weeks_calendar = True
        with self.assertRaisesRegex(ValidationError, "clear hours"):
            self._scheduling()

    def test_its_calendar_stays_clear(self):
        rule = self._scheduling()
        for unclear in ("two_weeks_calendar", "flexible_hours", "duration_based"):
            with (
                self.subTest(unclear),
                self.assertRaisesRegex(ValidationError, "“Bath”.*clear hours"),
                self.env.cr.savepoint(),
            ):
                self.calendar.write({unclear: True})
        rule.active = False
        self.calendar.two_weeks_calendar = True
        with self.assertRaisesRegex(ValidationError, "clear hours"):
            rule.active = True

    @freeze_time("2026-11-21 12:00:00")
    def test_days_off_of_its_calendar_and_of_the_company(self):
        self._scheduling()
        day = {"date_from": "2026-12-24 03:00:00", "date_to": "2026-12-25 02:59:59"}
        earlier = {"date_from": "2026-12-01 03:00:00", "date_to": "2026-12-02 02:59:59"}
        hours = self.tenant_7.resource_calendar_id
        for tenant, values in (
            (self.tenant_7, {"name": "Paula away", "calendar_id": self.calendar.id, **day}),
            (self.tenant_7, {"name": "Shop only", "calendar_id": hours.id, **day}),
            (self.tenant_7, {"name": "Party", **earlier}),
            (self.tenant_8, {"name": "Theirs", **day}),
        ):
            self.env["resource.calendar.leaves"].with_company(tenant.company_id).create(values)
        [contract] = self.tenant_7._runtime_rules(self._utc(2026, 11, 21))
        closures = contract.scheduling.closures
        self.assertEqual([closure.name for closure in closures], ["Party", "Paula away"])
        self.assertEqual(closures[1].start, self._utc(2026, 12, 24, 3))
        self.assertEqual(closures[1].end, self._utc(2026, 12, 25, 3))
