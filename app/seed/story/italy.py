"""What the two Italian municipalities ask for: meals, buses, road markings, lamps, paper."""

from app.seed.script import Ago, Case, Day, Does, Sends, Withdraws, accepts_overview, checks, replies_at_once, takes

SCHOOL_MEALS = Case(
    "11",
    "chiara",
    {
        "help_kind": "criteria",
        "question": "Rinnoviamo la mensa scolastica. Which organic share is realistic here, and how do we score local waste "
        "reduction without favouring local firms?",
        "stage": "drafting",
        "publish_on": Day(20),
        "title": "School meals (refezione scolastica) for five schools",
        "description": "Preparation and delivery of 1,100 lunches a day. Model: notice 2021/S 102-269304.",
        "current": "Single-use trays; about a fifth of the food is thrown away.",
        "cpv": "55523100",
        "nature": "services",
        "quantity": "1,100 lunches a day, 36 months",
        "value": {"amount": "1606851.00", "currency": "EUR"},
        "procedure": "open",
        "funding": "own",
        "joint": "no",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(40, "10:20")),
        takes(Ago(39, "09:45"), "marco", by="giulia"),
        Does(
            Ago(34, "15:30"),
            "marco",
            "assessment",
            {"need_check": "buy", "cpv_check": "ok", "regime": "light", "award": "price_quality", "award_env": "25",
             "lcc": "not_relevant", "council_need": "no", "hours": "6"},
        ),
        accepts_overview(Ago(33, "11:00"), "marco"),
        Does(
            Ago(31, "16:40"),
            "marco",
            "advice",
            {
                "summary": "Ask for organic fruit, vegetables and pasta, reusable trays, and weighed leftovers with a plan. Score "
                "the measured reduction of waste, never the distance.",
                "award_text": [{"indicator": "Organic share above the minimum", "weight": "15"},
                               {"indicator": "Plan against food waste", "weight": "10"}],
                "next_steps": [{"step": "Put the wording into the capitolato", "who": "you"}],
            },
        ),
        checks(Ago(30, "10:15"), "giulia"),
        Does(Ago(28, "12:00"), "chiara", "reply", {"decision": "will_use", "text": "Grazie, we take all of it."}),
    ),
    country="IT",
)  # fmt: skip

CITY_BUSES = Case(
    "12",
    "antonio",
    {
        "help_kind": "criteria",
        "question": "We buy ten city buses. Are Euro VI diesels still fine under the clean vehicle rules?",
        "stage": "drafting",
        "publish_on": Day(40),
        "title": "Ten city buses",
        "description": "Twelve-metre low-floor buses for three urban lines. Model: notice 2022/S 147-421993.",
        "cpv": "34121000",
        "nature": "supplies",
        "quantity": "10 buses, delivery within 18 months",
        "value": {"amount": "2695980", "currency": "EUR"},
        "procedure": "open",
        "funding": "rrp",
        "joint": "no",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(18, "11:30")),
        takes(Ago(17, "10:00"), "marco", by="giulia"),
        Does(
            Ago(12, "14:45"),
            "marco",
            "assessment",
            {"need_check": "buy", "cpv_check": "ok", "award": "cost_level", "lcc": "needed", "council_need": "no", "hours": "7",
             "findings": [{"place": "Technical sheet", "note": "Euro VI alone is not a clean vehicle.", "level": "must",
                           "basis": "Clean vehicles directive", "new_text": "At least half of the buses have zero tailpipe emission."}]},
        ),
        accepts_overview(Ago(11, "10:35"), "marco"),
        Does(
            Ago(8, "16:05"),
            "marco",
            "advice",
            {
                "summary": "Euro VI diesel buses do not count as clean. Buy at least half of them with zero emission, in two lots, "
                "and compare offers by the cost of twelve years.",
                "next_steps": [{"step": "Split the purchase into two lots", "who": "you"},
                               {"step": "Ask the grid operator about the depot", "who": "technical office"}],
            },
        ),
        checks(Ago(7, "11:20"), "giulia"),
        Does(
            Ago(1, "15:25"),
            "antonio",
            "reply",
            {"decision": "change", "text": "The depot has power for four chargers only. Please show what that means for the lots."},
        ),
    ),
    country="IT",
)  # fmt: skip

ROAD_MARKINGS = Case(
    "13",
    "chiara",
    {
        "help_kind": "market_overview",
        "question": "Environment has six points of a hundred in our model. Is that worth anything, and who sells solvent-free paint?",
        "stage": "drafting",
        "publish_on": Day(36),
        "title": "Road markings on municipal streets",
        "description": "Renewal of road markings with low-solvent paint. Model: notice 2021/S 093-240591.",
        "cpv": "45233221",
        "nature": "works",
        "quantity": "38 km",
        "value": {"amount": "240000", "currency": "EUR"},
        "procedure": "open",
        "funding": "own",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(5, "09:50")),
        takes(Ago(4, "11:40"), "giulia", by="giulia"),
        Does(
            Ago(1, "16:15"),
            "giulia",
            "assessment",
            {
                "need_check": "buy",
                "cpv_check": "ok",
                "criteria": [
                    {"text": "The paint holds at most 2 % volatile organic compounds by weight, or equivalent.", "level": "core",
                     "place": "specification", "proof": "Safety data sheet or test report.", "source": "Own wording",
                     "why": "Six award points change nothing; a requirement does"},
                ],
                "award": "lowest_price",
                "lcc": "not_relevant",
                "council_need": "no",
                "hours": "3",
            },
        ),
    ),
    country="IT",
)  # fmt: skip

STREET_LAMPS = Case(
    "23",
    "chiara",
    {
        "help_kind": "criteria",
        "question": "Which efficacy should we ask of LED street lamps?",
        "stage": "idea",
        "publish_on": Day(50),
        "title": "LED street lamps",
        "description": "Replacement of 190 lamps on the coast road.",
        "cpv": "34993000",
        "nature": "supplies",
        "quantity": "190 lamps",
        "value": {"amount": "96000", "currency": "EUR"},
        "procedure": "undecided",
        "funding": "own",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(20, "10:40")),
        takes(Ago(19, "09:55"), "marco", by="giulia"),
        Withdraws(Ago(17, "12:25"), "We buy through the regional framework agreement."),
    ),
    country="IT",
)

OFFICE_PAPER = Case(
    "24",
    "antonio",
    {
        "help_kind": "quick_question",
        "question": "Do the Italian minimum criteria hold for our small paper order too?",
        "stage": "ready",
        "title": "Office paper",
    },
    (
        Sends(Ago(13, "11:15")),
        replies_at_once(
            Ago(12, "10:30"),
            "Yes, the national minimum environmental criteria hold whatever the value. Ask for recycled fibre, or virgin fibre "
            "from sustainable forests with the EU Ecolabel, FSC, PEFC or equivalent, and keep the proof with the invoice. "
            "We have not verified the newest decree; check its date before you publish.",
            by="giulia",
        ),
    ),
    is_quick=True,
    country="IT",
)

CASES = (SCHOOL_MEALS, CITY_BUSES, ROAD_MARKINGS, STREET_LAMPS, OFFICE_PAPER)
