"""What goes to the council must not say who asks."""

import re
from collections.abc import Mapping
from typing import Any

from app.domain.accounts.models import Organisation
from app.words import Words

#: Words of an organisation's name that many share and that therefore name nobody.
_COMMON = frozenset(
    ("община", "общината", "municipality", "of", "the", "район", "област", "кмет", "съвет", "council", "comune", "di")
)

#: What may stand between the words of a name: blanks, line ends, hyphens, quotes.
_BETWEEN = r"[\W_]+"

NAMES_THE_BUYER: Words = {
    "bg": "Въпросът към съвета е анонимен: махнете името на възложителя („{name}“).",
    "en": "The question to the council is anonymous: take out the buyer's name (“{name}”).",
}


#: Columns of the analysis that members read beside the question.
_SHOWN = (("criteria", "text"), ("mandatory", "rule"))


def names_in(text: str, organisation: Organisation) -> str | None:
    """The part of the organisation's name that the text mentions, if it does."""
    folded = text.casefold()
    for name in organisation.name.values():
        own = [re.escape(word) for word in re.findall(r"\w+", name.casefold()) if word not in _COMMON]
        if own and re.search(rf"\b{_BETWEEN.join(own)}\b", folded):
            return name
    return None


def problems_of(answers: Mapping[str, Any], organisation: Organisation) -> dict[str, Words]:
    """The fields of an analysis that would tell the council who asks; empty when the council is not asked."""
    if answers.get("council_need") != "yes":
        return {}
    shown = {"council_question": answers.get("council_question") or ""}
    for table, column in _SHOWN:
        for number, row in enumerate(answers.get(table) or []):
            shown[f"{table}.{row.get('_row', number)}.{column}"] = row.get(column) or ""
    found = {path: names_in(text, organisation) for path, text in shown.items()}
    return {
        path: {language: words.format(name=name) for language, words in NAMES_THE_BUYER.items()}
        for path, name in found.items()
        if name
    }
