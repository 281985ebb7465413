"""The object of a notice in the TED schema: what is bought, its lots, places, award criteria and terms."""

from decimal import Decimal

from app.notices.codes import NATURES
from app.notices.figures import Parts
from app.notices.model import AwardCriterion, CriterionKind, Duration, Lot, NamedText
from app.notices.source import Element, Source, date_of, decimal_of, unique

LOT_TEXTS = {
    "OPTIONS_DESCR": {"bg": "Опции", "en": "Options"},
    "RENEWAL_DESCR": {"bg": "Подновяване", "en": "Renewal"},
    "CRITERIA_CANDIDATE": {"bg": "Критерии за подбор на кандидати", "en": "Criteria for limiting candidates"},
    "INFO_ADD": {"bg": "Допълнителна информация за предмета", "en": "Additional information on the object"},
}


def read_object(source: Source, form: Element) -> Parts:
    """The object of the form; several objects (as in F01) become lots."""
    objects = source.all(form, "OBJECT_CONTRACT")
    main = objects[0]
    lots = [lot for one in objects for lot in _lots(source, one, is_one_of_several=len(objects) > 1)]
    contest = source.text(form, "PROCEDURE/CRITERIA_EVALUATION")
    return Parts(
        title=source.text(main, "TITLE"),
        description=source.text(main, "SHORT_DESCR"),
        nature=NATURES.get(source.value(main, "TYPE_CONTRACT", "CTYPE"), ""),
        cpv=source.value(main, "CPV_MAIN/CPV_CODE", "CODE"),
        cpv_supplementary=_supplementary(source, form),
        reference=source.text(main, "REFERENCE_NUMBER"),
        planned_publication=date_of(source.text(main, "DATE_PUBLICATION_NOTICE")),
        criteria=(AwardCriterion(CriterionKind.CONTEST, contest),) if contest else (),
        eu_funds_text=_eu_funds_text(source, objects),
        is_divided=source.has(main, "LOT_DIVISION"),
        lots=tuple(lots),
    )


def _lots(source: Source, contract: Element, *, is_one_of_several: bool) -> list[Lot]:
    fallback = source.text(contract, "TITLE") if is_one_of_several else ""
    main = source.values(contract, "CPV_MAIN/CPV_CODE", "CODE") if is_one_of_several else ()
    return [_lot(source, part, fallback, main) for part in source.all(contract, "OBJECT_DESCR")]


def _lot(source: Source, part: Element, fallback_title: str, main_cpv: tuple[str, ...]) -> Lot:
    number = source.text(part, "LOT_NO") or part.get("ITEM", "")
    return Lot(
        number=number,
        title=source.text(part, "TITLE") or fallback_title,
        description=source.text(part, "SHORT_DESCR"),
        cpv=unique([*main_cpv, *source.values(part, "CPV_ADDITIONAL/CPV_CODE", "CODE")]),
        nuts=source.values(part, "NUTS", "CODE"),
        place_text=source.text(part, "MAIN_SITE"),
        value=source.money(source.first(part, "VAL_OBJECT"), "CURRENCY"),
        criteria=_criteria(source, part, number),
        duration=_duration(source, part),
        has_options=_yes_no(source, part, "OPTIONS"),
        eu_funds=_yes_no(source, part, "EU_PROGR_RELATED"),
        texts=_texts(source, part, number),
    )


def _criteria(source: Source, part: Element, lot: str) -> tuple[AwardCriterion, ...]:
    """F05 and F02 hold them in AC, F21 and older ones directly."""
    group = source.first(part, "AC")
    found: list[AwardCriterion] = []
    for parent in (group, part):
        for name, kind in (("AC_QUALITY", CriterionKind.QUALITY), ("AC_COST", CriterionKind.COST)):
            found += [_criterion(source, one, kind, lot) for one in source.all(parent, name)]
        found += [_criterion(source, one, CriterionKind.PRICE, lot) for one in source.all(parent, "AC_PRICE")]
        if source.has(parent, "AC_PROCUREMENT_DOC"):
            found.append(AwardCriterion(CriterionKind.IN_DOCUMENTS, lot=lot))
        if parent is not None and parent is not part and (source.text(parent, "AC_CRITERION")):
            found.append(AwardCriterion(CriterionKind.QUALITY, source.text(parent, "AC_CRITERION"), lot=lot))
    return tuple(found)


def _criterion(source: Source, element: Element, kind: CriterionKind, lot: str) -> AwardCriterion:
    source.mark(element)
    weight = source.text(element, "AC_WEIGHTING")
    return AwardCriterion(
        kind, source.text(element, "AC_CRITERION"), weight, "percent" if "%" in weight else "", lot=lot
    )


def _duration(source: Source, part: Element) -> Duration | None:
    element = source.first(part, "DURATION")
    number: Decimal | None = decimal_of(source.text(part, "DURATION")) if element is not None else None
    unit = source.value(part, "DURATION", "TYPE").lower()
    start, end = date_of(source.text(part, "DATE_START")), date_of(source.text(part, "DATE_END"))
    is_indefinite = source.has(part, "INDEFINITE_DURATION")
    if number is None and start is None and end is None and not is_indefinite:
        return None
    return Duration(number, unit, start, end, is_indefinite)


def _yes_no(source: Source, part: Element, name: str) -> bool | None:
    if source.has(part, name):
        return True
    return False if source.has(part, f"NO_{name}") else None


def _eu_funds_text(source: Source, objects: list[Element]) -> str:
    said = (source.text(one, "OBJECT_DESCR/EU_PROGR_RELATED") for one in objects)
    return "\n".join(unique(paragraph for text in said for paragraph in text.split("\n\n")))


def _supplementary(source: Source, form: Element) -> tuple[str, ...]:
    main = source.values(form, "OBJECT_CONTRACT/CPV_MAIN/CPV_SUPPLEMENTARY_CODE", "CODE")
    others = source.values(form, "OBJECT_CONTRACT/OBJECT_DESCR/CPV_ADDITIONAL/CPV_SUPPLEMENTARY_CODE", "CODE")
    return unique([*main, *others])


def _texts(source: Source, part: Element, lot: str) -> tuple[NamedText, ...]:
    found = (NamedText(words, source.text(part, name), lot) for name, words in LOT_TEXTS.items())
    return tuple(text for text in found if text.text)
