"""The company, its calendar and its tenant."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from demo.tenants.model import Holiday, Tenant

from .records import put, slug

PERIODS = ((12.0, "morning"), (24.0, "afternoon"))


def load_company(env: Any, tenant: Tenant, today: Any) -> Any:
    """Describe the main company and return its ``ai.tenant``."""
    company = env.ref("base.main_company")
    country = env.ref("base.br")
    state = env["res.country.state"].search(
        [("country_id", "=", country.id), ("code", "=", tenant.state_code)], limit=1
    )
    currency = env.ref("base.BRL")
    currency.active = True
    company.partner_id.write(
        {
            "name": tenant.company,
            "phone": tenant.phone,
            "email": tenant.email,
            "website": tenant.website,
            "street": tenant.street,
            "street2": tenant.district,
            "city": tenant.city,
            "state_id": state.id,
            "zip": tenant.postcode,
            "country_id": country.id,
            "vat": tenant.tax_id,
            "lang": "pt_BR",
            "tz": tenant.timezone,
        }
    )
    company.write({"name": tenant.company, "currency_id": currency.id})
    # Made with the database, in the currency that it had then.
    env["product.pricelist"].search([]).currency_id = currency
    calendar = load_calendar(env, tenant, company, today)
    values = {
        "company_id": company.id,
        "account_id": tenant.account_id,
        "description": tenant.description,
        "business_area": tenant.area,
        "share_phone": True,
        "share_email": True,
        "share_website": True,
        "share_address": True,
        "share_vat": True,
        "greeting": tenant.greeting,
        "farewell": tenant.farewell,
        "tone": tenant.tone,
        "formality": tenant.formality,
        "emoji": tenant.emoji,
        "lang": "pt_BR",
        "resource_calendar_id": calendar.id,
        "enable_sales": True,
        "enable_support": True,
        "enable_scheduling": tenant.scheduling,
        "enable_delivery": tenant.delivery,
        "promotions_allowed": True,
        "rating_enabled": bool(tenant.rating_scale),
        "rating_ask_reason": True,
        "rating_ask_suggestions": True,
    }
    if tenant.rating_scale:
        values["rating_scale"] = str(tenant.rating_scale)
    record = put(env, "ai.tenant", tenant.key, values)
    load_people(env, tenant, record)
    return record


def load_people(env: Any, tenant: Tenant, record: Any) -> None:
    """How the company is reached, and who of its own people writes."""
    for order, contact in enumerate(tenant.contacts, 1):
        values = {
            "tenant_id": record.id,
            "sequence": order,
            "kind": contact.kind,
            "value": contact.value,
            "label": contact.label,
            "may_be_mentioned": contact.may_be_mentioned,
            "in_farewell": contact.in_farewell,
        }
        put(env, "ai.company.contact", f"{tenant.key}_{contact.kind}_{contact.label}", values)
    for special in tenant.special_phones:
        values = {
            "tenant_id": record.id,
            "name": special.name,
            "phone": special.phone,
            "upcoming_promotions": special.upcoming_promotions,
        }
        put(env, "ai.special.phone", special.name, values)


def load_calendar(env: Any, tenant: Tenant, company: Any, today: Any) -> Any:
    """Opening hours and the holidays of the next twelve months."""
    calendar = put(
        env,
        "resource.calendar",
        tenant.key,
        {"name": "Horário de atendimento", "company_id": company.id, "tz": tenant.timezone},
    )
    # A new calendar comes with office hours of its own.
    calendar.attendance_ids.unlink()
    calendar.attendance_ids = [
        (
            0,
            0,
            {
                "name": "Atendimento",
                "dayofweek": str(weekday),
                "hour_from": shift.start,
                "hour_to": shift.end,
                "day_period": next(name for limit, name in PERIODS if shift.start < limit),
            },
        )
        for shift in tenant.shifts
        for weekday in shift.weekdays
    ]
    zone = ZoneInfo(tenant.timezone)
    for holiday in tenant.holidays:
        start = datetime.combine(next_date(holiday, today), time(), zone)
        values = {
            "name": holiday.name,
            "calendar_id": calendar.id,
            "company_id": company.id,
            "date_from": utc(start),
            "date_to": utc(start + timedelta(days=1)),
        }
        put(env, "resource.calendar.leaves", f"{tenant.key}_{slug(holiday.name)}", values)
    return calendar


def next_date(holiday: Holiday, today: Any) -> Any:
    """The holiday's next date, today included."""
    this_year = today.replace(month=holiday.month, day=holiday.day)
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def utc(moment: datetime) -> datetime:
    """An aware moment as Odoo stores it."""
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
