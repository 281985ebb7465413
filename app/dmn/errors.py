"""What can be wrong with a decision file or a decision, said in Bulgarian and English."""

from app.words import Words


class DmnError(Exception):
    """A file is no usable decision model, or a decision has no result; `rules` names the rules at fault."""

    def __init__(self, words: Words, element_id: str = "", rules: tuple[str, ...] = ()) -> None:
        super().__init__(words["en"])
        self.words = words
        self.element_id = element_id
        self.rules = rules


MESSAGES: dict[str, Words] = {
    "too_large": {
        "en": "The file is larger than %(limit)s kB.",
        "bg": "Файлът е по-голям от %(limit)s kB.",
    },
    "not_xml": {
        "en": "The file cannot be read as XML: %(reason)s",
        "bg": "Файлът не може да се прочете като XML: %(reason)s",
    },
    "dtd": {
        "en": "The file declares a document type (DTD), which is not accepted.",
        "bg": "Файлът съдържа декларация на тип документ (DTD), което не се приема.",
    },
    "too_deep": {
        "en": "The file is nested too deeply or has too many elements.",
        "bg": "Файлът е вложен твърде дълбоко или има твърде много елементи.",
    },
    "not_dmn": {
        "en": "The file is no decision model: its root must be “definitions” of DMN 1.1 to 1.5.",
        "bg": "Файлът не е модел на решения: коренът му трябва да е „definitions“ от DMN 1.1 до 1.5.",
    },
    "no_decision": {
        "en": "There is no decision in the file.",
        "bg": "Във файла няма решение.",
    },
    "unknown_decision": {
        "en": "There is no decision “%(name)s” here.",
        "bg": "Тук няма решение „%(name)s“.",
    },
    "missing_id": {
        "en": "The decision “%(name)s” has no id.",
        "bg": "Решението „%(name)s“ няма идентификатор (id).",
    },
    "duplicate_id": {
        "en": "The id “%(name)s” is used more than once.",
        "bg": "Идентификаторът „%(name)s“ е използван повече от веднъж.",
    },
    "no_logic": {
        "en": "The decision “%(name)s” is empty: it needs a decision table or an expression.",
        "bg": "Решението „%(name)s“ е празно: нужна е таблица или израз.",
    },
    "unsupported": {
        "en": "“%(name)s” is not supported yet; use a decision table or an expression.",
        "bg": "„%(name)s“ още не се поддържа; използвайте таблица за решение или израз.",
    },
    "language": {
        "en": "The language “%(name)s” is not accepted; expressions are written in FEEL.",
        "bg": "Езикът „%(name)s“ не се приема; изразите се пишат на FEEL.",
    },
    "hit_policy": {
        "en": "The hit policy “%(name)s” is not known. Use UNIQUE, FIRST, ANY or COLLECT.",
        "bg": "Правилото за избор „%(name)s“ не е познато. Използвайте UNIQUE, FIRST, ANY или COLLECT.",
    },
    "aggregation": {
        "en": "“%(name)s” needs a table with the policy COLLECT and one output.",
        "bg": "„%(name)s“ изисква таблица с правило COLLECT и един изход.",
    },
    "no_rules": {
        "en": "The table has no rules.",
        "bg": "Таблицата няма правила.",
    },
    "no_outputs": {
        "en": "The table has no output.",
        "bg": "Таблицата няма изход.",
    },
    "output_name": {
        "en": "Each of several outputs needs a name of its own.",
        "bg": "При няколко изхода всеки трябва да има собствено име.",
    },
    "cell_count": {
        "en": "Rule %(number)s has %(inputs)s input and %(outputs)s output cells; "
        "the table has %(columns)s inputs and %(results)s outputs.",
        "bg": "Правило %(number)s има %(inputs)s входни и %(outputs)s изходни клетки; "
        "таблицата има %(columns)s входа и %(results)s изхода.",
    },
    "input_cell": {
        "en": "Rule %(number)s, input “%(name)s”: %(reason)s",
        "bg": "Правило %(number)s, вход „%(name)s“: %(reason)s",
    },
    "output_cell": {
        "en": "Rule %(number)s, output “%(name)s”: %(reason)s",
        "bg": "Правило %(number)s, изход „%(name)s“: %(reason)s",
    },
    "expression": {
        "en": "“%(name)s”: %(reason)s",
        "bg": "„%(name)s“: %(reason)s",
    },
    "not_allowed": {
        "en": "Rule %(number)s, output “%(name)s”: %(value)s is not among the allowed values.",
        "bg": "Правило %(number)s, изход „%(name)s“: %(value)s не е сред допустимите стойности.",
    },
    "requirement": {
        "en": "“%(name)s” needs the decision “%(wanted)s”, which is not in the file.",
        "bg": "„%(name)s“ изисква решението „%(wanted)s“, което не е във файла.",
    },
    "cycle": {
        "en": "The decision “%(name)s” needs its own result.",
        "bg": "Решението „%(name)s“ изисква собствения си резултат.",
    },
    "not_usable": {
        "en": "The decision “%(name)s” has errors and cannot be evaluated.",
        "bg": "Решението „%(name)s“ съдържа грешки и не може да се вземе.",
    },
    "several_match": {
        "en": "“%(name)s”: only one rule may match, but these do: %(rules)s.",
        "bg": "„%(name)s“: може да съвпада само едно правило, а съвпадат: %(rules)s.",
    },
    "results_differ": {
        "en": "“%(name)s”: the matching rules %(rules)s must give the same result, but they differ.",
        "bg": "„%(name)s“: съвпадащите правила %(rules)s трябва да дават еднакъв резултат, а се различават.",
    },
}


def words(code: str, **parts: object) -> Words:
    """The message of this code with its parts filled in; a part may have a text per language."""
    return {
        language: text % {name: part[language] if isinstance(part, dict) else part for name, part in parts.items()}
        for language, text in MESSAGES[code].items()
    }
