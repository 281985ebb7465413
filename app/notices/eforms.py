"""Notices in eForms (UBL 2.3 with the EU extension), the schema in use since 2023."""

from dataclasses import dataclass, replace
from datetime import date

from app.notices import codes
from app.notices.eforms_lots import deadlines_of, read_object
from app.notices.figures import choose_value, gathered
from app.notices.model import Amount, Kind, Money, NamedText, Notice, NoticeError, Party, Procedure, Winner
from app.notices.source import Element, Source, date_of, name_of, unique
from app.notices.ted import report_procedure
from app.notices.wording import Wording

EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"

NO_PURCHASE = {
    "bg": "В този файл eForms няма описание на поръчка, което можем да прочетем.",
    "en": "This eForms file holds no description of a purchase that we can read.",
}

#: Parts that are contacts, links, references between parts and administration; they are left out on purpose.
LEFT_OUT = frozenset({
    "Organizations", "AppealTerms", "Appeals", "TenderRecipientParty", "DocumentProviderParty",
    "AdditionalInformationParty", "TenderEvaluationParty", "CallForTendersDocumentReference",
    "FiscalLegislationDocumentReference", "EnvironmentalLegislationDocumentReference",
    "EmploymentLegislationDocumentReference", "ContractingParty", "ProcurementLegislationDocumentReference",
    "UBLVersionID", "CustomizationID", "ContractFolderID", "VersionID", "IssueTime", "RegulatoryDomain",
    "AdditionalNoticeLanguage", "Language", "Publication", "TransmissionDate", "TransmissionTime", "ID",
    "OpenTenderEvent", "AuctionTerms", "PostAwardProcess", "TenderValidityPeriod",
    "AdditionalInformationRequestPeriod", "LotDistribution", "PartPresentationCode", "SubmissionMethodCode",
    "AccessToolsURI", "AccessToolName", "URI", "GovernmentAgreementConstraintIndicator", "SecurityClearanceTerm",
    "LatestSecurityClearanceDate", "NoticeDocumentReference", "PresentationPeriod", "TenderReference", "RankCode",
    "TenderRankedIndicator", "TenderVariantIndicator", "AppealRequestsStatistics", "ReceivedSubmissionsStatistics",
    "SubContractor", "SignatoryParty", "ContractFrameworkIndicator", "GroupLeadIndicator", "TenderResultCode",
    "AwardDate", "IssueDate", "DPSTerminationIndicator", "PlannedDate", "NoFurtherNegotiationIndicator",
    "ProcedureRelaunchIndicator", "CandidateReductionConstraintIndicator", "EconomicOperatorShortList",
    "MaximumOperatorQuantity", "MultipleTendersCode", "VariantConstraintCode", "RequiredCurriculaCode",
    "RecurringProcurementIndicator", "CompanyLegalFormCode", "SMESuitableIndicator", "ForeignSubsidiesMeasuresCode",
    "PercentageKnownIndicator", "ValueKnownIndicator", "DecisionReasonCode", "SecondStageIndicator", "SubTypeCode",
    "NoticeLanguageCode", "RequestedPublicationDate", "ProcurementDocumentsChangeIndicator",
    "ChangedSectionIdentifier", "ReasonCode", "TermCode", "ProcessReasonCode", "Region", "AppliedMeasure",
    "TermPercent",
})  # fmt: skip


@dataclass(frozen=True)
class Award:
    """A contract of the result: its tenders' lot, who stands behind it and its value."""

    winners: tuple[Winner, ...]
    value: Money | None


def read_eforms(root: Element) -> Notice:
    """The notice in an eForms file. Raises NoticeError when it names no purchase."""
    source, wording = Source(root), Wording(root)
    if not source.has(root, "ProcurementProject"):
        raise NoticeError(NO_PURCHASE)
    extension = source.first(root, EXTENSION)
    kind = _kind(source, root)
    parts = read_object(source, wording, root)
    organisations = _organisations(source, wording, extension)
    awards = _awards(source, wording, extension, organisations)
    amounts = _amounts(source, root)
    value, value_from = choose_value(kind, amounts, parts.lots, [award.value for award in awards], None)
    deadline, deadline_for = deadlines_of(source, root)
    publication = source.first(extension, "Publication")
    buyers = _buyers(source, root, organisations)
    notice = Notice(
        schema=source.text(root, "CustomizationID"),
        form=source.text(extension, "NoticeSubType/SubTypeCode"),
        kind=kind,
        publication_number=source.text(publication, "NoticePublicationID") or source.text(root, "ID"),
        published_on=date_of(source.text(publication, "PublicationDate")),
        sent_on=date_of(source.text(root, "IssueDate")),
        language=wording.language,
        nature=parts.nature,
        nuts=parts.nuts,
        value=value,
        value_from=value_from,
        amounts=amounts,
        procedure=_procedure(source, root),
        deadline=deadline,
        deadline_for=deadline_for,
        buyers=buyers,
        is_joint=len(buyers) > 1,
        winners=tuple(winner for award in awards for winner in award.winners),
        earlier_notices=_earlier(source, root, extension),
        is_change=source.has(extension, "Changes"),
        **gathered(parts),
    )
    return _completed(notice, source, _texts(source, wording, root, extension), root)


def _completed(notice: Notice, source: Source, texts: tuple[NamedText, ...], root: Element) -> Notice:
    """The notice with its longer texts, and with what nobody asked the file for."""
    source.report_unread(root, LEFT_OUT)
    return replace(notice, texts=notice.texts + texts, not_understood=tuple(source.not_understood))


def _kind(source: Source, root: Element) -> Kind:
    form_type = source.value(root, "NoticeTypeCode", "listName")
    said = codes.EFORMS_NOTICE_TYPES.get(source.text(root, "NoticeTypeCode"))
    return said or codes.EFORMS_KINDS.get(form_type, Kind.OTHER)


def _organisations(source: Source, wording: Wording, extension: Element | None) -> dict[str, tuple[Party, bool | None]]:
    """Every organisation by its id in the file, and whether it is a small or medium enterprise."""
    found = {}
    for company in source.all(extension, "Organizations/Organization/Company"):
        address = source.first(company, "PostalAddress")
        party = Party(
            name=wording.text(source, company, "PartyName/Name"),
            town=source.text(address, "CityName"),
            country=codes.country_of(source.text(address, "Country/IdentificationCode")),
            nuts=source.text(address, "CountrySubentityCode"),
            national_id=source.text(company, "PartyLegalEntity/CompanyID"),
        )
        size = source.text(company, "CompanySizeCode")
        is_small = None if size in ("", "unpublished") else size in ("micro", "small", "medium", "sme")
        found[source.text(company, "PartyIdentification/ID")] = (party, is_small)
    return found


def _buyers(source: Source, root: Element, organisations: dict) -> tuple[Party, ...]:
    ids = [source.read(one) for one in source.all(root, "ContractingParty/Party/PartyIdentification/ID")]
    return tuple(organisations[one][0] for one in unique(ids) if one in organisations)


def _awards(source: Source, wording: Wording, extension: Element | None, organisations: dict) -> list[Award]:
    result = source.first(extension, "NoticeResult")
    tenders = {source.text(one, "ID"): one for one in source.all(result, "LotTender")}
    groups = {source.text(one, "ID"): one for one in source.all(result, "TenderingParty")}
    won: dict[str, tuple[str, date | None]] = {}
    for contract in source.all(result, "SettledContract"):
        title = wording.text(source, contract, "Title") or source.text(contract, "ContractReference/ID")
        signed = date_of(source.text(contract, "IssueDate"))
        won |= {source.read(one): (title, signed) for one in source.all(contract, "LotTender/ID")}
    awards: list[Award] = []
    for tender_id, (title, signed) in won.items():
        tender = tenders.get(tender_id)
        if tender is None:
            continue
        group = groups.get(source.text(tender, "TenderingParty/ID"))
        money = source.money(source.first(tender, "LegalMonetaryTotal/PayableAmount"), "currencyID")
        lot = source.text(tender, "TenderLot/ID")
        parties = [organisations.get(source.read(one)) for one in source.all(group, "Tenderer/ID")]
        winners = tuple(Winner(one[0], lot, title, money, signed, one[1]) for one in parties if one)
        awards.append(Award(winners, money))
    return awards


def _amounts(source: Source, root: Element) -> tuple[Amount, ...]:
    amounts = []
    for element in root.iter():
        if element.get("currencyID") is None:
            continue
        currency = element.get("currencyID", "")
        if currency not in codes.known_currencies():
            source.report("currencyID", {"bg": f"Непозната валута: {currency}", "en": f"Unknown currency: {currency}"})
        money = source.money(element, "currencyID")
        if money:
            amounts.append(Amount(name_of(element), money, _lot_of(source, element)))
    return tuple(dict.fromkeys(amounts))


def _lot_of(source: Source, element: Element) -> str:
    for above in element.iterancestors():
        if name_of(above) == "ProcurementProjectLot":
            return source.text(above, "ID")
        if name_of(above) in ("LotResult", "LotTender"):
            return source.text(above, "TenderLot/ID")
    return ""


def _procedure(source: Source, root: Element) -> Procedure:
    process = source.first(root, "TenderingProcess")
    raw = source.text(process, "ProcedureCode")
    systems = source.all(root, "ProcurementProjectLot/TenderingProcess/ContractingSystem/ContractingSystemTypeCode")
    used = unique(_technique(one.get("listName", ""), source.read(one)) for one in systems)
    key = "dps" if "dps" in used else codes.EFORMS_PROCEDURES.get(raw)
    if raw and key is None:
        report_procedure(source, raw)
    reasons = source.all(process, "ProcessJustification/ProcessReasonCode")
    fast = [source.read(one) for one in reasons if one.get("listName") == "accelerated-procedure"]
    return Procedure(key, raw, used, "true" in fast)


def _technique(list_name: str, code: str) -> str:
    if code == "none":
        return ""
    return "framework" if list_name == "framework-agreement" else "dps" if list_name == "dps-usage" else ""


def _earlier(source: Source, root: Element, extension: Element | None) -> tuple[str, ...]:
    paths = (
        "TenderingProcess/NoticeDocumentReference/ID",
        "ProcurementProjectLot/TenderingProcess/NoticeDocumentReference/ID",
    )
    found = [source.read(one) for path in paths for one in source.all(root, path)]
    return unique([*found, source.text(extension, "Changes/ChangedNoticeIdentifier")])


_REQUIREMENTS = "TenderingTerms/TendererQualificationRequest/SpecificTendererRequirement"


def _texts(source: Source, wording: Wording, root: Element, extension: Element | None) -> tuple[NamedText, ...]:
    said = [
        NamedText(
            {"bg": "Описание на процедурата", "en": "The procedure"},
            wording.text(source, root, "TenderingProcess/Description"),
        ),
        NamedText(
            {"bg": "Обосновка на процедурата", "en": "Why this procedure"},
            wording.text(source, root, "TenderingProcess/ProcessJustification/ProcessReason")
            or wording.text(source, root, "TenderingProcess/ProcessJustification/Description"),
        ),
        NamedText(
            {"bg": "Основания за отстраняване", "en": "Grounds for exclusion"},
            wording.every(source, root, f"{_REQUIREMENTS}/Description"),
        ),
        NamedText(
            {"bg": "Подизпълнители", "en": "Subcontracting"},
            wording.every(source, extension, "NoticeResult/LotTender/SubcontractingTerm/TermDescription"),
        ),
        NamedText(
            {"bg": "Обединения на изпълнители", "en": "Groups of contractors"},
            wording.every(source, extension, "NoticeResult/TenderingParty/Name"),
        ),
        NamedText(
            {"bg": "Промени", "en": "Changes"}, wording.every(source, extension, "Changes/Change/ChangeDescription")
        ),
        NamedText(
            {"bg": "Причина за промяната", "en": "Reason for the change"},
            wording.every(source, extension, "Changes/ChangeReason/ReasonDescription"),
        ),
    ]
    for one in source.all(root, "TenderingTerms/TendererQualificationRequest//TendererRequirementTypeCode"):
        source.mark(one)
    return tuple(text for text in said if text.text)
