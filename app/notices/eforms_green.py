"""Environmental facts of an eForms lot: BT-06, BT-774, BT-775, BT-776, BT-805, clean vehicles and energy."""

from collections.abc import Iterable
from decimal import Decimal

from app.notices.model import EnergyItem, Environment, VehicleCount
from app.notices.source import Element, Source, decimal_of, unique
from app.notices.wording import Wording

_EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
_LISTS = {
    "environmental-impact": "impacts",
    "gpp-criteria": "gpp_criteria",
    "strategic-procurement": "strategic",
    "social-objective": "social",
    "innovative-acquisition": "innovative",
}


def environment_of(source: Source, wording: Wording, lot: Element, number: str) -> Environment:
    """The coded green facts of a lot, those of its result included."""
    kinds = source.all(lot, "ProcurementProject/ProcurementAdditionalType")
    blocks = _blocks(source, lot, number)
    details = [one for block in blocks for one in source.all(block, "StrategicProcurementInformation")]
    return Environment(
        **_coded(source, kinds),
        strategic_texts=unique(_described(source, wording, kind) for kind in kinds),
        clean_vehicles_apply=_vehicles_apply(source, blocks),
        vehicle_contracts=unique(_contract_kind(source, one) for one in details),
        vehicles=tuple(count for one in details for count in _vehicles(source, one, number)),
        energy=tuple(item for one in details for item in _energy(source, one, number)),
    )


def _coded(source: Source, kinds: list[Element]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in _LISTS.values()}
    for kind in kinds:
        for code in source.all(kind, "ProcurementTypeCode"):
            said = source.read(code)
            name = _LISTS.get(code.get("listName", ""))
            if name:
                found[name].append(said)
    return {name: unique(said) for name, said in found.items()}


def _described(source: Source, wording: Wording, kind: Element) -> str:
    """The buyer's own description of a strategic purchase (BT-777); other kinds' notes are read and left."""
    said = wording.text(source, kind, "ProcurementType")
    return said if source.value(kind, "ProcurementTypeCode", "listName") == "strategic-procurement" else ""


def _blocks(source: Source, lot: Element, number: str) -> list[Element]:
    own = source.all(lot, f"TenderingTerms/{_EXTENSION}/StrategicProcurement")
    results = source.all(source.root, f"{_EXTENSION}/NoticeResult/LotResult")
    mine = [one for one in results if source.text(one, "TenderLot/ID") == number]
    return own + [block for one in mine for block in source.all(one, "StrategicProcurement")]


def _vehicles_apply(source: Source, blocks: Iterable[Element]) -> bool | None:
    answers = []
    for block in blocks:
        for scope in source.all(block, "ApplicableLegalBasis"):
            said = source.read(scope)
            if scope.get("listName") == "cvd-scope":
                answers.append(said == "true")
    return any(answers) if answers else None


def _contract_kind(source: Source, details: Element) -> str:
    return source.text(details, "ProcurementCategoryCode")


def _vehicles(source: Source, details: Element, lot: str) -> Iterable[VehicleCount]:
    for group in source.all(details, "ProcurementDetails"):
        category = source.first(group, "AssetCategoryCode")
        if category is None or category.get("listName") != "vehicle-category":
            continue
        for count in source.all(group, "StrategicProcurementStatistics"):
            number = decimal_of(source.text(count, "StatisticsNumeric"))
            if number is not None:
                yield VehicleCount(source.read(category), source.text(count, "StatisticsCode"), number, lot)


def _energy(source: Source, details: Element, lot: str) -> Iterable[EnergyItem]:
    for group in source.all(details, "ProcurementDetails"):
        item = source.first(group, "AssetCategoryCode")
        if item is None or item.get("listName") == "vehicle-category":
            continue
        yield EnergyItem(
            item=source.read(item),
            basis=source.text(group, "LegalFrameworkCode"),
            label=source.text(group, "AssetLabel/LabelCode"),
            figures=tuple(_figures(source, group)),
            lot=lot,
        )


def _figures(source: Source, group: Element) -> Iterable[tuple[str, Decimal]]:
    for metric in source.all(group, "AssetMetric"):
        number = decimal_of(source.text(metric, "AssetMetricNumeric"))
        if number is not None:
            yield source.text(metric, "AssetMetricCode"), number
    for count in source.all(group, "StrategicProcurementStatistics"):
        number = decimal_of(source.text(count, "StatisticsNumeric"))
        if number is not None:
            yield source.text(count, "StatisticsCode") or "number", number
