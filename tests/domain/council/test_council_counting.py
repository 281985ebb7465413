"""What a count means, and the sentences that say it."""

import pytest

from app.domain.council.models import Outcome, Position
from app.domain.council.rules import Tally, count, quorum_of
from app.domain.council.wording import count_in_words

FOR, REMARKS, AGAINST, ABSTAIN = (
    Position.SUPPORT,
    Position.SUPPORT_WITH_REMARKS,
    Position.OPPOSE,
    Position.ABSTAIN,
)


@pytest.mark.parametrize(("base", "quorum"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_a_quorum_is_more_than_half(base, quorum):
    assert quorum_of(base) == quorum


@pytest.mark.parametrize(
    ("base", "positions", "outcome"),
    [
        # seven members, nobody out
        (7, [FOR] * 4, Outcome.SUPPORTED),
        (7, [FOR] * 3, Outcome.NO_QUORUM),
        (7, [FOR] * 4 + [AGAINST] * 3, Outcome.SUPPORTED),
        (7, [FOR] * 3 + [AGAINST] * 4, Outcome.OPPOSED),
        (7, [FOR] * 2 + [REMARKS] * 2 + [AGAINST] * 3, Outcome.SUPPORTED_WITH_REMARKS),
        (7, [REMARKS] * 4, Outcome.SUPPORTED_WITH_REMARKS),
        (7, [REMARKS] * 3 + [AGAINST] * 4, Outcome.OPPOSED),
        (7, [FOR] * 3 + [AGAINST] * 3 + [ABSTAIN], Outcome.TIED),
        # abstentions make the quorum but do not decide
        (7, [FOR] + [ABSTAIN] * 3, Outcome.SUPPORTED),
        (7, [AGAINST] + [ABSTAIN] * 3, Outcome.OPPOSED),
        (7, [ABSTAIN] * 4, Outcome.TIED),
        (7, [ABSTAIN] * 3, Outcome.NO_QUORUM),
        (7, [], Outcome.NO_QUORUM),
        # one of seven is out: base 6, quorum 4
        (6, [FOR] * 3, Outcome.NO_QUORUM),
        (6, [FOR] * 3 + [AGAINST] * 3, Outcome.TIED),
        (6, [FOR] * 2 + [REMARKS] + [AGAINST], Outcome.SUPPORTED_WITH_REMARKS),
        # five members, and fewer
        (5, [FOR] * 3, Outcome.SUPPORTED),
        (5, [FOR] * 2, Outcome.NO_QUORUM),
        (5, [FOR] * 2 + [AGAINST] * 3, Outcome.OPPOSED),
        (4, [FOR, AGAINST], Outcome.NO_QUORUM),
        (4, [FOR, AGAINST, ABSTAIN], Outcome.TIED),
        (1, [FOR], Outcome.SUPPORTED),
        (1, [], Outcome.NO_QUORUM),
        # nobody left
        (0, [], Outcome.ALL_RECUSED),
    ],
)
def test_a_count_has_one_outcome(base, positions, outcome):
    assert count(base, positions).outcome == outcome


@pytest.mark.parametrize(
    ("tally", "bg", "en"),
    [
        (
            Tally(base=6, quorum=4, support=2, oppose=1),
            "Гласували 3 от 6; за кворум са нужни 4; за: 2, против: 1",
            "3 of 6 have voted; 4 are needed for a quorum; for: 2, against: 1",
        ),
        (
            Tally(base=5, quorum=3, support=1, remarks=2, abstain=1),
            "Гласували 4 от 5; за кворум са нужни 3; за: 3 (с бележки: 2), против: 0, въздържали се: 1",
            "4 of 5 have voted; 3 are needed for a quorum; for: 3 (with remarks: 2), against: 0, abstained: 1",
        ),
        (
            Tally(base=1, quorum=1, oppose=1),
            "Гласувал 1 от 1; за кворум е нужен 1; за: 0, против: 1",
            "1 of 1 has voted; 1 is needed for a quorum; for: 0, against: 1",
        ),
        (
            Tally(base=0, quorum=1),
            "Никой не може да гласува: всички членове са с конфликт на интереси.",
            "Nobody can vote: every member has a conflict of interest.",
        ),
    ],
)
def test_the_count_is_said_in_words(tally, bg, en):
    assert count_in_words(tally) == {"bg": bg, "en": en}
