"""The object of an eForms notice: the whole, its lots or planned parts, places, criteria, terms and green facts."""

from datetime import date, datetime, time

from app.notices.codes import NATURES, WEIGHT_UNITS
from app.notices.eforms_green import environment_of
from app.notices.figures import Parts
from app.notices.model import AwardCriterion, CriterionKind, Duration, Lot, NamedText
from app.notices.source import Element, Source, date_of, decimal_of, unique
from app.notices.wording import Wording

EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
CPV_MAIN = "MainCommodityClassification/ItemClassificationCode"
CPV_MORE = "AdditionalCommodityClassification/ItemClassificationCode"
PLACE = "RealizedLocation/Address/CountrySubentityCode"

_DEADLINES = (
    ("tenders", "TenderSubmissionDeadlinePeriod"),
    ("participation", "ParticipationRequestReceptionPeriod"),
    ("interest", f"{EXTENSION}/InterestExpressionReceptionPeriod"),
)


def read_object(source: Source, wording: Wording, root: Element) -> Parts:
    """The object; groups of lots give only their award criteria."""
    project = source.first(root, "ProcurementProject")
    every = source.all(root, "ProcurementProjectLot")
    lots = [one for one in every if _scheme(source, one) != "LotsGroup"]
    groups = [one for one in every if _scheme(source, one) == "LotsGroup"]
    return Parts(
        title=wording.text(source, project, "Name"),
        description=wording.text(source, project, "Description"),
        nature=_nature(source, project),
        cpv=source.text(project, CPV_MAIN),
        cpv_additional=_codes(source, project, CPV_MORE),
        own_nuts=_codes(source, project, PLACE),
        place_text=_place_text(source, wording, project),
        reference=source.text(project, "ID"),
        planned_publication=_planned_publication(source, root),
        criteria=tuple(one for group in groups for one in _criteria(source, wording, group)),
        eu_funds_text=_funds_text(source, wording, root),
        duration=_duration(source, project),
        texts=_project_texts(source, wording, project, "") + _group_texts(source, wording, groups),
        lots=tuple(_lot(source, wording, one) for one in lots),
    )


def deadlines_of(source: Source, parent: Element) -> tuple[datetime | date | None, str]:
    """The earliest moment by which something must be handed in, and what: tenders, requests, interest."""
    for name, path in _DEADLINES:
        periods = source.all(parent, f"ProcurementProjectLot/TenderingProcess/{path}")
        moments = [moment for moment in (_moment(source, period) for period in periods) if moment]
        if moments:
            return min(moments, key=lambda moment: moment.isoformat()), name
    return None, "tenders"


def _scheme(source: Source, lot: Element) -> str:
    return source.value(lot, "ID", "schemeName")


def _nature(source: Source, project: Element | None) -> str:
    raw = source.text(project, "ProcurementTypeCode")
    for extra in source.all(project, "ProcurementAdditionalType/ProcurementTypeCode"):
        if extra.get("listName") == "contract-nature":
            source.mark(extra)
    return NATURES.get(raw.upper(), "")


def _codes(source: Source, parent: Element | None, path: str) -> tuple[str, ...]:
    return unique(source.read(one) for one in source.all(parent, path))


def _place_text(source: Source, wording: Wording, project: Element | None) -> str:
    towns = _codes(source, project, "RealizedLocation/Address/CityName")
    for location in source.all(project, "RealizedLocation/Address"):
        source.mark(location)
    described = wording.every(source, project, "RealizedLocation/Description")
    return "\n\n".join(filter(None, (", ".join(towns), described)))


def _lot(source: Source, wording: Wording, element: Element) -> Lot:
    project = source.first(element, "ProcurementProject")
    number = source.text(element, "ID")
    _nature(source, project)
    deadlines = [_moment(source, source.first(element, f"TenderingProcess/{path}")) for _name, path in _DEADLINES]
    return Lot(
        number=number,
        title=wording.text(source, project, "Name"),
        description=wording.text(source, project, "Description"),
        cpv=unique([*_codes(source, project, CPV_MAIN), *_codes(source, project, CPV_MORE)]),
        nuts=_codes(source, project, PLACE),
        place_text=_place_text(source, wording, project),
        value=source.money(source.first(project, "RequestedTenderTotal/EstimatedOverallContractAmount"), "currencyID"),
        deadline=next((moment for moment in deadlines if moment), None),
        criteria=_criteria(source, wording, element),
        environment=environment_of(source, wording, element, number),
        duration=_duration(source, project),
        has_options=source.has(project, "ContractExtension/OptionsDescription") or None,
        eu_funds=_eu_funds(source, element),
        texts=_lot_texts(source, wording, element, project, number),
    )


def _moment(source: Source, period: Element | None) -> datetime | date | None:
    """The end of a period, with the offset from UTC as it is written."""
    day, hour = source.text(period, "EndDate"), source.text(period, "EndTime")
    if not day or not hour:
        return date_of(day)
    try:
        moment = datetime.combine(date.fromisoformat(day[:10]), time.fromisoformat(hour))
    except ValueError:
        source.report("EndTime", {"bg": f"Неясен срок: {day} {hour}", "en": f"Unclear deadline: {day} {hour}"})
        return date_of(day)
    return moment if moment.tzinfo else moment.date()


def _criteria(source: Source, wording: Wording, lot: Element) -> tuple[AwardCriterion, ...]:
    number = source.text(lot, "ID")
    found = source.all(lot, "TenderingTerms/AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion")
    return tuple(_criterion(source, wording, one, number) for one in found)


def _criterion(source: Source, wording: Wording, element: Element, lot: str) -> AwardCriterion:
    name, description = wording.text(source, element, "Name"), wording.text(source, element, "Description")
    parameters = source.all(element, f"{EXTENSION}/AwardCriterionParameter")
    weights = [source.text(one, "ParameterNumeric") for one in parameters]
    units = [source.text(one, "ParameterCode") for one in parameters]
    kind = source.text(element, "AwardingCriterionTypeCode")
    return AwardCriterion(
        kind=CriterionKind(kind) if kind in ("price", "cost", "quality") else CriterionKind.QUALITY,
        name=name or description,
        weight="; ".join(filter(None, weights)),
        unit=WEIGHT_UNITS.get(units[0][:3], "other") if units else "",
        description=description if name else "",
        lot=lot,
    )


def _duration(source: Source, project: Element | None) -> Duration | None:
    period = source.first(project, "PlannedPeriod")
    if period is None:
        return None
    said = source.text(period, "DescriptionCode")
    return Duration(
        number=decimal_of(source.text(period, "DurationMeasure") or "-"),
        unit=source.value(period, "DurationMeasure", "unitCode").lower(),
        start=date_of(source.text(period, "StartDate")),
        end=date_of(source.text(period, "EndDate")),
        is_indefinite=said == "UNLIMITED",
    )


def _eu_funds(source: Source, lot: Element) -> bool | None:
    said = _codes(source, lot, "TenderingTerms/FundingProgramCode")
    named = _codes(source, lot, f"TenderingTerms/{EXTENSION}/Funding/FundingProgramCode")
    if named or "eu-funds" in said:
        return True
    return False if "no-eu-funds" in said else None


def _funds_text(source: Source, wording: Wording, root: Element) -> str:
    paths = (
        f"ProcurementProjectLot/TenderingTerms/{EXTENSION}/Funding",
        f"{EXTENSION}/NoticeResult/SettledContract/Funding",
    )
    lines = []
    for funding in (one for path in paths for one in source.all(root, path)):
        codes = [*_codes(source, funding, "FundingProgramCode"), *_codes(source, funding, "FinancingIdentifier")]
        lines.append(" · ".join(filter(None, [*codes, wording.text(source, funding, "Description")])))
    _codes(source, root, "TenderingTerms/FundingProgramCode")
    return "\n".join(unique(lines))


def _planned_publication(source: Source, root: Element) -> date | None:
    return date_of(source.text(root, "PlannedDate"))


_LOT_TEXTS = {
    "TenderingTerms/ContractExecutionRequirement/Description": {
        "bg": "Условия за изпълнение",
        "en": "Performance conditions",
    },
    f"TenderingTerms/{EXTENSION}/SelectionCriteria/Description": {
        "bg": "Критерии за подбор",
        "en": "Selection criteria",
    },
    f"TenderingTerms/{EXTENSION}/SelectionCriteria/Name": {
        "bg": "Критерии за подбор: имена",
        "en": "Selection criteria: names",
    },
    "TenderingTerms/TendererQualificationRequest/CompanyLegalForm": {
        "bg": "Правна форма на обединението",
        "en": "Legal form of a group",
    },
    "TenderingTerms/TendererQualificationRequest/SpecificTendererRequirement/Description": {
        "bg": "Изисквания към участниците",
        "en": "Requirements for tenderers",
    },
    "TenderingTerms/PaymentTerms/Note": {"bg": "Финансиране и плащане", "en": "Financing and payment"},
    "TenderingTerms/RequiredFinancialGuarantee/Description": {"bg": "Гаранции", "en": "Guarantees"},
    "TenderingTerms/AwardingTerms/AwardingCriterion/Description": {
        "bg": "Обосновка на реда на показателите",
        "en": "Why criteria are only ordered",
    },
    "TenderingTerms/AwardingTerms/AwardingCriterion/CalculationExpression": {"bg": "Формула", "en": "Formula"},
    "TenderingProcess/FrameworkAgreement/Justification": {
        "bg": "Обосновка на рамковото споразумение",
        "en": "Why a framework",
    },
    "TenderingProcess/FrameworkAgreement/SubsequentProcessTenderRequirement/Name": {
        "bg": "Рамково споразумение",
        "en": "Framework agreement",
    },
    "TenderingProcess/FrameworkAgreement/SubsequentProcessTenderRequirement/Description": {
        "bg": "Купувачи по рамковото споразумение",
        "en": "Buyers of the framework",
    },
    "TenderingProcess/ProcessJustification/Description": {
        "bg": "Обосновка за начина на подаване",
        "en": "Why tenders are handed in this way",
    },
}

_PROJECT_TEXTS = {
    "Note": {"bg": "Допълнителна информация за предмета", "en": "Additional information on the object"},
    "ContractExtension/OptionsDescription": {"bg": "Опции", "en": "Options"},
    "ContractExtension/Renewal/Period/Description": {"bg": "Подновяване", "en": "Renewal"},
}

_CODE_LISTS = ("ExecutionRequirementCode", "TendererRequirementTypeCode", "CriterionTypeCode", "GuaranteeTypeCode")


def _project_texts(source: Source, wording: Wording, project: Element | None, lot: str) -> tuple[NamedText, ...]:
    for plain in ("ContractExtension/MaximumNumberNumeric", "EstimatedOverallContractQuantity", "ID"):
        source.text(project, plain)
    said = (NamedText(words, wording.every(source, project, path), lot) for path, words in _PROJECT_TEXTS.items())
    return tuple(text for text in said if text.text)


def _lot_texts(
    source: Source, wording: Wording, element: Element, project: Element | None, lot: str
) -> tuple[NamedText, ...]:
    said = [NamedText(words, wording.every(source, element, path), lot) for path, words in _LOT_TEXTS.items()]
    for name in _CODE_LISTS:
        for one in element.iter("{*}" + name):
            source.mark(one)
    for parameter in element.iter("{*}CriterionParameter"):
        source.mark(parameter)
    return _project_texts(source, wording, project, lot) + tuple(text for text in said if text.text)


def _group_texts(source: Source, wording: Wording, groups: list[Element]) -> tuple[NamedText, ...]:
    words = {"bg": "Група обособени позиции", "en": "Group of lots"}
    texts = []
    for group in groups:
        project = source.first(group, "ProcurementProject")
        number = source.text(group, "ID")
        said = [wording.text(source, project, name) for name in ("Name", "Description")]
        texts.append(NamedText(words, "\n".join(filter(None, said)), number))
        texts += _lot_texts(source, wording, group, project, number)
    return tuple(text for text in texts if text.text)
