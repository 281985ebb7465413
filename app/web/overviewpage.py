"""A sealed market overview in the reader's words: everything comes from the sealed text.

Only the names that explain CPV and NUTS codes are looked up; they are vocabulary and decide nothing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.domain.reference.queries import find_cpv, nuts_name
from app.web.templating import in_words, language

#: The tone of each status of a criterion; the words beside it say the same.
TONES = {"met": "green", "declared": "yellow", "unknown": "grey", "not_met": "red"}

#: The terms in the order of the sentence that explains the figure.
TERMS = ("cpv", "criteria", "regions", "lots")


def report_shown(report: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a report."""
    need = report["need"]
    titles = {criterion["code"]: in_words(criterion["title"]) for criterion in need["criteria"]}
    return {
        "report": report,
        "need": need,
        "on": date.fromisoformat(need["on"]),
        "said": report["words"],
        "cpv": [(code, _cpv_name(code)) for code in need["cpv"]],
        "regions": [(code, nuts_name(code, language())) for code in need["regions"]],
        "titles": titles,
        "lot_titles": {lot["key"]: in_words(lot["title"]) for lot in need["lots"]},
        "lines": [_line(line, titles) for line in report["lines"]],
        "terms": TERMS,
        "tones": TONES,
    }


def where_in_words(codes: Iterable[str]) -> str:
    """Regions with their names; none means anywhere."""
    named = [f"{nuts_name(code, language())} ({code})" for code in codes]
    return ", ".join(named) or _("Anywhere: no region is asked for")


def _cpv_name(code: str) -> str:
    found = find_cpv(code)
    return in_words(found.labels) if found else ""


def _line(line: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    """A line with each criterion beside its evidence, and the offer that its CPV code comes from."""
    evidence = line["facts"]["evidence"]
    offers = {offer["key"]: offer for offer in line["facts"]["offers"]}
    return {
        **line,
        "offer": offers.get(line["cpv"]["offer"]),
        "criteria_found": [
            {
                **found,
                "title": titles[found["criterion"]],
                "fact": None if found["evidence"] is None else evidence[found["evidence"]],
            }
            for found in line["criteria"]["findings"]
        ],
    }
