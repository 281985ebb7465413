"""Reading a tender notice from its file: TED XML or eForms, told apart by the root element."""

from dataclasses import replace

from app.notices import loading, nuts
from app.notices.eforms import read_eforms
from app.notices.model import Notice, NoticeError, NotUnderstood
from app.notices.source import name_of, unique
from app.notices.ted import read_ted
from app.words import Words

NOT_A_NOTICE = {
    "bg": "Файлът е XML, но не е обявление. Приемаме обявления от TED: схема R2.0.9 (образци F01–F25) и eForms.",
    "en": "The file is XML but not a notice. Notices from TED are accepted: schema R2.0.9 (forms F01–F25) and eForms.",
}

_READERS = {
    "TED_EXPORT": read_ted,
    "PriorInformationNotice": read_eforms,
    "ContractNotice": read_eforms,
    "ContractAwardNotice": read_eforms,
}


def read_notice(xml: bytes) -> Notice:
    """The notice in the file. Raises NoticeError, with words for a person, for anything else."""
    root = loading.parse(xml)
    reader = _READERS.get(name_of(root))
    if reader is None:
        raise NoticeError(NOT_A_NOTICE)
    notice = reader(root)
    return replace(notice, not_understood=_unknown_places(notice) + notice.not_understood)


def _unknown_places(notice: Notice) -> tuple[NotUnderstood, ...]:
    """The codes of places, buyers and winners that today's NUTS does not hold."""
    places = {
        "place": notice.nuts,
        "buyer": (party.nuts for party in notice.buyers),
        "winner": (winner.party.nuts for winner in notice.winners),
    }
    found = ((place, code) for place, codes in places.items() for code in unique(codes))
    return tuple(NotUnderstood(place, _words(code)) for place, code in found if nuts.find_region(code) is None)


def _words(code: str) -> Words:
    older = nuts.find_older(code)
    if older is None:
        return {
            "bg": f"Регионът {code} го няма в NUTS {nuts.CURRENT_VERSION}; вероятно е от по-стара версия.",
            "en": f"The region {code} is not in NUTS {nuts.CURRENT_VERSION}; it is probably of an older version.",
        }
    now = ", ".join(older.now)
    if not now:
        return {
            "bg": f"Регионът {code} е от NUTS {older.version} и вече не се използва.",
            "en": f"The region {code} is of NUTS {older.version} and no longer used.",
        }
    return {
        "bg": f"Регионът {code} е от NUTS {older.version}; днес е {now}.",
        "en": f"The region {code} is of NUTS {older.version}; today it is {now}.",
    }
