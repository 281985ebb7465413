"""One green criterion: its text, level, place in the documents, proof, source and validity."""

import enum
from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.words import Words


class Level(enum.StrEnum):
    """How far a criterion goes; `both` is one text that serves either level."""

    CORE = "core"
    COMPREHENSIVE = "comprehensive"
    BOTH = "both"


class Place(enum.StrEnum):
    """Where in the procurement documents a criterion stands."""

    SELECTION = "selection"
    SPECIFICATION = "specification"
    AWARD = "award"
    CLAUSE = "clause"


class EvidenceKind(enum.StrEnum):
    """What a fact about a criterion rests on, the strongest first."""

    LABEL = "label"
    TEST_REPORT = "test_report"
    TECHNICAL_DOSSIER = "technical_dossier"
    SELF_DECLARATION = "self_declaration"


LEVEL_NAMES: dict[Level, Words] = {
    Level.CORE: {"bg": "основен", "en": "core"},
    Level.COMPREHENSIVE: {"bg": "разширен", "en": "comprehensive"},
    Level.BOTH: {"bg": "основен и разширен", "en": "core and comprehensive"},
}

PLACE_NAMES: dict[Place, Words] = {
    Place.SELECTION: {"bg": "критерий за подбор", "en": "selection criterion"},
    Place.SPECIFICATION: {"bg": "техническа спецификация", "en": "technical specification"},
    Place.AWARD: {"bg": "критерий за възлагане", "en": "award criterion"},
    Place.CLAUSE: {"bg": "условие за изпълнение на поръчката", "en": "contract performance condition"},
}

KIND_NAMES: dict[EvidenceKind, Words] = {
    EvidenceKind.LABEL: {"bg": "етикет или сертификат от трето лице", "en": "third-party label or certificate"},
    EvidenceKind.TEST_REPORT: {"bg": "протокол от акредитирано изпитване", "en": "accredited test report"},
    EvidenceKind.TECHNICAL_DOSSIER: {
        "bg": "техническо досие на производителя",
        "en": "manufacturer's technical dossier",
    },
    EvidenceKind.SELF_DECLARATION: {"bg": "собствена декларация", "en": "self-declaration"},
}


class Criterion(db.Model):
    """A criterion of the library. A code always means the same text: a changed criterion gets a new code."""

    __tablename__ = "criterion"
    __table_args__ = (Index("ix_criterion_group_place", "product_group", "place_of_use", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(120), unique=True)
    #: key of the product group, e.g. "road-lighting"
    product_group: Mapped[str] = mapped_column(String(64))
    name: Mapped[Words] = mapped_column(db.JSON)
    #: copy-ready wording; empty when only the title is known (an index without texts)
    text: Mapped[Words] = mapped_column(db.JSON, default=dict)
    level: Mapped[Level] = mapped_column(String(32))
    place_of_use: Mapped[Place] = mapped_column(String(32))
    proof: Mapped[Words] = mapped_column(db.JSON, default=dict)
    #: kinds of evidence that prove it; a self-declaration never does, whatever stands here
    accepted_kinds: Mapped[list[str]] = mapped_column(db.JSON, default=list)
    #: labels known to prove it; any equivalent label does too
    accepted_labels: Mapped[list[str]] = mapped_column(db.JSON, default=list)
    #: CPV codes that the source names for it
    cpv: Mapped[list[str]] = mapped_column(db.JSON, default=list)
    source: Mapped[Words] = mapped_column(db.JSON)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    #: a person has compared it with the source
    verified: Mapped[bool] = mapped_column(default=False)
    #: the support unit that wrote it; none when it is shared by all
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    rev: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": rev}

    @property
    def has_text(self) -> bool:
        """It has a wording that can be copied into documents, not a title alone."""
        return bool(self.text)

    def is_valid_on(self, day: date) -> bool:
        """The source held on this day, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
