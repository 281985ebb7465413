"""A count and an opinion in sentences, in Bulgarian and English."""

from collections.abc import Iterable

from app.domain.council.models import BallotMember, Outcome, Position, Vote
from app.domain.council.rules import Tally
from app.words import LANGUAGES, Words, say

OUTCOMES: dict[Outcome, Words] = {
    Outcome.SUPPORTED: {"bg": "Съветът подкрепя предложението.", "en": "The council supports the proposal."},
    Outcome.SUPPORTED_WITH_REMARKS: {
        "bg": "Съветът подкрепя предложението с бележки.",
        "en": "The council supports the proposal, with remarks.",
    },
    Outcome.OPPOSED: {
        "bg": "Съветът не подкрепя предложението.",
        "en": "The council does not support the proposal.",
    },
    Outcome.TIED: {
        "bg": "Гласовете са поравно; председателят решава.",
        "en": "The votes are equal; the chair decides.",
    },
    Outcome.NO_QUORUM: {
        "bg": "Съветът не се произнесе: няма кворум.",
        "en": "The council gave no opinion: there was no quorum.",
    },
    Outcome.ALL_RECUSED: {
        "bg": "Съветът не се произнесе: всички членове имат конфликт на интереси.",
        "en": "The council gave no opinion: every member has a conflict of interest.",
    },
}

ADVISORY: Words = {
    "bg": "Становището е препоръка и не обвързва възложителя.",
    "en": "The opinion is advice and does not bind the buyer.",
}

_HEADINGS: dict[Position, Words] = {
    Position.SUPPORT: {"bg": "Мотиви в подкрепа", "en": "Reasons for"},
    Position.SUPPORT_WITH_REMARKS: {"bg": "Бележки", "en": "Remarks"},
    Position.OPPOSE: {"bg": "Мотиви против", "en": "Reasons against"},
    Position.ABSTAIN: {"bg": "Мотиви на въздържалите се", "en": "Reasons for abstaining"},
}
_DISSENT: Words = {"bg": "Особени мнения", "en": "Dissenting views"}
_DISSENTING = {
    Outcome.SUPPORTED: {Position.OPPOSE},
    Outcome.SUPPORTED_WITH_REMARKS: {Position.OPPOSE},
    Outcome.OPPOSED: {Position.SUPPORT, Position.SUPPORT_WITH_REMARKS},
}
_WORDING: Words = {"bg": "Предложен текст", "en": "Proposed wording"}


def count_in_words(tally: Tally) -> Words:
    """How the vote stands: "3 of 6 have voted; 4 are needed for a quorum; for: 2, against: 1"."""
    if tally.base == 0:
        return {
            "bg": "Никой не може да гласува: всички членове са с конфликт на интереси.",
            "en": "Nobody can vote: every member has a conflict of interest.",
        }
    return {"bg": _count_bg(tally), "en": _count_en(tally)}


def opinion_in_words(tally: Tally, members: Iterable[BallotMember], *, with_names: bool) -> Words:
    """The opinion: outcome, count, remarks and dissent; a name only where its owner asked for it."""
    votes = [member.counted_vote for member in members if member.counted_vote]
    return {language: _opinion(tally, votes, language, with_names) for language in LANGUAGES}


def _count_bg(tally: Tally) -> str:
    # "Гласувал" is singular for exactly one voter
    verb = "Гласувал" if tally.voted == 1 else "Гласували"
    need = "за кворум е нужен 1" if tally.quorum == 1 else f"за кворум са нужни {tally.quorum}"
    remarks = f" (с бележки: {tally.remarks})" if tally.remarks else ""
    abstained = f", въздържали се: {tally.abstain}" if tally.abstain else ""
    votes = f"за: {tally.in_favour}{remarks}, против: {tally.oppose}{abstained}"
    return f"{verb} {tally.voted} от {tally.base}; {need}; {votes}"


def _count_en(tally: Tally) -> str:
    verb = "has" if tally.voted == 1 else "have"
    need = "is" if tally.quorum == 1 else "are"
    remarks = f" (with remarks: {tally.remarks})" if tally.remarks else ""
    abstained = f", abstained: {tally.abstain}" if tally.abstain else ""
    return (
        f"{tally.voted} of {tally.base} {verb} voted; {tally.quorum} {need} needed for a quorum; "
        f"for: {tally.in_favour}{remarks}, against: {tally.oppose}{abstained}"
    )


def _opinion(tally: Tally, votes: list[Vote], language: str, with_names: bool) -> str:
    parts = [say(OUTCOMES[tally.outcome], language), say(count_in_words(tally), language) + "."]
    for heading, positions in _sections(tally.outcome):
        lines = [
            _line(vote, language, with_names)
            for vote in votes
            if vote.position in positions and (vote.reasons or vote.wording)
        ]
        if lines:
            parts.append(say(heading, language) + ":\n" + "\n".join(lines))
    return "\n\n".join([*parts, say(ADVISORY, language)])


def _sections(outcome: Outcome) -> list[tuple[Words, set[Position]]]:
    dissenting = _DISSENTING.get(outcome, set())
    plain = [(_HEADINGS[position], {position}) for position in Position if position not in dissenting]
    return [*plain, (_DISSENT, dissenting)]


def _line(vote: Vote, language: str, with_names: bool) -> str:
    group = say(vote.member.group, language)
    who = f"{vote.member.user.name} ({group})" if with_names and vote.quote_me else group
    proposed = f" {say(_WORDING, language)}: „{_flat(vote.wording)}“" if vote.wording else ""
    return f"- {who}: {_flat(vote.reasons)}{proposed}".rstrip()


def _flat(text: str) -> str:
    """On one line, so that nobody's reasons can pass for another heading."""
    return " ".join(text.split())
