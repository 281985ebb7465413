"""What Kamenitsa, where one person does all purchases, asks for: fuels, paper, a small electric bus, a kindergarten."""

from app.seed.script import Ago, Case, Day, Does, Sends, Workday, accepts_overview, replies_at_once, takes, votes

FUELS = Case(
    "09",
    "petya",
    {
        "help_kind": "quick_question",
        "question": "Трябва да купим горива за служебните коли. Има ли зелени критерии за бензин и дизел?",
        "stage": "idea",
        "title": "Горива за автопарка",
    },
    (
        Sends(Ago(30, "14:20")),
        replies_at_once(
            Ago(29, "11:05"),
            "За самите горива няма продуктова група с критерии на ЕС и не препоръчваме да измисляте свои. Зеленото тук е в "
            "колите и в пробега: впишете отчет на разхода по автомобил и заложете при следващата подмяна електромобил за "
            "градските маршрути. Ако искате, ще ви дадем готов текст за отчета.",
        ),
    ),
    is_quick=True,
)

PAPER = Case(
    "14",
    "petya",
    {
        "help_kind": "criteria",
        "question": "Купуваме малко хартия. Важат ли и за нас задължителните изисквания?",
        "stage": "ready",
        "publish_on": Day(3),
        "title": "Копирна хартия, 1800 пакета",
        "description": "Бяла копирна хартия А4, 80 g/m², с доставка на всеки три месеца.",
        "cpv": "30197643",
        "nature": "supplies",
        "quantity": "1800 пакета, 12 месеца",
        "value": {"amount": "9 200", "currency": "EUR"},
        "procedure": "direct",
        "funding": "own",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(22, "09:45")),
        replies_at_once(
            Ago(21, "16:30"),
            "Да: групата е задължителна и при малка стойност. Поискайте 100 % рециклирани влакна или влакна от устойчиво "
            "стопанисвани гори и приемайте екомаркировката на ЕС, FSC, PEFC или еквивалент. Изберете веднъж доставчик за "
            "годината и поръчвайте на три месеца, за да няма склад. Готовият текст е в библиотеката с критерии.",
        ),
    ),
)

ELECTRIC_BUS = Case(
    "17",
    "petya",
    {
        "help_kind": "criteria",
        "question": "Парите са по Плана за възстановяване. Какво значи за нас условието DNSH и как да го впишем?",
        "stage": "drafting",
        "publish_on": Day(28),
        "title": "Електробус за социални услуги, 16 места",
        "description": "Малък електрически автобус с рампа за превоз на възрастни хора до дневния център.",
        "current": "Дизелов микробус от 2009 г., около 90 km на ден.",
        "cpv": "34144900",
        "nature": "supplies",
        "quantity": "1 брой и зарядно устройство",
        "value": {"amount": "68 000", "currency": "EUR"},
        "procedure": "offers_by_notice",
        "funding": "rrp",
        "joint": "no",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(5, "11:55")),
        takes(
            Ago(4, "10:15"),
            "ivan",
            legal="yes",
            legal_reason="Стига ли нулевата емисия на превозното средство, за да е спазено DNSH, или договорът трябва да говори "
            "и за батерията?",
        ),
        Does(
            Ago(3, "15:20"),
            "ivan",
            "assessment",
            {"need_check": "buy", "cpv_check": "ok", "award": "cost_level", "lcc": "needed", "council_need": "no",
             "risks": [{"risk": "supply", "measure": "Срок на доставка до 14 месеца, с временно решение."}], "hours": "3"},
        ),
        Does(
            Ago(2, "14:00"),
            "kaloyan",
            "legal_check",
            {
                "opinion": "Нулевата емисия стига за климатичните цели, но условието обхваща и отпадъците: договорът трябва да "
                "задължава изпълнителя да приеме обратно батерията и да посочи кой я рециклира.",
                "basis": "Условията на финансирането, приложение за DNSH (непроверено)",
            },
        ),
        accepts_overview(Ago(1, "10:40"), "ivan"),
    ),
)  # fmt: skip

KINDERGARTEN = Case(
    "21",
    "petya",
    {
        "help_kind": "criteria",
        "question": "Изолираме детската градина. Може ли да искаме изолация от дървесни влакна вместо пластмасова?",
        "stage": "drafting",
        "publish_on": Day(48),
        "title": "Изолация на детска градина „Незабравка“",
        "description": "Външна топлоизолация на фасада и таван на двуетажна сграда от 1978 г., 1460 m².",
        "cpv": "45321000",
        "nature": "works",
        "quantity": "1460 m²",
        "value": {"amount": "187 000", "currency": "EUR"},
        "procedure": "public_competition",
        "funding": "national",
        "joint": "no",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(16, "10:25")),
        takes(Ago(15, "09:35"), "ivan", promised=Workday(4), promised_reason="Включихме време за становище на съвета."),
        Does(
            Ago(12, "13:40"),
            "ivan",
            "assessment",
            {
                "need_check": "buy",
                "cpv_check": "ok",
                "criteria": [
                    {
                        "text": "Поне половината от обема на изолацията е от възобновяеми или рециклирани суровини, или "
                        "еквивалент по жизнен цикъл.",
                        "level": "comprehensive",
                        "place": "award",
                        "proof": "Екологична декларация на продукта (EPD) или еквивалент.",
                        "source": "Собствена формулировка",
                        "why": "Въплътени емисии и здраве на децата",
                    },
                ],
                "award": "price_quality",
                "award_env": "20",
                "lcc": "needed",
                "council_need": "yes",
                "council_reason": "Критерият е нов и пазарът е малък.",
                "council_question": "Да препоръчваме ли дял възобновяеми суровини в изолацията като показател за оценка?",
                "hours": "5",
            },
        ),
        accepts_overview(Ago(10, "11:10"), "ivan", "Никой в каталога още не може да го докаже."),
        votes(Ago(8, "12:20"), "danov", "support"),
        votes(Ago(6, "17:45"), "minkova", "abstain"),
    ),
)

CASES = (FUELS, PAPER, ELECTRIC_BUS, KINDERGARTEN)
