"""Notices in the TED schema R2.0.9 (forms F01–F25), the one in use until 2023."""

from dataclasses import replace
from datetime import date, datetime, time

from app.notices import codes
from app.notices.figures import choose_value, gathered
from app.notices.model import Amount, Kind, Money, NamedText, Notice, NoticeError, Party, Procedure, Winner
from app.notices.source import Element, Source, date_of, decimal_of, name_of, unique
from app.notices.ted_object import read_object

NO_FORM = {
    "bg": "В този файл на TED няма обявление, което можем да прочетем (очакваме схема R2.0.9, образци F01–F25).",
    "en": "This TED file holds no notice that we can read (schema R2.0.9, forms F01–F25 are expected).",
}

#: Parts of a form that are addresses, links and administration; they are left out on purpose.
LEFT_OUT = frozenset({
    "ADDRESS_CONTRACTING_BODY", "ADDRESS_CONTRACTING_BODY_ADDITIONAL", "ADDRESS_CONTRACTOR", "ADDRESS_WINNER",
    "ADDRESS_REVIEW_BODY", "ADDRESS_REVIEW_INFO", "ADDRESS_MEDIATION_BODY", "ADDRESS_FURTHER_INFO",
    "ADDRESS_PARTICIPATION", "URL_DOCUMENT", "URL_TOOL", "URL_PARTICIPATION", "URL_NATIONAL_PROCEDURE",
    "CA_TYPE_OTHER", "CA_ACTIVITY_OTHER", "CE_ACTIVITY_OTHER", "MEMBER_NAME", "DATE_DISPATCH_NOTICE",
    "DATE_DISPATCH_INVITATIONS", "OPENING_CONDITION", "DATE_TENDER_VALID", "DURATION_TENDER_VALID", "CONTRACT_NO",
    "REVIEW_PROCEDURE", "INFO_ADD_EAUCTION", "DATE_AWARD_SCHEDULED", "DATE_DECISION_JURY",
})  # fmt: skip

_NOTICE_TEXTS = {
    "LEFTI/SUITABILITY": {"bg": "Годност за упражняване на професионална дейност", "en": "Suitability"},
    "LEFTI/ECONOMIC_FINANCIAL_INFO": {"bg": "Икономическо състояние", "en": "Economic standing"},
    "LEFTI/ECONOMIC_FINANCIAL_MIN_LEVEL": {"bg": "Икономическо състояние: минимум", "en": "Economic standing: minimum"},
    "LEFTI/TECHNICAL_PROFESSIONAL_INFO": {"bg": "Технически възможности", "en": "Technical ability"},
    "LEFTI/TECHNICAL_PROFESSIONAL_MIN_LEVEL": {
        "bg": "Технически възможности: минимум",
        "en": "Technical ability: minimum",
    },
    "LEFTI/RULES_CRITERIA": {"bg": "Правила и критерии за участие", "en": "Rules and criteria for taking part"},
    "LEFTI/QUALIFICATION/CONDITIONS": {"bg": "Условия за допускане", "en": "Conditions of qualification"},
    "LEFTI/QUALIFICATION/METHODS": {"bg": "Проверка на условията", "en": "How conditions are verified"},
    "LEFTI/PERFORMANCE_CONDITIONS": {"bg": "Условия за изпълнение", "en": "Performance conditions"},
    "LEFTI/REFERENCE_TO_LAW": {"bg": "Нормативна уредба на професията", "en": "Law on the profession"},
    "LEFTI/DEPOSIT_GUARANTEE_REQUIRED": {"bg": "Гаранции", "en": "Guarantees"},
    "LEFTI/MAIN_FINANCING_CONDITION": {"bg": "Финансиране и плащане", "en": "Financing and payment"},
    "LEFTI/LEGAL_FORM": {"bg": "Правна форма на обединението", "en": "Legal form of a group"},
    "CONTRACTING_BODY/PROCUREMENT_LAW": {"bg": "Право при съвместна поръчка", "en": "Law of a joint purchase"},
    "OBJECT_CONTRACT/LOT_DIVISION/LOT_COMBINING_CONTRACT_RIGHT": {
        "bg": "Съчетаване на позиции",
        "en": "Combining lots",
    },
    "PROCEDURE/MAIN_FEATURES_AWARD": {"bg": "Особености на възлагането", "en": "Features of the award"},
    "PROCEDURE/ACCELERATED_PROC": {"bg": "Защо е ускорена", "en": "Why it is accelerated"},
    "PROCEDURE/NUMBER_VALUE_PRIZE": {"bg": "Награди", "en": "Prizes"},
    "PROCEDURE/PT_AWARD_CONTRACT_WITHOUT_CALL/D_JUSTIFICATION": {
        "bg": "Защо е без обявление",
        "en": "Why without a call",
    },
    "PROCEDURE/PT_AWARD_CONTRACT_WITHOUT_PUBLICATION/D_JUSTIFICATION": {
        "bg": "Защо е без обявление",
        "en": "Why without a call",
    },
    "COMPLEMENTARY_INFO/ESTIMATED_TIMING": {"bg": "Следващо обявление", "en": "Next notice"},
    "COMPLEMENTARY_INFO/INFO_ADD": {"bg": "Допълнителна информация", "en": "Additional information"},
    "AWARD_CONTRACT/AWARDED_CONTRACT/INFO_ADD_SUBCONTRACTING": {"bg": "Подизпълнители", "en": "Subcontracting"},
    "CHANGES": {"bg": "Промени", "en": "Changes"},
}


def read_ted(root: Element) -> Notice:
    """The notice in a TED export. Raises NoticeError when there is none that can be read."""
    source = Source(root)
    form = _chosen_form(source, root)
    if form is None or source.first(form, "OBJECT_CONTRACT") is None:
        raise NoticeError(NO_FORM)
    coded = source.first(root, "CODED_DATA_SECTION/NOTICE_DATA")
    kind = _kind(source, form)
    parts = read_object(source, form)
    winners, awards = _winners(source, form)
    amounts = _amounts(source, form)
    value, value_from = choose_value(kind, amounts, parts.lots, awards, _coded_value(source, coded))
    buyers = _buyers(source, form)
    notice = Notice(
        schema=_schema(root),
        form=form.get("FORM", name_of(form)[:3]),
        kind=kind,
        publication_number=source.text(coded, "NO_DOC_OJS"),
        published_on=date_of(source.text(root, "CODED_DATA_SECTION/REF_OJS/DATE_PUB")),
        sent_on=date_of(source.text(form, "COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE")),
        language=form.get("LG", "").lower(),
        nature=parts.nature or _coded_nature(source, root),
        nuts=parts.nuts or _coded_places(source, coded),
        value=value,
        value_from=value_from,
        amounts=amounts,
        procedure=_procedure(source, form),
        deadline=_deadline(source, form, buyers),
        deadline_for="tenders",
        buyers=buyers,
        is_joint=source.has(form, "CONTRACTING_BODY/JOINT_PROCUREMENT_INVOLVED") or len(buyers) > 1,
        winners=winners,
        earlier_notices=_earlier(source, form, coded),
        is_change=kind is Kind.CHANGE,
        **gathered(parts),
    )
    return _finished(source, form, notice)


def _finished(source: Source, form: Element, notice: Notice) -> Notice:
    texts = notice.texts + _texts(source, form)
    source.report_unread(form, LEFT_OUT)
    return replace(notice, texts=texts, not_understood=tuple(source.not_understood))


def _schema(root: Element) -> str:
    return "TED " + root.get("VERSION", "R2.0.9")


def _chosen_form(source: Source, root: Element) -> Element | None:
    """The form in Bulgarian, else in English, else in the language it was written in."""
    forms = [form for form in source.all(root, "FORM_SECTION/*") if form.get("LG")]
    originals = [form for form in forms if form.get("CATEGORY") == "ORIGINAL"] or forms
    for language in ("BG", "EN"):
        for form in forms:
            if form.get("LG") == language:
                return form
    return originals[0] if originals else None


def _kind(source: Source, form: Element) -> Kind:
    said = source.value(form, "NOTICE", "TYPE")
    number = form.get("FORM", name_of(form)[:3])
    by_form = codes.TED_KINDS.get(number, Kind.OTHER)
    return by_form if by_form is Kind.QUALIFICATION else codes.TED_NOTICE_TYPES.get(said, by_form)


def _buyers(source: Source, form: Element) -> tuple[Party, ...]:
    body = source.first(form, "CONTRACTING_BODY")
    main = source.all(body, "ADDRESS_CONTRACTING_BODY")
    others = source.all(body, "ADDRESS_CONTRACTING_BODY_ADDITIONAL")
    return tuple(_party(source, address) for address in main + others)


def _party(source: Source, address: Element) -> Party:
    return Party(
        name=source.text(address, "OFFICIALNAME"),
        town=source.text(address, "TOWN"),
        country=source.value(address, "COUNTRY", "VALUE"),
        nuts=source.value(address, "NUTS", "CODE"),
        national_id=source.text(address, "NATIONALID"),
    )


def _winners(source: Source, form: Element) -> tuple[tuple[Winner, ...], list[Money | None]]:
    """Everyone who won, and the value of each contract once, however many share it."""
    winners: list[Winner] = []
    values: list[Money | None] = []
    for award in source.all(form, "AWARD_CONTRACT"):
        contract = source.first(award, "AWARDED_CONTRACT")
        template = Winner(Party(""), source.text(award, "LOT_NO"), source.text(award, "TITLE"))
        if contract is not None:
            values.append(_first_money(source, contract, ("VALUES/VAL_TOTAL", "VAL_TOTAL")))
            contractors = source.all(contract, "CONTRACTORS/CONTRACTOR") + source.all(contract, "CONTRACTOR")
            signed = date_of(source.text(contract, "DATE_CONCLUSION_CONTRACT"))
            template = replace(template, value=values[-1], concluded_on=signed)
            winners += [_winner(source, one, "ADDRESS_CONTRACTOR", template) for one in contractors]
    for prize in source.all(form, "RESULTS/AWARDED_PRIZE"):
        values.append(_first_money(source, prize, ("VAL_PRIZE",)))
        template = Winner(Party(""), value=values[-1])
        winners += [_winner(source, one, "ADDRESS_WINNER", template) for one in source.all(prize, "WINNER")]
    return tuple(winners), values


def _winner(source: Source, element: Element, address: str, template: Winner) -> Winner:
    is_small = True if source.has(element, "SME") else False if source.has(element, "NO_SME") else None
    found = source.first(element, address)
    party = Party("") if found is None else _party(source, found)
    return replace(template, party=party, is_small=is_small)


def _first_money(source: Source, parent: Element | None, paths: tuple[str, ...]) -> Money | None:
    for path in paths:
        money = source.money(source.first(parent, path), "CURRENCY")
        if money:
            return money
    return None


def _amounts(source: Source, form: Element) -> tuple[Amount, ...]:
    """Every figure with a currency in the form, both ends of a range included."""
    amounts = []
    for element in form.iter():
        currency = element.get("CURRENCY")
        if currency is None:
            continue
        _check_currency(source, currency)
        for end in source.all(element, "*") or [element]:
            end.set("CURRENCY", currency)
            money = source.money(end, "CURRENCY")
            if money:
                amounts.append(Amount(_amount_name(element, end), money, _lot_of(source, element)))
    return tuple(dict.fromkeys(amounts))


def _amount_name(element: Element, end: Element) -> str:
    inside = [name_of(above) for above in element.iterancestors() if name_of(above) in ("AWARD_CONTRACT", "RESULTS")]
    names = [*inside, name_of(element), *([name_of(end)] if end is not element else [])]
    return "/".join(names)


def _check_currency(source: Source, currency: str) -> None:
    if currency not in codes.known_currencies():
        source.report("CURRENCY", {"bg": f"Непозната валута: {currency}", "en": f"Unknown currency: {currency}"})


def _lot_of(source: Source, element: Element) -> str:
    for above in element.iterancestors():
        if name_of(above) in ("OBJECT_DESCR", "AWARD_CONTRACT"):
            return source.text(above, "LOT_NO")
    return ""


def _coded_value(source: Source, coded: Element | None) -> Money | None:
    return source.money(source.first(coded, "VALUES/VALUE"), "CURRENCY")


def _coded_nature(source: Source, root: Element) -> str:
    code = source.value(root, "CODED_DATA_SECTION/CODIF_DATA/NC_CONTRACT_NATURE", "CODE")
    return {"1": "works", "2": "supplies", "4": "services"}.get(code, "")


def _coded_places(source: Source, coded: Element | None) -> tuple[str, ...]:
    performed = source.values(coded, "PERFORMANCE_NUTS", "CODE")
    return performed or source.values(coded, "ORIGINAL_NUTS", "CODE")


def _procedure(source: Source, form: Element) -> Procedure:
    part = source.first(form, "PROCEDURE")
    names = [] if part is None else [name_of(child) for child in part]
    raw = next((name for name in names if name.startswith("PT_")), "")
    techniques = {"FRAMEWORK": "framework", "DPS": "dps", "EAUCTION_USED": "e-auction"}
    used = tuple(word for name, word in techniques.items() if name in names)
    key = "dps" if "dps" in used else codes.TED_PROCEDURES.get(raw)
    if raw and key is None:
        report_procedure(source, raw)
    return Procedure(key, raw, used, "ACCELERATED_PROC" in names)


def report_procedure(source: Source, raw: str) -> None:
    """Say that the notice's procedure has no counterpart among ours."""
    words = {
        "bg": f"Видът процедура „{raw}“ няма съответствие в нашия списък; изберете реда сами.",
        "en": f"The procedure “{raw}” has no counterpart in our list; choose it yourself.",
    }
    source.report("PROCEDURE", words)


def _deadline(source: Source, form: Element, buyers: tuple[Party, ...]) -> datetime | date | None:
    """The moment in the buyer's own time zone; only the day where the hour or the zone is unknown."""
    day = date_of(source.text(form, "PROCEDURE/DATE_RECEIPT_TENDERS"))
    hour = source.text(form, "PROCEDURE/TIME_RECEIPT_TENDERS")
    zone = codes.zone_of(buyers[0].country) if buyers else None
    if day is None or not hour or zone is None:
        return day
    try:
        return datetime.combine(day, time.fromisoformat(hour.zfill(5)), zone)
    except ValueError:
        source.report("TIME_RECEIPT_TENDERS", {"bg": f"Неясен час: {hour}", "en": f"Unclear hour: {hour}"})
        return day


def _earlier(source: Source, form: Element, coded: Element | None) -> tuple[str, ...]:
    named = [source.read(found) for found in source.all(form, "PROCEDURE/NOTICE_NUMBER_OJ")]
    changed = [source.read(found) for found in source.all(form, "COMPLEMENTARY_INFO/NOTICE_NUMBER_OJ")]
    return unique([*named, *changed, *(source.read(found) for found in source.all(coded, "REF_NOTICE/NO_DOC_OJS"))])


def _texts(source: Source, form: Element) -> tuple[NamedText, ...]:
    found = [NamedText(words, source.text(form, path)) for path, words in _NOTICE_TEXTS.items()]
    _mark_counts(source, form)
    return tuple(text for text in found if text.text)


def _mark_counts(source: Source, form: Element) -> None:
    """Bare numbers about tenders and candidates: read, and of no use to a request."""
    for element in form.iter():
        if (
            name_of(element).startswith(("NB_", "LOT_M", "PCT_", "DATE_"))
            and decimal_of(element.text or "") is not None
        ):
            source.mark(element)
