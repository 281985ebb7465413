"""What Topolovo asks for: waste trucks, meals on wheels, cleaning, toner, vending machines, waste collection."""

from app.seed.script import Ago, Case, Day, Does, Saves, Sends, accepts_overview, asks, checks, takes

WASTE_TRUCK = Case(
    "05",
    "nikolay",
    {
        "help_kind": "criteria",
        "question": "Купуваме сметовоз и контейнери. Важи ли за нас правилото за чистите превозни средства?",
        "stage": "drafting",
        "publish_on": Day(45),
        "title": "Сметоизвозваща машина и 268 контейнера",
        "description": "Две обособени позиции: една машина с вариопреса и 268 контейнера по 1100 литра. "
        "Образец: 2021/S 188-488951; там стойност няма.",
        "cpv": "34144500",
        "nature": "supplies",
        "value": {"unknown": True},
        "lots": [
            {"title": "Сметоизвозваща машина", "cpv": "34144510", "value": None},
            {"title": "Контейнери", "cpv": "44613700", "value": None},
        ],
        "procedure": "open",
        "funding": "own",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(6, "14:50")),
        asks(
            Ago(5, "11:25"),
            ["value", "quantity", "other"],
            "Колко километра на ден минава машината и къде нощува? От това зависи дали електрическа е реална.",
        ),
    ),
)

MEALS = Case(
    "07",
    "nikolay",
    {
        "help_kind": "criteria",
        "question": "Готвим за 900 възрастни хора. Какъв дял био е разумен, за да не вдигнем цената двойно?",
        "stage": "drafting",
        "publish_on": Day(33),
        "title": "Готова храна за домашен социален патронаж",
        "description": "Приготвяне и доставка по домовете на обяд за 900 души в делнични дни. Образец: 2020/S 243-602765; "
        "„EMAS“ там е код на проект, не система за управление.",
        "current": "Сегашният договор няма зелени изисквания; съдовете са за еднократна употреба.",
        "cpv": "55521200",
        "nature": "services",
        "quantity": "900 души, 36 месеца",
        "value": {"amount": "1 285 434", "currency": "EUR"},
        "procedure": "open",
        "funding": "national",
        "joint": "no",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(9, "10:40")),
        takes(Ago(8, "09:50"), "maria", size="L"),
    ),
)

CLEANING = Case(
    "15",
    "nikolay",
    {
        "help_kind": "criteria",
        "question": "Какви препарати да искаме за почистването и как да проверяваме, че наистина ги ползват?",
        "stage": "drafting",
        "publish_on": Day(21),
        "title": "Почистване на общинската сграда",
        "description": "Ежедневно почистване на 3200 m² офиси и общи части, прозорци два пъти в годината.",
        "cpv": "90911200",
        "nature": "services",
        "quantity": "3200 m², 24 месеца",
        "value": {"amount": "74 000", "currency": "EUR"},
        "procedure": "public_competition",
        "funding": "own",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(16, "13:05")),
        takes(Ago(15, "10:10"), "maria"),
        Does(
            Ago(13, "16:00"),
            "maria",
            "assessment",
            {"need_check": "buy", "cpv_check": "ok", "award": "price_quality", "award_env": "20", "lcc": "not_relevant",
             "risks": [{"risk": "proof", "measure": "Списъкът с препарати да е приложение към договора."}],
             "council_need": "no", "hours": "3"},
        ),
        accepts_overview(Ago(12, "11:20"), "maria"),
        Does(
            Ago(11, "15:15"),
            "maria",
            "advice",
            {
                "summary": "Искайте половината от препаратите да са с екомаркировка и дозиране от концентрат. Проверявайте "
                "веднъж месечно по списъка и по фактурите, не с изпитвания.",
                "clauses": [
                    {
                        "text": "Изпълнителят води дневник на вложените препарати и го показва при поискване.",
                        "check": "домакинът, веднъж месечно",
                        "remedy": "неустойка 1 % от месечното възнаграждение",
                    },
                ],
                "next_steps": [
                    {"step": "Впишете дела на препаратите", "who": "вие", "when": Day(5)},
                    {"step": "Посочете кой води проверката", "who": "секретарят", "when": Day(7)},
                ],
            },
        ),
        checks(Ago(9, "10:45"), "ivan"),
    ),
)  # fmt: skip

TONER = Case(
    "20",
    "nikolay",
    {
        "help_kind": "label_proof",
        "question": "Участник предлага рециклирани тонер касети. Как да проверим, че няма да повредят машините?",
        "stage": "evaluating",
        "title": "Тонер касети",
        "description": "Съвместими и рециклирани касети за 46 устройства.",
        "cpv": "30125100",
        "nature": "supplies",
        "quantity": "460 касети годишно",
        "value": {"amount": "12 500", "currency": "EUR"},
        "procedure": "direct",
        "funding": "own",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(48, "15:30")),
        asks(
            Ago(47, "10:00"), ["documents"], "Пратете протоколите, които участникът е приложил, и моделите на машините."
        ),
    ),
)

VENDING = Case(
    "27",
    "nikolay",
    {
        "help_kind": "criteria",
        "question": "Искаме автомати за храни в спортната зала без бутилки за еднократна употреба.",
        "stage": "idea",
        "title": "Автомати за храни в спортна зала „Тополово“",
        "cpv": "42933000",
        "nature": "supplies",
    },
    (Saves(Ago(2, "16:45")),),
)

WASTE_COLLECTION = Case(
    "29",
    "nikolay",
    {
        "help_kind": "criteria",
        "question": "Публикувахме поръчката и участник пита дали приемаме газови камиони. Какво да отговорим?",
        "stage": "published",
        "tender_deadline": Day(24),
        "title": "Събиране и извозване на битови отпадъци",
        "description": "Събиране от 19 населени места; в обявлението са искани „превозни средства с ниски емисии“.",
        "cpv": "90511000",
        "nature": "services",
        "quantity": "48 месеца",
        "value": {"amount": "1 120 000", "currency": "EUR"},
        "procedure": "open",
        "funding": "own",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(2, "09:20")),
        takes(Ago(1, "12:15"), "ivan"),
    ),
)

CASES = (WASTE_TRUCK, MEALS, CLEANING, TONER, VENDING, WASTE_COLLECTION)
