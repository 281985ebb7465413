"""What Zelen Bryag asks for: lighting, laptops, electricity, streets, furniture, parks, clothes, solar roofs."""

from app.seed.script import Ago, Case, Day, Does, JustNow, Paper, Sends, accepts_overview, takes, votes

LIGHTING = Case(
    "01",
    "silvia",
    {
        "help_kind": "criteria",
        "question": "Сменяме цялото улично осветление на града. Кои зелени изисквания да сложим, така че да не останем "
        "с един участник?",
        "stage": "drafting",
        "publish_on": Day(52),
        "title": "LED улично осветление, 1240 тела",
        "description": "Подмяна на натриеви осветители с LED на съществуващите стълбове, с димиране през нощта и "
        "отчитане на потреблението. Част от улиците минават край плажа, където светлината пречи на гнездене.",
        "current": "1240 натриеви тела по 150 и 250 W на около 16 години; по 60 повреди на месец.",
        "cpv": "34928500",
        "nature": "supplies",
        "quantity": "1240 осветители, доставка до 8 месеца",
        "value": {"amount": "612 000,00", "currency": "EUR"},
        "procedure": "open",
        "funding": "loan_esco",
        "joint": "no",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(9, "11:20")),
        takes(Ago(8, "09:40"), "ivan", size="L"),
        Does(
            Ago(5, "16:10"),
            "ivan",
            "assessment",
            {
                "need_check": "buy",
                "cpv_check": "ok",
                "award": "price_quality",
                "award_env": "25",
                "lcc": "needed",
                "risks": [
                    {"risk": "competition", "measure": "Изискването за живот да се доказва с протокол от изпитване, "
                     "не с марка на светодиода."},
                    {"risk": "price", "measure": "Сметка за разходите за 12 години при тарифата на общината."},
                ],
                "council_need": "yes",
                "council_reason": "Стойността е над прага на ЕС и искаме по-строга горна граница за светлина над "
                "хоризонта край плажове.",
                "council_question": "Да препоръчваме ли до морски плажове осветители с 0 % светлина над хоризонта и "
                "цветна температура до 2700 K?",
                "hours": "6,5",
            },
        ),
        accepts_overview(Ago(3, "10:30"), "ivan", "Производителите, които могат да докажат, са малко, но са от три държави."),
        votes(Ago(2, "12:45"), "danov", "support"),
        votes(
            Ago(1, "09:15"),
            "ruseva",
            "support_with_remarks",
            "Границата от 2700 K да важи само в ивицата от 200 метра до плажа; навътре 3000 K е достатъчно.",
            wording="… с цветна температура до 2700 K на разстояние до 200 m от плажа и до 3000 K в останалите зони.",
            quote_me=True,
        ),
        votes(JustNow(95), "minkova", "support"),
    ),
)  # fmt: skip

LAPTOPS = Case(
    "04",
    "silvia",
    {
        "help_kind": "criteria",
        "question": "Имаме за образец обявление на електроразпределително дружество за преносими компютри. Какво от него "
        "става за нас и как се иска ремонтопригодност?",
        "stage": "ready",
        "publish_on": Day(34),
        "title": "Преносими компютри за общинската администрация и училищата",
        "description": "620 преносими компютъра с докинг станции за администрацията и осем училища, с гаранция и ремонт "
        "на място. Образец: обявление 2021/S 062-158316 на ТЕД.",
        "current": "Около 500 машини на 7–9 години; батериите държат под час.",
        "cpv": "30213000",
        "nature": "supplies",
        "quantity": "620 броя, доставка на два транша",
        "value": {"amount": "615 595,00", "currency": "EUR"},
        "procedure": "open",
        "funding": "eu",
        "joint": "maybe",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(10, "15:05")),
        takes(Ago(9, "10:20"), "maria", size="L"),
        Does(
            Ago(6, "14:30"),
            "maria",
            "assessment",
            {
                "need_check": "lease",
                "cpv_check": "ok",
                "award": "cost_level",
                "lcc": "needed",
                "risks": [{"risk": "proof", "measure": "Приема се всеки етикет тип I или протокол за изпитване на модела."}],
                "council_need": "no",
                "hours": "5",
            },
        ),
        accepts_overview(Ago(5, "11:00"), "maria"),
        Does(
            Ago(1, "15:40"),
            "maria",
            "advice",
            {
                "summary": "Пет години гаранция и достъпни резервни части спестяват повече от по-ниската цена. Препоръчваме "
                "изискването за батерия и наемане на една трета от машините за училищата.",
                "award_text": [
                    {"indicator": "Разходи за пет години (цена, батерия, ремонт)", "weight": "80",
                     "formula": "най-ниски разходи / предложени разходи × 80"},
                    {"indicator": "Гаранция над минималната", "weight": "20",
                     "formula": "допълнителни години / 2 × 20, най-много 20"},
                ],
                "clauses": [
                    {"text": "Изпълнителят приема обратно старите машини и предава протокол за унищожени данни.",
                     "check": "протокол при всяка доставка", "remedy": "задържане на 2 % от цената на транша"},
                ],
                "next_steps": [
                    {"step": "Решете дали училищата ще наемат", "who": "кметът и директорите", "when": Day(9)},
                    {"step": "Впишете изискванията в спецификацията", "who": "отдел „Обществени поръчки“", "when": Day(16)},
                ],
            },
        ),
    ),
)  # fmt: skip

ELECTRICITY = Case(
    "08",
    "silvia",
    {
        "help_kind": "criteria",
        "question": "Купуваме тока заедно с още две общини. Може ли да искаме само ток от ВЕИ и как се доказва?",
        "stage": "drafting",
        "publish_on": Day(60),
        "title": "Обща покупка на електроенергия за три общини",
        "description": "Доставка на нетна електрическа енергия за сгради, осветление и помпени станции на Зелен бряг, "
        "Каменица и Тополово за три години. Образец: 2021/S 252-669548, обща поръчка на 38 възложители.",
        "cpv": "09310000",
        "nature": "supplies",
        "quantity": "около 14 GWh годишно, 36 месеца",
        "value": {"amount": "9 065 890", "currency": "EUR"},
        "procedure": "open",
        "funding": "own",
        "joint": "yes",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(10, "10:10")),
        takes(Ago(9, "09:15"), "ivan", size="L"),
        Does(
            Ago(6, "11:50"),
            "ivan",
            "assessment",
            {
                "need_check": "buy",
                "cpv_check": "ok",
                "award": "lowest_price",
                "lcc": "not_relevant",
                "risks": [{"risk": "supply", "measure": "Гаранциите за произход се отменят всяко тримесечие, не накрая."}],
                "council_need": "yes",
                "council_question": "Да препоръчваме ли 100 % електроенергия от ВЕИ с отменени гаранции за произход за "
                "всяко тримесечие при общи покупки?",
                "hours": "4",
            },
        ),
        accepts_overview(Ago(6, "16:20"), "ivan"),
        votes(Ago(5, "12:10"), "gancheva", "support"),
        votes(Ago(5, "18:40"), "krastev", "support"),
        votes(Ago(4, "09:30"), "danov", "support"),
        votes(Ago(4, "13:20"), "ruseva", "support"),
        votes(Ago(3, "17:05"), "penev", "support_with_remarks",
              "Малките общини нямат кой да следи отмяната; отчетът да го прави изпълнителят."),
        votes(Ago(3, "19:10"), "sarafov", "abstain"),
        votes(Ago(2, "11:35"), "minkova", "support"),
    ),
)  # fmt: skip

STREETS = Case(
    "10",
    "silvia",
    {
        "help_kind": "market_overview",
        "question": "Ремонтираме улици. Чухме за асфалт с рециклиран материал: кой в района го прави и може ли да го искаме?",
        "stage": "idea",
        "publish_on": Day(75),
        "title": "Ремонт на улична мрежа, квартал „Лозята“",
        "description": "Фрезоване и нова асфалтова настилка на 4,6 km улици, бордюри и отводняване. Преписахме кода от "
        "стара поръчка, не сме сигурни в него.",
        "cpv": "45212212",
        "nature": "works",
        "quantity": "4,6 km, един строителен сезон",
        "value": {"amount": "832 431", "currency": "EUR"},
        "procedure": "undecided",
        "funding": "own",
        "joint": "no",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (Sends(Ago(1, "15:50")),),
)

DESKS = Case(
    "16",
    "silvia",
    {
        "help_kind": "label_proof",
        "question": "За ученическите мебели искаме дърво от устойчиви гори и нисък формалдехид. Има ли кой да ги докаже?",
        "stage": "drafting",
        "publish_on": Day(40),
        "title": "Чинове и столове за две училища",
        "description": "Чинове с регулируема височина и столове за 34 класни стаи.",
        "cpv": "39160000",
        "nature": "supplies",
        "quantity": "850 чина и 850 стола",
        "value": {"amount": "58 000", "currency": "EUR"},
        "procedure": "public_competition",
        "funding": "own",
        "council_ok": "yes",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(2, "13:15")),
        takes(Ago(1, "09:25"), "maria"),
        Does(
            Ago(1, "16:05"),
            "maria",
            "assessment",
            {"need_check": "buy", "cpv_check": "ok", "award": "price_quality", "award_env": "20", "lcc": "not_relevant",
             "council_need": "no", "hours": "2,5"},
        ),
    ),
)  # fmt: skip

PARKS = Case(
    "19",
    "silvia",
    {
        "help_kind": "draft_review",
        "question": "Публикуваме другата седмица. Прегледайте дали изискванията към машините и препаратите са наред.",
        "stage": "ready",
        "publish_on": Day(6),
        "title": "Поддържане на паркове и градини",
        "description": "Косене, поливане, подрязване и растителна защита на 21 ха зелени площи.",
        "cpv": "77310000",
        "nature": "services",
        "quantity": "21 ха, 24 месеца",
        "value": {"amount": "290 000", "currency": "EUR"},
        "procedure": "open",
        "funding": "own",
        "documents": [
            Paper("Техническа спецификация, проект.txt",
                  "Проект на техническа спецификация (измислен)\n\n"
                  "1. Косачките са с двигател Евро 5 или по-нов.\n"
                  "2. Препаратите за растителна защита са от списъка на разрешените.\n"
                  "3. Поливането е вечер; отчита се по водомер.\n"),
        ],
        "joint": "no",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (Sends(Ago(1, "10:35")),),
)  # fmt: skip

CLOTHES = Case(
    "25",
    "silvia",
    {
        "help_kind": "draft_review",
        "question": "Обжалваха ни поръчката за работно облекло заради изискването за памук. Помогнете ни с отговора до КЗК.",
        "stage": "evaluating",
        "title": "Работно облекло за общинските предприятия",
        "description": "Летни и зимни комплекти за 140 души.",
        "cpv": "18110000",
        "nature": "supplies",
        "quantity": "280 комплекта",
        "value": {"amount": "33 000", "currency": "EUR"},
        "procedure": "public_competition",
        "funding": "own",
        "documents": [
            Paper(
                "Изискване за памук.txt", "Измислен откъс: облеклото съдържа поне 60 % памук от биологично земеделие.\n"
            ),
        ],
        "council_ok": "no",
        "reuse_ok": "no",
    },
    (
        Sends(Ago(28, "16:25")),
        Does(
            Ago(27, "10:50"),
            "desislava",
            "triage",
            {
                "decision": "decline",
                "reason": "dispute",
                "reason_text": "По открито производство по жалба звеното не може да взема страна. Обърнете се към юриста на "
                "общината; щом спорът приключи, ще прегледаме заедно изискването за следващата поръчка.",
                "no_conflict": True,
            },
        ),
    ),
)

ROOFS = Case(
    "28",
    "silvia",
    {
        "help_kind": "criteria",
        "question": "Слагаме фотоволтаици на три училищни покрива. Какво да искаме, за да не купим боклук за изхвърляне?",
        "stage": "drafting",
        "publish_on": Day(38),
        "title": "Покривни фотоволтаични централи на три училища",
        "description": "Доставка и монтаж на модули и инвертори, общо 190 kWp, за собствено потребление.",
        "current": "Покривите са ремонтирани преди две години; има конструктивно становище.",
        "cpv": "09331200",
        "nature": "supplies",
        "quantity": "190 kWp",
        "value": {"amount": "142 000", "currency": "EUR"},
        "procedure": "public_competition",
        "funding": "national",
        "council_ok": "no",
        "reuse_ok": "yes",
    },
    (
        Sends(Ago(5, "09:10")),
        takes(Ago(4, "11:45"), "ivan"),
        Does(
            Ago(3, "10:05"),
            "ivan",
            "assessment",
            {
                "need_check": "buy",
                "product_group": "none",
                "cpv_check": "ok",
                "criteria": [
                    {
                        "text": "Модулите запазват поне 88 % от началната мощност на 25-ата година.",
                        "level": "core",
                        "place": "specification",
                        "proof": "Линейна гаранция на производителя или еквивалент.",
                        "source": "Собствена формулировка",
                        "why": "По-дълъг живот при почти същата цена",
                    },
                ],
                "award": "price_quality",
                "award_env": "15",
                "lcc": "needed",
                "council_need": "no",
                "hours": "4",
            },
        ),
        accepts_overview(Ago(3, "15:30"), "ivan", "В каталога още няма доставчици с този код; разчитаме на пазарни консултации."),
        Does(
            Ago(2, "14:15"),
            "ivan",
            "advice",
            {
                "summary": "Гледайте живота и връщането на модулите, не само цената на киловат. Искайте 25 години линейна "
                "гаранция и обратно приемане.",
                "next_steps": [{"step": "Проведете пазарни консултации за две седмици", "who": "вие", "when": Day(12)}],
            },
        ),
        Does(
            Ago(1, "09:50"),
            "maria",
            "second_check",
            {
                "decision": "return",
                "checks": ["linked", "plain"],
                "note": "При гаранцията липсва „или еквивалент“, а за обратното приемане не пише кой го проверява и кога.",
            },
        ),
    ),
)  # fmt: skip

CASES = (LIGHTING, LAPTOPS, ELECTRICITY, STREETS, DESKS, PARKS, CLOTHES, ROOFS)
