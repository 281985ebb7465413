"""What can be wrong with an expression, said to the person who wrote it, in Bulgarian and English."""

from difflib import get_close_matches

from app.words import Words


class FeelError(Exception):
    """The text is no expression; `position` counts characters from 0 and `words` says what to mend."""

    def __init__(self, message: Words | str, position: int = 0) -> None:
        self.words: Words = {"bg": message, "en": message} if isinstance(message, str) else dict(message)
        self.position = position
        super().__init__(f"{self.words['en']} (at {position + 1})")


class FeelBudgetError(FeelError):
    """The expression asks for more steps, depth, size or digits than one evaluation may use."""


MESSAGES: dict[str, Words] = {
    "expected": {
        "en": "Expected %(expected)s, found %(found)s.",
        "bg": "Очаква се %(expected)s, а е намерено %(found)s.",
    },
    "equals": {
        "en": "“==” is not used here. Write “=” to compare.",
        "bg": "„==“ не се използва тук. За сравнение пишете „=“.",
    },
    "unequal": {
        "en": "“%(found)s” is not used here. Write “!=” for “is not equal to”.",
        "bg": "„%(found)s“ не се използва тук. За „не е равно на“ пишете „!=“.",
    },
    "arrow": {
        "en": "“%(found)s” is not used here. Write “%(better)s”.",
        "bg": "„%(found)s“ не се използва тук. Пишете „%(better)s“.",
    },
    "and": {
        "en": "“%(found)s” is not used here. Write “and”.",
        "bg": "„%(found)s“ не се използва тук. Пишете „and“.",
    },
    "or": {
        "en": "“%(found)s” is not used here. Write “or”.",
        "bg": "„%(found)s“ не се използва тук. Пишете „or“.",
    },
    "not": {
        "en": "“%(found)s” is not used here. Write “not(…)”, with brackets.",
        "bg": "„%(found)s“ не се използва тук. Пишете „not(…)“, със скоби.",
    },
    "power": {
        "en": "“^” is not used here. Write “**” for a power.",
        "bg": "„^“ не се използва тук. За степен пишете „**“.",
    },
    "modulo": {
        "en": "“%%” is not used here. Write “modulo(a, b)” for a remainder, “/ 100” for a percentage.",
        "bg": "„%%“ не се използва тук. За остатък пишете „modulo(a, b)“, за процент „/ 100“.",
    },
    "quotes": {
        "en": 'Text is written in straight double quotes: "yes", not %(found)s.',
        "bg": 'Текстът се пише в прави двойни кавички: "да", а не %(found)s.',
    },
    "unclosed_text": {
        "en": 'This text has no closing quote (").',
        "bg": 'Текстът няма затваряща кавичка (").',
    },
    "unclosed_comment": {
        "en": "This comment is not closed: */ is missing.",
        "bg": "Коментарът не е затворен: липсва */.",
    },
    "escape": {
        "en": '“%(found)s” is no escape. Use \\n, \\t, \\r, \\", \\\\ or \\u with four hexadecimal digits.',
        "bg": '„%(found)s“ не е валиден специален знак. Използвайте \\n, \\t, \\r, \\", \\\\ или \\u с четири цифри.',
    },
    "sign": {
        "en": "The sign “%(found)s” has no meaning here.",
        "bg": "Знакът „%(found)s“ няма значение тук.",
    },
    "assignment": {
        "en": "Nothing can be assigned here. Write “=” to compare.",
        "bg": "Тук не може да се присвоява стойност. За сравнение пишете „=“.",
    },
    "capital": {
        "en": "“%(found)s” is written “%(better)s” here.",
        "bg": "„%(found)s“ тук се пише „%(better)s“.",
    },
    "unknown_function": {
        "en": "There is no function “%(name)s”.%(hint)s",
        "bg": "Няма функция „%(name)s“.%(hint)s",
    },
    "unknown_words": {
        "en": "“%(name)s” is not a known name; perhaps an operator or quotes are missing.%(hint)s",
        "bg": "„%(name)s“ не е познато име; може би липсва знак между думите или кавички.%(hint)s",
    },
    "arguments": {
        "en": "“%(name)s” cannot be called with these arguments. It is written: %(usage)s.",
        "bg": "„%(name)s“ не може да се извика с тези аргументи. Пише се: %(usage)s.",
    },
    "moment": {
        "en": '“%(found)s” is no date, time or duration, for example @"2026-03-01" or @"P5D".',
        "bg": '„%(found)s“ не е дата, час или продължителност, например @"2026-03-01" или @"P5D".',
    },
    "chained": {
        "en": "Only two values can be compared at once. Join comparisons with “and”.",
        "bg": "Наведнъж се сравняват само две стойности. Свържете сравненията с „and“.",
    },
    "joined_tests": {
        "en": "Write “? > 5 and ? < 10” or a range such as [5..10]; a lone “> 5” cannot be joined with and/or.",
        "bg": "Пишете „? > 5 and ? < 10“ или интервал като [5..10]; само „> 5“ не се свързва с and/or.",
    },
    "twice": {
        "en": "“%(name)s” is given twice.",
        "bg": "„%(name)s“ е зададено два пъти.",
    },
    "empty": {"en": "There is no expression here.", "bg": "Тук няма израз."},
    "too_long": {
        "en": "The expression is longer than %(limit)s characters.",
        "bg": "Изразът е по-дълъг от %(limit)s знака.",
    },
    "too_deep": {
        "en": "The expression is nested more than %(limit)s levels deep.",
        "bg": "Изразът е вложен на повече от %(limit)s нива.",
    },
    "digits": {
        "en": "A number may have at most 34 digits.",
        "bg": "Числото може да има най-много 34 цифри.",
    },
    "budget": {
        "en": "The expression takes too much work (limit: %(limit)s %(what)s).",
        "bg": "Изразът изисква твърде много работа (граница: %(limit)s %(what)s).",
    },
}

_HINT: Words = {"en": " Did you mean “%s”?", "bg": " Може би „%s“?"}


def message(code: str, **parts: Words | str | int) -> Words:
    """The message of this code with its parts filled in; a part may itself have a text per language."""
    texts = MESSAGES[code]
    return {language: text % _parts(parts, language) for language, text in texts.items()}


def _parts(parts: dict, language: str) -> dict:
    return {name: part[language] if isinstance(part, dict) else part for name, part in parts.items()}


def problem(code: str, position: int, **parts: Words | str | int) -> FeelError:
    """The FeelError of this code."""
    return FeelError(message(code, **parts), position)


def hint(name: str, known: list[str]) -> Words:
    """“Did you mean …?” with the nearest known name, else nothing."""
    near = get_close_matches(name[:60], known[:500], n=1, cutoff=0.7)
    return {language: text % near[0] if near else "" for language, text in _HINT.items()}
