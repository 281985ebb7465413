"""Facts of twenty notices, typed by hand from their XML, against what the reader says."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from app.notices import Kind, Money, ValueFrom, read_notice
from tests.notices.shared_notices import shared_bytes

SUMMER, WINTER, MIDDLE = (timezone(timedelta(hours=hours)) for hours in (3, 2, 1))


def bgn(amount: str) -> Money:
    return Money(Decimal(amount), "BGN")


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


EXPECTED = {
    "2016-S-165-296968_BG_F02.xml": {
        "form": "F02",
        "kind": Kind.TENDER,
        "publication_number": "2016/S 165-296968",
        "published_on": date(2016, 8, 27),
        "nature": "supplies",
        "cpv": "09310000",
        "nuts": ("BG",),
        "value": bgn("2826000"),
        "value_from": ValueFrom.ESTIMATED,
        "lots": [],
        "procedure": "open",
        "deadline": datetime(2016, 10, 7, 17, 30, tzinfo=SUMMER),
        "criteria": [("cost", "100")],
        "buyer": ("Българска академия на науките", "София", "BG", "BG411", "000662018"),
        "is_joint": True,
    },
    "2017-S-016-025647_BG_F03.xml": {
        "form": "F03",
        "kind": Kind.AWARD,
        "publication_number": "2017/S 016-025647",
        "reference": "1-2016-006",
        "cpv": "09100000",
        "cpv_additional": ("09132100", "09134200", "09122000"),
        "nuts": ("BG", "BG342"),
        "value": bgn("323161.66"),
        "value_from": ValueFrom.TOTAL,
        "lots": ["1", "2"],
        "procedure": "negotiated",
        "deadline": None,
        "criteria": [("price", ""), ("price", "")],
        "buyer": ("Община Котел", "Котел", "BG", "BG342", "000590540"),
        "is_joint": True,
        "winners": [
            ("„Петрол“ АД", "831496285", "1", bgn("129683.33"), False),
            ("„Ем Си Ви-96“ ООД", "119009078", "2", bgn("193478.33"), True),
        ],
    },
    "2017-S-069-130948_BG_F05.xml": {
        "form": "F05",
        "kind": Kind.TENDER,
        "published_on": date(2017, 4, 7),
        "nature": "services",
        "cpv": "90500000",
        "cpv_additional": (),
        "nuts": ("BG341",),
        "value": bgn("1900000.00"),
        "value_from": ValueFrom.LOTS_SUM,
        "lots": ["1", "2", "3"],
        "lot_values": [bgn("190000.00"), bgn("550000.00"), bgn("1160000")],
        "procedure": "open",
        "deadline": datetime(2017, 5, 12, 17, 0, tzinfo=SUMMER),
        "criteria": [("quality", "5"), ("cost", "5")] * 3,
        "has_options": True,
        "buyer": ("„Водоснабдяване и канализация“ ЕАД", "Бургас", "BG", "BG341", "812115210"),
        "is_joint": False,
    },
    "2017-S-113-227023_BG_F02.xml": {
        "kind": Kind.TENDER,
        "reference": "ОП-40",
        "nature": "works",
        "cpv": "45000000",
        "cpv_additional": ("45211340", "71000000", "71240000", "71250000", "71221000", "71300000", "71315000"),
        "nuts": ("BG314",),
        "value": bgn("4819214.40"),
        "value_from": ValueFrom.ESTIMATED,
        "lots": ["1", "2", "3", "4", "5"],
        "procedure": "open",
        "criteria": [("quality", "10"), ("quality", "40"), ("price", "50")] * 5,
        "buyer": ("Община Плевен", "Плевен", "BG", "BG314", "000413974"),
    },
    "2019-S-001-000080_BG_F03.xml": {
        "kind": Kind.AWARD,
        "nature": "works",
        "cpv": "45212212",
        "nuts": ("BG332",),
        "value": bgn("1628092.65"),
        "value_from": ValueFrom.TOTAL,
        "lots": ["1", "2"],
        "criteria": [("quality", "50 %"), ("price", "50 %")] * 2,
        "eu_funds": True,
        "buyer": ("Община Каварна", "Каварна", "BG", "BG332", "000852697"),
        "earlier_notices": ("2018/S 139-316766",),
        "winners": [
            ("Джи Пи Груп АД", "204257528", "1", bgn("830089.77"), False),
            ("Джи Пи Груп АД", "204257528", "2", bgn("798002.88"), False),
        ],
    },
    "2019-S-024-053835_BG_F21.xml": {
        "form": "F21",
        "kind": Kind.TENDER,
        "nature": "services",
        "cpv": "55524000",
        "nuts": ("BG344",),
        "value": bgn("199773.00"),
        "lots": [],
        "procedure": "open",
        "deadline": datetime(2019, 3, 11, 17, 0, tzinfo=WINTER),
        "criteria": [],
        "duration": (Decimal(13), "month"),
        "buyer": ("Община Раднево", "Раднево", "BG", "BG344", "000817956"),
        "buyers": 6,
        "is_joint": True,
    },
    "2020-S-243-602765_BG_F21.xml": {
        "kind": Kind.AWARD,
        "cpv": "55521200",
        "nuts": ("BG411", "BG422"),
        "value": bgn("2514090.80"),
        "lots": ["1", "2"],
        "eu_funds": True,
        "impacts": (),
        "winners": [
            ("„Мастър-ПИК“ ЕАД", "204427425", "2", bgn("1429099.10"), True),
            ("„Мастър-ПИК“ ЕАД", "204427425", "1", bgn("1084991.70"), None),
        ],
    },
    "2021-S-062-158316_BG_F05.xml": {
        "kind": Kind.TENDER,
        "reference": "92-EP-21-CI-Д-З",
        "nature": "supplies",
        "cpv": "30213000",
        "nuts": ("BG421",),
        "value": bgn("1204000"),
        "lots": [],
        "deadline": datetime(2021, 4, 26, 23, 59, tzinfo=SUMMER),
        "criteria": [("price", "")],
        "duration": (Decimal(43), "month"),
        "buyers": 5,
    },
    "2021-S-188-488951_BG_F03.xml": {
        "kind": Kind.AWARD,
        "cpv": "34144500",
        "cpv_additional": (
            "43414000",
            "45252123",
            "44619000",
            "43250000",
            "16700000",
            "34223300",
            "42416300",
            "34144511",
            "44613800",
        ),
        "nuts": ("BG413",),
        "value": None,
        "value_from": ValueFrom.NOT_GIVEN,
        "lots": ["1", "2", "3", "4"],
        "procedure": "open",
        "criteria": [("price", "")] * 4,
        "buyers": 3,
        "winners": [],
    },
    "2021-S-197-514891_BG_F21.xml": {
        "kind": Kind.TENDER,
        "cpv": "55521200",
        "nuts": ("BG411", "BG422", "BG342"),
        "value": bgn("14028994"),
        "lots": ["1", "2", "3", "4"],
        "lot_values": [bgn("5579098"), bgn("7339493"), bgn("243747"), bgn("866656")],
        "deadline": datetime(2021, 11, 15, 23, 59, tzinfo=WINTER),
        "eu_funds": True,
    },
    "2019-S-143-351243_SK_F01.xml": {
        "form": "F01",
        "kind": Kind.PLANNING,
        "language": "sk",
        "reference": "1/2019-UR",
        "cpv": "30200000",
        "nuts": ("SK0",),
        "value": eur("2579779.00"),
        "lots": ["1", "2", "3", "4", "5"],
        "deadline": None,
        "duration": (Decimal(48), "month"),
        "buyer": ("Slovak Business Agency", "Bratislava-mestská časť Ružinov", "SK", "SK0", "30845301"),
    },
    "2022-S-147-421993_IT_F04.xml": {
        "form": "F04",
        "kind": Kind.PLANNING,
        "cpv": "34121000",
        "nuts": ("ITG13",),
        "value": eur("2695980.00"),
        "value_from": ValueFrom.ESTIMATED,
        "lots": ["1", "2"],
        "lot_values": [eur("1300000.00"), eur("1450000.00")],
        "planned_publication": date(2022, 8, 22),
        "deadline": datetime(2022, 8, 12, 10, 0, tzinfo=WINTER),
        "duration": (Decimal(75), "day"),
    },
    "2019-S-179-437260_DK_F07.xml": {
        "form": "F07",
        "kind": Kind.QUALIFICATION,
        "language": "en",
        "cpv": "42000000",
        "cpv_additional": ("42500000", "42510000", "42511100", "42511200", "42514000"),
        "nuts": ("DK",),
        "value": None,
        "deadline": None,
        "criteria": [("in_documents", "")],
        "buyers": 4,
        "eu_funds": True,
    },
    "2016-S-090-160345_SI_F12.xml": {
        "form": "F12",
        "kind": Kind.CONTEST,
        "cpv": "71220000",
        "nuts": (),
        "value": None,
        "procedure": "open",
        "deadline": datetime(2016, 6, 30, 15, 0, tzinfo=WINTER),
        "buyers": 2,
    },
    "2016-S-227-413766_SI_F13.xml": {
        "form": "F13",
        "kind": Kind.CONTEST_RESULT,
        "value": eur("27704.92"),
        "value_from": ValueFrom.AWARDS_SUM,
        "earlier_notices": ("2016/S 090-160345",),
        "winners": [
            ("NAVA d.o.o.", "1572407000", "", eur("27704.92"), True),
            ("DGA, d.o.o.", "1898205000", "", eur("27704.92"), True),
        ],
    },
    "00137599-2024_NL_11.xml": {
        "form": "11",
        "kind": Kind.TENDER,
        "publication_number": "00137599-2024",
        "published_on": date(2024, 3, 6),
        "nature": "supplies",
        "cpv": "09121000",
        "nuts": (),
        "value": None,
        "procedure": None,
        "deadline": datetime(2024, 3, 20, 20, 3, 20, tzinfo=MIDDLE),
        "deadline_for": "interest",
        "criteria": [("price", ""), ("quality", "")],
        "impacts": ("other",),
        "gpp_criteria": ("none",),
        "buyer": ("Fountain Fuel B.V.", "The Hague", "NL", "NL33A", "77725883"),
    },
    "00155175-2025_DE_16.xml": {
        "form": "16",
        "kind": Kind.TENDER,
        "language": "de",
        "published_on": date(2025, 3, 10),
        "cpv": "39100000",
        "nuts": ("DEA36",),
        "value": eur("775000.00"),
        "value_from": ValueFrom.FRAMEWORK_MAXIMUM,
        "lots": [],
        "procedure": "open",
        "deadline": datetime(2025, 3, 28, 10, 0, tzinfo=MIDDLE),
        "criteria": [("price", "100.0")],
        "eu_funds": False,
        "strategic": ("none",),
        "is_change": True,
    },
    "00525037-2024_FI_29.xml": {
        "form": "29",
        "kind": Kind.AWARD,
        "language": "fi",
        "nature": "services",
        "cpv": "60100000",
        "cpv_additional": ("60140000",),
        "nuts": ("FI195",),
        "value": eur("2100000"),
        "value_from": ValueFrom.TOTAL,
        "lots": [f"LOT-{number:04}" for number in range(1, 13)],
        "procedure": "open",
        "vehicles": {"vehicles": 6, "vehicles-clean": 6, "vehicles-zero-emission": 0},
    },
    "../notices_sdk_examples/cn_24_multilingual.xml": {
        "kind": Kind.TENDER,
        "language": "bg",
        "cpv": "72230000",
        "nuts": ("LU000",),
        "value": eur("4500000"),
        "lots": [],
        "deadline": datetime(2020, 2, 3, 13, 0, tzinfo=UTC),
        "criteria": [("quality", "70"), ("price", "30")],
    },
    "../notices_sdk_examples/cn_24_maximal.xml": {
        "form": "16",
        "kind": Kind.TENDER,
        "nature": "services",
        "cpv": "79710000",
        "nuts": ("LU000",),
        "value": eur("9999999.99"),
        "lots": ["LOT-0001", "LOT-0002"],
        "procedure": "dps",
        "deadline": datetime(2023, 5, 22, 20, 59, 32, tzinfo=MIDDLE),
        "deadline_for": "participation",
        "strategic": ("env-imp",),
        "eu_funds": True,
        "energy": {"computer", "lo-spa-hea"},
    },
}

READ = {
    "buyer": lambda n: (n.buyer.name, n.buyer.town, n.buyer.country, n.buyer.nuts, n.buyer.national_id),
    "buyers": lambda n: len(n.buyers),
    "criteria": lambda n: [(one.kind.value, one.weight) for one in n.criteria],
    "duration": lambda n: (n.duration.number, n.duration.unit),
    "energy": lambda n: {item.item for item in n.environment.energy},
    "gpp_criteria": lambda n: n.environment.gpp_criteria,
    "impacts": lambda n: n.environment.impacts,
    "lot_values": lambda n: [lot.value for lot in n.lots],
    "lots": lambda n: [lot.number for lot in n.lots],
    "procedure": lambda n: n.procedure.key,
    "strategic": lambda n: n.environment.strategic,
    "vehicles": lambda n: _vehicle_sums(n),
    "winners": lambda n: [(w.party.name, w.party.national_id, w.lot, w.value, w.is_small) for w in n.winners],
}


def _vehicle_sums(notice):
    sums = {}
    for count in notice.environment.vehicles:
        sums[count.kind] = sums.get(count.kind, 0) + count.number
    return sums


@pytest.mark.parametrize("name", EXPECTED)
def test_a_notice_says_what_stands_in_its_xml(name):
    notice = read_notice(shared_bytes(f"notices_raw/{name}"))

    said = {key: READ[key](notice) if key in READ else getattr(notice, key) for key in EXPECTED[name]}

    assert said == EXPECTED[name]


def test_a_project_code_is_no_environmental_scheme():
    notice = read_notice(shared_bytes("notices_raw/2020-S-243-602765_BG_F21.xml"))

    assert "EMAS" in notice.eu_funds_text
    assert notice.environment == type(notice.environment)()
