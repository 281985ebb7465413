"""What must hold of every overview, whatever the catalogue."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.suppliers.facts import EvidenceFact, OfferFact, SupplierFacts
from app.domain.suppliers.matching import overview
from app.domain.suppliers.need import AskedCriterion, Lot, make_need
from app.domain.suppliers.sealing import seal
from app.domain.suppliers.sufficiency import count_passing, nearest_alternatives
from tests.domain.suppliers.facts_made import TODAY, day

CODES = ("39000000", "39100000", "39160000", "39161000", "39162000", "30213000", "15000000")
REGIONS = ("BG", "BG3", "BG34", "BG341", "BG342", "DE", "DE8")
CRITERIA = ("glue", "repair", "wood")
KINDS = ("label", "test_report", "technical_dossier", "self_declaration")

some = st.integers(min_value=-400, max_value=400)
evidence_facts = st.builds(
    EvidenceFact,
    criterion=st.sampled_from(CRITERIA),
    kind=st.sampled_from(KINDS),
    scheme=st.sampled_from(("", "FSC", "ISO 14001")),
    number=st.sampled_from(("1", "2", "3")),
    valid_from=st.one_of(st.none(), some.map(day)),
    valid_until=st.one_of(st.none(), some.map(day)),
    refuted=st.booleans(),
    offer=st.sampled_from(("", "a", "b")),
)
offer_facts = st.builds(
    OfferFact,
    key=st.just("a"),
    title=st.just({"bg": "Чинове"}),
    cpv=st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple),
    regions=st.lists(st.sampled_from(REGIONS), max_size=3, unique=True).map(tuple),
    capacity=st.none(),
)
offer_lists = st.lists(offer_facts, min_size=1, max_size=2).map(
    lambda offers: tuple(offer._replace(key=key) for key, offer in zip("ab", offers, strict=False))
)
supplier_facts = st.builds(
    SupplierFacts,
    key=st.just(""),
    name=st.sampled_from(("Бук", "бук", "Ясен", "Acorn", "„Бреза“")),
    offers=offer_lists,
    evidence=st.lists(evidence_facts, max_size=5).map(tuple),
)
catalogues = st.lists(supplier_facts, max_size=6).map(
    lambda found: [supplier._replace(key=f"bg:{number}") for number, supplier in enumerate(found)]
)
criteria = st.lists(st.sampled_from(CRITERIA), unique=True).flatmap(
    lambda codes: st.tuples(
        *(
            st.builds(
                AskedCriterion,
                st.just(code),
                st.just({"bg": code}),
                st.sampled_from(("core", "comprehensive", "both")),
                st.sampled_from(("specification", "selection")),
                st.lists(st.sampled_from(KINDS), unique=True).map(tuple),
            )
            for code in codes
        )
    )
)
needs = st.builds(
    lambda cpv, regions, lots, criteria: make_need(cpv=cpv, regions=regions, lots=lots, criteria=criteria, on=TODAY),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=2),
    st.lists(st.sampled_from(REGIONS), max_size=2),
    st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(
        lambda codes: [Lot(str(number), {"bg": "1"}, (code,)) for number, code in enumerate(codes)]
    ),
    criteria,
)


def tenths(need, suppliers):
    return {line.supplier.key: line.tenths for line in overview(need, suppliers).lines}


@given(needs, catalogues, evidence_facts)
def test_more_evidence_never_lowers_a_figure(need, suppliers, more):
    before = tenths(need, suppliers)
    after = tenths(need, [supplier._replace(evidence=(*supplier.evidence, more)) for supplier in suppliers])

    assert before.keys() == after.keys()
    assert all(before[key] <= after[key] for key in before)


@given(needs, catalogues, evidence_facts)
def test_expired_evidence_counts_as_absent(need, suppliers, expired):
    expired = expired._replace(valid_until=day(-1))
    with_it = [supplier._replace(evidence=(*supplier.evidence, expired)) for supplier in suppliers]

    assert tenths(need, with_it) == tenths(need, suppliers)


@given(needs, catalogues, st.randoms(use_true_random=False))
def test_the_order_of_everything_handed_in_does_not_matter(need, suppliers, random):
    def shuffled(items):
        return tuple(random.sample(list(items), len(items)))

    mixed = [
        supplier._replace(offers=shuffled(supplier.offers), evidence=shuffled(supplier.evidence))
        for supplier in shuffled(suppliers)
    ]

    assert seal(overview(need, mixed)) == seal(overview(need, suppliers))


@given(needs, catalogues, supplier_facts)
def test_adding_a_supplier_never_changes_the_line_of_another(need, suppliers, newcomer):
    before = overview(need, suppliers).lines
    after = overview(need, [*suppliers, newcomer._replace(key="bg:new")]).lines

    assert tuple(line for line in after if line.supplier.key != "bg:new") == before


@given(needs, catalogues, st.sampled_from(("DE", "BG")), st.booleans(), st.integers(0, 99))
def test_seat_size_and_past_awards_change_nothing(need, suppliers, country, is_sme, awards):
    moved = [
        supplier._replace(country=country, seat=country + "1", town="X", is_sme=is_sme, past_awards=awards)
        for supplier in suppliers
    ]

    before, after = overview(need, suppliers), overview(need, moved)

    assert [line[1:] for line in after.lines] == [line[1:] for line in before.lines]
    assert [line.supplier.key for line in after.lines] == [line.supplier.key for line in before.lines]
    assert (after.proofs, after.funnel) == (before.proofs, before.funnel)


@given(needs, catalogues)
def test_figures_stay_between_nothing_and_all_and_sums_add_up(need, suppliers):
    result = overview(need, suppliers)

    assert all(0 <= line.tenths <= 1000 for line in result.lines)
    assert all(proof.met + proof.declared + proof.unknown + proof.not_met == proof.of for proof in result.proofs)
    assert len(suppliers) >= result.funnel.cpv >= result.funnel.regions >= result.funnel.lots == len(result.lines)


@given(needs, catalogues)
def test_an_alternative_always_finds_more(need, suppliers):
    result = overview(need, suppliers)

    for alternative in nearest_alternatives(result, count_passing(suppliers)):
        assert alternative.suppliers > len(result.lines)


@given(needs, st.lists(supplier_facts, min_size=1, max_size=4))
def test_the_figure_is_the_formula(need, suppliers):
    for line in overview(need, suppliers).lines:
        weights = {"core": 2, "both": 2, "comprehensive": 1}
        total = sum(weights[item.level] for item in need.criteria)
        proved = sum(
            weights[item.level] * found.hundredths / 100
            for item, found in zip(need.criteria, line.findings, strict=True)
        )
        crit = proved / total if total else 1
        lots = len(line.lots.covered) / line.lots.asked if line.lots.asked else 1
        exact = 100 * (0.35 * line.cpv.tenths / 10 + 0.45 * crit + 0.15 * line.regions.halves / 2 + 0.05 * lots)
        assert abs(float(line.figure) - exact) <= 0.0500001
