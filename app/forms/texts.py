"""Words that every form shows around its questions, in the language of the form."""

from app.words import Words, say

_WORDS: dict[str, Words] = {
    "optional": {"bg": "по избор", "en": "optional"},
    "error": {"bg": "Грешка:", "en": "Error:"},
    "problem": {"bg": "Има нещо за поправяне", "en": "Something needs mending"},
    "day": {"bg": "Ден", "en": "Day"},
    "month": {"bg": "Месец", "en": "Month"},
    "year": {"bg": "Година", "en": "Year"},
    "day_optional": {"bg": "Ден (по избор)", "en": "Day (optional)"},
    "unknown": {"bg": "Не знам", "en": "I don't know"},
    "currency": {"bg": "Валута", "en": "Currency"},
    "choose": {"bg": "Изберете", "en": "Choose"},
    "row": {"bg": "Ред", "en": "Row"},
    "add_row": {"bg": "Добави ред", "en": "Add a row"},
    "remove_row": {"bg": "Премахни реда", "en": "Remove the row"},
    "choose_files": {"bg": "Изберете файлове", "en": "Choose files"},
    "choose_file": {"bg": "Изберете файл", "en": "Choose a file"},
    "no_files": {"bg": "Няма избран файл", "en": "No file chosen"},
    "file_kind": {"bg": "Вид на новите файлове", "en": "Kind of the new files"},
    "kept_files": {
        "bg": "Приложени файлове (махнете отметката, за да премахнете)",
        "en": "Attached files (untick to remove)",
    },
    "file": {"bg": "файл", "en": "file"},
    "cpv_search": {"bg": "Търсете по код или дума", "en": "Search by code or word"},
    "cpv_none": {"bg": "Няма такъв код", "en": "No such code"},
    "nothing": {"bg": "Не е отговорено", "en": "Not answered"},
    "change": {"bg": "Промени", "en": "Change"},
    "yes": {"bg": "Да", "en": "Yes"},
    "no": {"bg": "Не", "en": "No"},
    "saved": {"bg": "Черновата е запазена в {time}", "en": "Draft saved at {time}"},
    "not_saved": {"bg": "Черновата не е запазена. Опитайте с бутона.", "en": "The draft is not saved. Try the button."},
    "save_draft": {"bg": "Запази чернова", "en": "Save a draft"},
    "continue": {"bg": "Продължи", "en": "Continue"},
    "back": {"bg": "Назад", "en": "Back"},
    "send": {"bg": "Изпрати", "en": "Send"},
    "page_expired": {
        "bg": "Страницата е стояла отворена твърде дълго. Написаното е запазено; изпратете го отново.",
        "en": "The page was open for too long. What you typed is kept; send it again.",
    },
}

_SOURCES: dict[str, Words] = {
    "cpv": {"bg": "Попълнено от CPV", "en": "From CPV"},
    "rule": {"bg": "Попълнено по правило", "en": "From rule"},
    "account": {"bg": "Попълнено от профила ви", "en": "From your account"},
    "analysis": {"bg": "Попълнено от анализа", "en": "From the analysis"},
    "group": {"bg": "Попълнено за продуктовата група", "en": "From the product group"},
    "notice": {"bg": "Попълнено от обявлението", "en": "From the notice"},
    "today": {"bg": "Днешна дата", "en": "Today's date"},
}


def form_text(name: str, language: str) -> str:
    """A text of the form's own furniture. Raises KeyError."""
    return say(_WORDS[name], language)


def source_text(source: str, language: str) -> str:
    """Where a prefilled answer comes from, an empty text for a source that has no words."""
    return say(_SOURCES.get(source), language)
