"""What is said about answers: each text names the field and says what to do."""

from app.words import LANGUAGES, Words, say


def text(bg: str, en: str, **places: object) -> Words:
    """The text in both languages with its places filled; a place that is Words is said in each language."""
    said = {"bg": bg, "en": en}
    return {code: said[code].format(**_places(places, code)) for code in LANGUAGES}


def _places(places: dict, language: str) -> dict:
    return {name: say(value, language) if isinstance(value, dict) else value for name, value in places.items()}


def required(label: Words) -> Words:
    return text("Попълнете „{label}“.", "Fill in “{label}”.", label=label)


def required_choice(label: Words) -> Words:
    return text("Изберете отговор на „{label}“.", "Choose an answer to “{label}”.", label=label)


def required_tick(label: Words) -> Words:
    return text("Отбележете „{label}“, за да продължите.", "Tick “{label}” to go on.", label=label)


def required_all(label: Words) -> Words:
    return text(
        "Отбележете всички точки на „{label}“ или изберете друго решение.",
        "Tick every item of “{label}” or choose another decision.",
        label=label,
    )


def required_rows(label: Words) -> Words:
    return text("Добавете поне един ред в „{label}“.", "Add at least one row to “{label}”.", label=label)


def required_files(label: Words) -> Words:
    return text("Приложете поне един файл към „{label}“.", "Attach at least one file to “{label}”.", label=label)


def wrong_type(label: Words) -> Words:
    return text(
        "Отговорът на „{label}“ е в неочакван вид. Въведете го отново.",
        "The answer to “{label}” has an unexpected form. Enter it again.",
        label=label,
    )


def control_characters(label: Words) -> Words:
    return text(
        "„{label}“ съдържа невидими знаци. Изтрийте текста и го въведете отново.",
        "“{label}” holds invisible characters. Delete the text and type it again.",
        label=label,
    )


def too_long(label: Words, limit: int) -> Words:
    return text(
        "Съкратете „{label}“ до {limit} знака.", "Shorten “{label}” to {limit} characters.", label=label, limit=limit
    )


def too_short(label: Words, limit: int) -> Words:
    return text(
        "Напишете поне {limit} знака в „{label}“.",
        "Write at least {limit} characters in “{label}”.",
        label=label,
        limit=limit,
    )


def pattern(label: Words, hint: Words) -> Words:
    if hint:
        return text("„{label}“: {hint}", "“{label}”: {hint}", label=label, hint=hint)
    return text(
        "„{label}“ не е във вида, който се очаква. Проверете го.",
        "“{label}” is not in the expected form. Check it.",
        label=label,
    )


def not_an_option(label: Words) -> Words:
    return text(
        "Изберете един от показаните отговори на „{label}“.",
        "Choose one of the answers shown for “{label}”.",
        label=label,
    )


def not_a_number(label: Words) -> Words:
    return text(
        "„{label}“ трябва да е число, например 1240,50.", "“{label}” must be a number, such as 1240.50.", label=label
    )


def not_money(label: Words) -> Words:
    return text(
        "„{label}“ трябва да е сума с най-много две цифри за стотинки, например 1240,50.",
        "“{label}” must be an amount with at most two digits for cents, such as 1240.50.",
        label=label,
    )


def wrong_currency(label: Words) -> Words:
    return text(
        "Изберете валута за „{label}“ с три букви, например EUR.",
        "Choose a currency for “{label}” in three letters, such as EUR.",
        label=label,
    )


def too_small(label: Words, limit: object) -> Words:
    return text("„{label}“ трябва да е поне {limit}.", "“{label}” must be at least {limit}.", label=label, limit=limit)


def too_big(label: Words, limit: object) -> Words:
    return text(
        "„{label}“ трябва да е най-много {limit}.", "“{label}” must be at most {limit}.", label=label, limit=limit
    )


def not_a_date(label: Words) -> Words:
    return text(
        "„{label}“: въведете ден, месец и година, например 27.11.2026.",
        "“{label}”: enter day, month and year, such as 27.11.2026.",
        label=label,
    )


def not_a_month_or_date(label: Words) -> Words:
    return text(
        "„{label}“: въведете месец и година, например 11.2026; денят не е задължителен.",
        "“{label}”: enter month and year, such as 11.2026; the day may be left out.",
        label=label,
    )


def not_cpv(label: Words) -> Words:
    return text(
        "„{label}“ има осем цифри, например 34928500. Ако не го знаете, оставете празно.",
        "“{label}” has eight digits, such as 34928500. Leave it empty if you do not know it.",
        label=label,
    )


def not_nuts(label: Words) -> Words:
    return text(
        "„{label}“ е код на район, например BG341. Изберете го от списъка.",
        "“{label}” is a region code, such as BG341. Choose it from the list.",
        label=label,
    )


def too_many_rows(label: Words, limit: int) -> Words:
    return text(
        "Оставете най-много {limit} реда в „{label}“.",
        "Keep at most {limit} rows in “{label}”.",
        label=label,
        limit=limit,
    )


def not_files(label: Words) -> Words:
    return text("Приложете отново файловете към „{label}“.", "Attach the files to “{label}” again.", label=label)
