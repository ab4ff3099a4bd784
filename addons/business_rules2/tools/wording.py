"""Durations, weeks and lists in the words of a language, for texts composed for customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import babel.dates
import babel.lists
from odoo.api import Environment
from odoo.tools.misc import babel_locale_parse

from agent_runtime.contracts import OpeningHours

_HOUR = 60
_DAY = 24 * _HOUR


def duration(env: Environment, minutes: int) -> str:
    """``90`` as ``1 h 30 min``, ``2880`` as ``2 days``."""
    if minutes and minutes % _DAY == 0:
        days = minutes // _DAY
        return env._("1 day") if days == 1 else env._("%s days", days)
    hours, rest = divmod(minutes, _HOUR)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(filter(None, parts))


def listing(env: Environment, items: Sequence[str]) -> str:
    """``a, b and c``."""
    return babel.lists.format_list(items, locale=_locale(env))


def week(env: Environment, windows: Iterable[OpeningHours]) -> str:
    """``Monday to Friday 08:00–12:00 and 13:00–17:00; Saturday 08:00–12:00``."""
    by_day: dict[int, list[str]] = {}
    for window in windows:
        by_day.setdefault(window.weekday, []).append(f"{window.start}–{window.end}")
    runs: list[tuple[list[int], list[str]]] = []
    for day, times in sorted(by_day.items()):
        if runs and runs[-1][0][-1] == day - 1 and runs[-1][1] == times:
            runs[-1][0].append(day)
        else:
            runs.append(([day], times))
    return "; ".join(f"{_days(env, days)} {listing(env, times)}" for days, times in runs)


def _days(env: Environment, days: list[int]) -> str:
    names = babel.dates.get_day_names("wide", locale=_locale(env))
    if len(days) > 2:
        return env._("%(first)s to %(last)s", first=names[days[0]], last=names[days[-1]])
    return listing(env, [names[day] for day in days])


def _locale(env: Environment) -> babel.Locale:
    return babel_locale_parse(env.lang or "en_US")
