"""The one sentence that tells the people of a request where it stands."""

from app.domain.requests.models import Phase
from app.words import Words

#: {names} are filled by the page: dates in the reader's language, people by name.
STATUS: dict[Phase, Words] = {
    Phase.DRAFT: {
        "bg": "Черновата е запазена. Още не е изпратена до нас.",
        "en": "Your draft is saved. It has not been sent to us.",
    },
    Phase.FIRST_LOOK: {
        "bg": "Получихме заявката. До {first_look_by} ще знаете кой поема работата.",
        "en": "We have your request. By {first_look_by} you will know who takes it.",
    },
    Phase.ANSWERED: {
        "bg": "Отговорихме ви на {closed_on}. Отговорът е по-долу.",
        "en": "We answered on {closed_on}. The answer is below.",
    },
    Phase.ASK: {
        "bg": "Трябва ни още нещо от вас: {items}. Продължаваме, щом отговорите.",
        "en": "We need something more from you: {items}. We go on as soon as you reply.",
    },
    Phase.ANALYSIS: {
        "bg": "{expert} работи по заявката. Очаквайте препоръките до {promised_on}.",
        "en": "{expert} is working on it. Expect the recommendations by {promised_on}.",
    },
    Phase.OVERVIEW: {
        "bg": "Проверяваме кой на пазара може да докаже изискванията. Това не е избор на изпълнител.",
        "en": "We are checking who could prove the requirements. This is not a choice of contractor.",
    },
    Phase.COUNCIL: {
        "bg": "Питаме съвета, без името и документите ви. Отговор до {council_by}.",
        "en": "We are asking the council, without your name or documents. Answer by {council_by}.",
    },
    Phase.COUNCIL_SILENT: {
        "bg": "Съветът не се произнесе в срок. Продължаваме, за да не ви бавим.",
        "en": "The council gave no opinion in time. We go on, so as not to delay you.",
    },
    Phase.WRITING: {
        "bg": "{expert} пише препоръките. Готови до {promised_on}.",
        "en": "{expert} is writing the recommendations, due {promised_on}.",
    },
    Phase.SECOND_CHECK: {
        "bg": "Препоръките са написани. Втори човек ги проверява до {task_due}.",
        "en": "The recommendations are written. A second person is checking them until {task_due}.",
    },
    Phase.DELIVERED: {
        "bg": "Препоръките са готови. Кажете ни до {reply_by} вършат ли ви работа.",
        "en": "Your recommendations are ready. Tell us by {reply_by} whether they help.",
    },
    Phase.CHANGES: {
        "bg": "Поискахте промени. {expert} работи по тях.",
        "en": "You asked for changes. {expert} is working on them.",
    },
    Phase.CLOSED: {
        "bg": "Приключена на {closed_on}. На {outcome_on} ще попитаме тук какво стана с поръчката.",
        "en": "Closed on {closed_on}. On {outcome_on} we will ask here what became of the purchase.",
    },
    Phase.NO_REPLY: {
        "bg": "Приключена на {closed_on} без ваш отговор.",
        "en": "Closed on {closed_on} without your reply.",
    },
    Phase.DECLINED: {
        "bg": "Не можем да помогнем с това: {reason}",
        "en": "We cannot help with this: {reason}",
    },
    Phase.WITHDRAWN: {
        "bg": "Оттеглихте заявката на {closed_on}.",
        "en": "You withdrew the request on {closed_on}.",
    },
    Phase.INCIDENT: {
        "bg": "Техническа грешка при нас. Работим по нея; вие не трябва да правите нищо.",
        "en": "A technical fault on our side. We are on it; nothing for you to do.",
    },
}

#: In place of a promise that was not kept, while somebody still works on the case.
LATE: Words = {
    "bg": "{expert} работи по заявката. Обещаната дата {promised_on} мина: съжаляваме. Ако ви бави, обадете се.",
    "en": "{expert} is working on it. The promised date {promised_on} has passed: we are sorry. Call us if it hurts.",
}

NOTHING_NEEDED: Words = {
    "bg": "Сега от вас не се иска нищо.",
    "en": "Nothing is needed from you now.",
}

#: The name of each step in lists, where there is no room for a sentence.
NAMES: dict[Phase, Words] = {
    Phase.DRAFT: {"bg": "Чернова", "en": "Draft"},
    Phase.FIRST_LOOK: {"bg": "Първоначален преглед", "en": "First look"},
    Phase.ANSWERED: {"bg": "Отговорена", "en": "Answered"},
    Phase.ASK: {"bg": "Чака отговор от възложителя", "en": "Waiting for the buyer"},
    Phase.ANALYSIS: {"bg": "Анализ", "en": "Analysis"},
    Phase.OVERVIEW: {"bg": "Пазарен обзор", "en": "Market overview"},
    Phase.COUNCIL: {"bg": "При съвета", "en": "With the council"},
    Phase.COUNCIL_SILENT: {"bg": "Съветът не се произнесе", "en": "No council opinion"},
    Phase.WRITING: {"bg": "Писане на препоръките", "en": "Writing"},
    Phase.SECOND_CHECK: {"bg": "Втора проверка", "en": "Second check"},
    Phase.DELIVERED: {"bg": "Препоръките са готови", "en": "Recommendations ready"},
    Phase.CHANGES: {"bg": "Поискани промени", "en": "Changes asked"},
    Phase.CLOSED: {"bg": "Приключена", "en": "Closed"},
    Phase.NO_REPLY: {"bg": "Приключена без отговор", "en": "Closed, no reply"},
    Phase.DECLINED: {"bg": "Отказана", "en": "Declined"},
    Phase.WITHDRAWN: {"bg": "Оттеглена", "en": "Withdrawn"},
    Phase.INCIDENT: {"bg": "Техническа грешка", "en": "Technical fault"},
}
