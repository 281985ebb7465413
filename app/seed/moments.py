"""When something in the story happened: working days and office hours of a country, counted back from now. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.deadlines.rules import add_working_days
from app.seed.script import Ago, Moment

ZONES = {"BG": ZoneInfo("Europe/Sofia"), "IT": ZoneInfo("Europe/Rome")}

#: People answer on their phones between these hours, on any day.
AWAKE = (time(8), time(22))
LAST_ANSWER = time(20, 30)


def moment_of(when: Moment, country: str, now: datetime) -> datetime:
    """The moment meant, always before now."""
    local = now.astimezone(ZONES[country])
    if isinstance(when, Ago):
        day = add_working_days(local.date(), -when.working_days, country)
        return datetime.combine(day, time.fromisoformat(when.at), ZONES[country])
    wanted = local - timedelta(minutes=when.minutes)
    if AWAKE[0] <= wanted.time() < AWAKE[1]:
        return wanted
    evening = wanted.date() if wanted.time() >= AWAKE[1] else wanted.date() - timedelta(days=1)
    return datetime.combine(evening, LAST_ANSWER, ZONES[country]) - timedelta(minutes=when.minutes)


def today_in(country: str, now: datetime) -> date:
    """The calendar day it is there."""
    return now.astimezone(ZONES[country]).date()
