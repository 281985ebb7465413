"""What a tender notice says, as plain facts that never change once read."""

import enum
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app.errors import DomainError
from app.words import Words


class NoticeError(DomainError):
    """The file is not a notice that can be read; `words` says why and what to do, in Bulgarian and English."""

    def __init__(self, words: Words) -> None:
        super().__init__(words["en"].replace("%", "%%"))
        self.words = words


class Kind(enum.StrEnum):
    PLANNING = "planning"
    TENDER = "tender"
    QUALIFICATION = "qualification"
    CONTEST = "contest"
    AWARD = "award"
    AWARD_INTENDED = "award_intended"
    CONTEST_RESULT = "contest_result"
    CHANGE = "change"
    MODIFICATION = "modification"
    OTHER = "other"


class ValueFrom(enum.StrEnum):
    """Which figure of the notice its value was taken from."""

    ESTIMATED = "estimated"
    TOTAL = "total"
    RANGE = "range"
    FRAMEWORK_MAXIMUM = "framework_maximum"
    LOTS_SUM = "lots_sum"
    AWARDS_SUM = "awards_sum"
    NOT_GIVEN = "not_given"


class CriterionKind(enum.StrEnum):
    PRICE = "price"
    COST = "cost"
    QUALITY = "quality"
    CONTEST = "contest"
    IN_DOCUMENTS = "in_documents"


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Amount:
    """Any figure with a currency that the notice names: the element's name, its lot if it has one, and the money."""

    name: str
    money: Money
    lot: str = ""


@dataclass(frozen=True)
class Party:
    """A buyer or a winner: facts about the organisation, never contact persons."""

    name: str
    town: str = ""
    country: str = ""
    nuts: str = ""
    national_id: str = ""


@dataclass(frozen=True)
class Winner:
    """Who won what: `contract` is the contract's own title, `value` that of the whole contract."""

    party: Party
    lot: str = ""
    contract: str = ""
    value: Money | None = None
    concluded_on: date | None = None
    is_small: bool | None = None


@dataclass(frozen=True)
class AwardCriterion:
    """One award criterion; `weight` is as written, `unit` is percent, points, decimal, order, other or empty."""

    kind: CriterionKind
    name: str = ""
    weight: str = ""
    unit: str = ""
    description: str = ""
    lot: str = ""


@dataclass(frozen=True)
class VehicleCount:
    """How many vehicles of a category the notice counts: all, clean or zero-emission."""

    category: str
    kind: str
    number: Decimal
    lot: str = ""


@dataclass(frozen=True)
class EnergyItem:
    """An energy-related product named under the Energy Efficiency Directive, with basis, label and figures."""

    item: str
    basis: str = ""
    label: str = ""
    figures: tuple[tuple[str, Decimal], ...] = ()
    lot: str = ""


@dataclass(frozen=True)
class Environment:
    """Environmental facts in the notice's own coded fields; words in free text are never taken for facts."""

    impacts: tuple[str, ...] = ()
    gpp_criteria: tuple[str, ...] = ()
    strategic: tuple[str, ...] = ()
    strategic_texts: tuple[str, ...] = ()
    social: tuple[str, ...] = ()
    innovative: tuple[str, ...] = ()
    clean_vehicles_apply: bool | None = None
    vehicle_contracts: tuple[str, ...] = ()
    vehicles: tuple[VehicleCount, ...] = ()
    energy: tuple[EnergyItem, ...] = ()


@dataclass(frozen=True)
class Procedure:
    """`key` is our own word for it, or None where ours has no counterpart; `raw` is the notice's word."""

    key: str | None
    raw: str
    techniques: tuple[str, ...] = ()
    is_accelerated: bool = False


@dataclass(frozen=True)
class Duration:
    number: Decimal | None = None
    unit: str = ""
    start: date | None = None
    end: date | None = None
    is_indefinite: bool = False


@dataclass(frozen=True)
class NamedText:
    """A longer text of the notice that has no field of its own: selection, conditions, options and the like."""

    name: Words
    text: str
    lot: str = ""


@dataclass(frozen=True)
class NotUnderstood:
    """Something in the file that was not read, where it stands, and what a person should look at."""

    place: str
    words: Words


@dataclass(frozen=True)
class Lot:
    number: str
    title: str
    description: str = ""
    cpv: tuple[str, ...] = ()
    nuts: tuple[str, ...] = ()
    place_text: str = ""
    value: Money | None = None
    deadline: datetime | date | None = None
    criteria: tuple[AwardCriterion, ...] = ()
    environment: Environment = field(default_factory=Environment)
    duration: Duration | None = None
    has_options: bool | None = None
    eu_funds: bool | None = None
    texts: tuple[NamedText, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A tender notice. `lots` is empty when the purchase is not divided; its facts then stand on the notice."""

    schema: str
    form: str
    kind: Kind
    publication_number: str
    published_on: date | None
    sent_on: date | None
    language: str
    title: str
    description: str
    nature: str
    cpv: str
    cpv_additional: tuple[str, ...]
    cpv_supplementary: tuple[str, ...]
    nuts: tuple[str, ...]
    place_text: str
    value: Money | None
    value_from: ValueFrom
    amounts: tuple[Amount, ...]
    lots: tuple[Lot, ...]
    procedure: Procedure
    deadline: datetime | date | None
    deadline_for: str
    planned_publication: date | None
    criteria: tuple[AwardCriterion, ...]
    environment: Environment
    buyers: tuple[Party, ...]
    is_joint: bool
    winners: tuple[Winner, ...]
    duration: Duration | None
    has_options: bool | None
    eu_funds: bool | None
    eu_funds_text: str
    reference: str
    earlier_notices: tuple[str, ...]
    texts: tuple[NamedText, ...]
    is_change: bool = False
    not_understood: tuple[NotUnderstood, ...] = ()

    @property
    def buyer(self) -> Party | None:
        """The first buyer named, who is usually the one that runs the purchase."""
        return self.buyers[0] if self.buyers else None

    @property
    def currency(self) -> str:
        """The currency of the value, or an empty text where no value is given."""
        return self.value.currency if self.value else ""
