"""The text of every finding, in Bulgarian and English: what is wrong and how to mend it, said to who drew it."""

ERROR = "error"
WARNING = "warning"

#: code: (severity, Bulgarian, English)
FINDINGS: dict[str, tuple[str, str, str]] = {
    # the file
    "too_big": (
        ERROR,
        "Файлът е по-голям от %(limit)s kB. Разделете процеса или махнете вградени изображения.",
        "The file is larger than %(limit)s kB. Split the process or remove embedded pictures.",
    ),
    "dtd": (
        ERROR,
        "Файлът съдържа DTD (<!DOCTYPE …>), което не се приема. Махнете този ред.",
        "The file contains a DTD (<!DOCTYPE …>), which is not accepted. Remove that line.",
    ),
    "not_xml": (
        ERROR,
        "Файлът не може да се прочете като XML: %(reason)s. Запазете го отново от редактора.",
        "The file cannot be read as XML: %(reason)s. Save it again from the editor.",
    ),
    "not_bpmn": (
        ERROR,
        "Файлът не е BPMN 2.0 (липсва елементът definitions). Изберете файл .bpmn.",
        "The file is not BPMN 2.0 (no definitions element). Choose a .bpmn file.",
    ),
    "too_deep": (
        ERROR,
        "Елементите са вложени на повече от %(limit)s нива. Опростете файла.",
        "Elements are nested more than %(limit)s levels deep. Simplify the file.",
    ),
    "too_many_elements": (
        ERROR,
        "Файлът има повече от %(limit)s елемента. Разделете процеса.",
        "The file has more than %(limit)s elements. Split the process.",
    ),
    "too_many_nodes": (
        ERROR,
        "Процесът има повече от %(limit)s елемента или твърде много стрелки. Разделете го.",
        "The process has more than %(limit)s elements, or too many arrows. Split it.",
    ),
    "no_process": (
        ERROR,
        "Във файла няма процес. Начертайте поне начало, задача и край.",
        "There is no process in the file. Draw at least a start, a task and an end.",
    ),
    "not_executable": (
        ERROR,
        'Процесът не е отбелязан като изпълним. Включете „Executable“ (isExecutable="true").',
        'The process is not marked as executable. Switch on “Executable” (isExecutable="true").',
    ),
    "several_processes": (
        ERROR,
        "Във файла има повече от един изпълним процес. Оставете само един изпълним.",
        "The file has more than one executable process. Leave only one executable.",
    ),
    # ids and names
    "duplicate_id": (
        ERROR,
        "Идентификаторът „%(element)s“ се среща повече от веднъж. Дайте на всеки елемент свой.",
        "The id “%(element)s” occurs more than once. Give each element its own.",
    ),
    "reserved_id": (
        ERROR,
        "Идентификаторът „%(element)s“ е запазен. Сменете го, например на „start“ или „end“.",
        "The id “%(element)s” is reserved. Change it, for example to “start” or “end”.",
    ),
    "bad_id": (
        ERROR,
        "Идентификаторът „%(element)s“ не е допустим. Използвайте до 100 латински букви, цифри, „_“, „-“ и „.“, "
        "с буква в началото.",
        "The id “%(element)s” is not allowed. Use up to 100 Latin letters, digits, “_”, “-” and “.”, beginning with "
        "a letter.",
    ),
    "id_missing": (
        ERROR,
        "Елемент „%(name)s“ няма идентификатор. Дайте му такъв.",
        "An element “%(name)s” has no id. Give it one.",
    ),
    "id_not_a_name": (
        WARNING,
        "Идентификаторът съдържа „-“ или „.“, затова изразите не четат резултата от стъпката. Използвайте „_“.",
        "The id contains “-” or “.”, so expressions cannot read the result of this step. Use “_”.",
    ),
    "bad_variable_name": (
        ERROR,
        "„%(name)s“ не може да бъде име на променлива. Използвайте букви, цифри и „_“, без интервали.",
        "“%(name)s” cannot be the name of a variable. Use letters, digits and “_”, without blanks.",
    ),
    "unknown_own_name": (
        WARNING,
        "„zeleno:%(name)s“ не е познато и няма да се използва. Проверете изписването.",
        "“zeleno:%(name)s” is not known and will not be used. Check the spelling.",
    ),
    "foreign_extension": (
        WARNING,
        "„%(name)s“ е от друга програма: запазва се във файла, но не се използва.",
        "“%(name)s” comes from another tool: it is kept in the file but not used.",
    ),
    # what may stand in a drawing
    "unsupported": (
        ERROR,
        "„%(name)s“ още не се поддържа. Заменете го с поддържан елемент или го махнете.",
        "“%(name)s” is not supported yet. Replace it with a supported element or remove it.",
    ),
    "script_text": (
        ERROR,
        "Скриптовата задача съдържа програмен текст, който не се изпълнява. Използвайте редове zeleno:assign.",
        "The script task contains program text, which is never run. Use zeleno:assign lines.",
    ),
    "script_empty": (
        WARNING,
        "Скриптовата задача не задава нищо. Добавете ред zeleno:assign или я махнете.",
        "The script task assigns nothing. Add a zeleno:assign line or remove the task.",
    ),
    "misplaced_assignment": (
        WARNING,
        "zeleno:%(name)s не се използва при този вид елемент. Преместете го или го махнете.",
        "zeleno:%(name)s is not used on this kind of element. Move or remove it.",
    ),
    # shape
    "no_start": (
        ERROR,
        "Процесът няма начало. Добавете едно начално събитие.",
        "The process has no start. Add one start event.",
    ),
    "several_starts": (
        ERROR,
        "Процесът има повече от едно начало. Оставете едно начално събитие.",
        "The process has more than one start. Keep one start event.",
    ),
    "no_end": (
        ERROR,
        "Процесът няма край. Добавете крайно събитие.",
        "The process has no end. Add an end event.",
    ),
    "loose_flow": (
        ERROR,
        "Стрелката не води до съществуващ елемент. Свържете двата ѝ края.",
        "The arrow does not lead to an existing element. Connect both of its ends.",
    ),
    "flow_into_start": (
        ERROR,
        "В начално събитие или таймер на граница не може да влиза стрелка. Насочете я към следващия елемент.",
        "No arrow may lead into a start event or a boundary timer. Point it to the element after it.",
    ),
    "flow_out_of_end": (
        ERROR,
        "От крайно събитие не може да излиза стрелка. Махнете стрелката или сменете края.",
        "No arrow may leave an end event. Remove the arrow or replace the end.",
    ),
    "unreachable": (
        ERROR,
        "До този елемент не води път от началото. Свържете го или го махнете.",
        "No path from the start leads to this element. Connect it or remove it.",
    ),
    "no_way_to_end": (
        ERROR,
        "От този елемент няма път до край. Добавете стрелка към следващата стъпка или към край.",
        "No path leads from this element to an end. Add an arrow to the next step or to an end.",
    ),
    "several_ways_out": (
        ERROR,
        "От този елемент излизат няколко стрелки. Поставете шлюз след него и изведете стрелките от шлюза.",
        "Several arrows leave this element. Put a gateway after it and let the arrows leave the gateway.",
    ),
    "condition_not_at_gateway": (
        ERROR,
        "Условие може да има само по стрелка от изключващ шлюз. Поставете шлюз преди нея или махнете условието.",
        "Only an arrow out of an exclusive gateway may have a condition. Put a gateway before it or remove the "
        "condition.",
    ),
    "condition_missing": (
        ERROR,
        "Стрелката няма условие и не е по подразбиране. Напишете условие или я направете стрелка по подразбиране.",
        "The arrow has no condition and is not the default. Write a condition or make it the default arrow.",
    ),
    "default_unknown": (
        ERROR,
        "Стрелката по подразбиране не излиза от този шлюз. Изберете една от неговите стрелки.",
        "The default arrow does not leave this gateway. Choose one of its own arrows.",
    ),
    "default_missing": (
        WARNING,
        "Шлюзът няма стрелка по подразбиране: ако нито едно условие не е вярно, процесът спира с инцидент.",
        "The gateway has no default arrow: if no condition holds, the process stops with an incident.",
    ),
    "xor_into_and_join": (
        ERROR,
        "Този паралелен шлюз може да чака вечно: избор преди него пропуска някоя от влизащите стрелки. Съберете "
        "алтернативите с изключващ шлюз.",
        "This parallel gateway may wait for ever: a choice before it can leave out one of its incoming arrows. Merge "
        "alternatives with an exclusive gateway.",
    ),
    "runs_twice": (
        WARNING,
        "Паралелни пътища се срещат тук без паралелен шлюз, затова следващите стъпки се изпълняват за всеки от тях.",
        "Parallel paths meet here without a parallel gateway, so what follows is done once for each of them.",
    ),
    "too_tangled": (
        ERROR,
        "Процесът има твърде много възможни ходове, за да се провери дали паралелните шлюзове винаги продължават. "
        "Опростете го.",
        "The process has too many possible courses to check that its parallel gateways always go on. Simplify it.",
    ),
    "loop_without_wait": (
        ERROR,
        "Цикълът няма стъпка, която изчаква човек, услуга или срок, и би се въртял без край. Добавете такава стъпка.",
        "The loop has no step that waits for a person, a service or a time and would turn for ever. Add one.",
    ),
    "timer_too_short": (
        ERROR,
        "Таймер в цикъл изчаква по-малко от минута или е за определена дата. Задайте срок поне PT1M.",
        "A timer in a loop waits less than a minute, or for a fixed date. Give it a duration of at least PT1M.",
    ),
    # timers
    "timer_missing": (
        ERROR,
        "Таймерът няма срок. Напишете например P3D (три дни) или израз.",
        "The timer has no time. Write for example P3D (three days) or an expression.",
    ),
    "timer_cycle": (
        ERROR,
        "Повтарящи се таймери още не се поддържат. Използвайте срок (timeDuration) и цикъл в чертежа.",
        "Repeating timers are not supported yet. Use a duration (timeDuration) and a loop in the drawing.",
    ),
    "timer_literal": (
        ERROR,
        "„%(text)s“ не е срок или дата. Пишете например P3D, PT12H, P2M или 2027-01-31.",
        "“%(text)s” is no duration or date. Write for example P3D, PT12H, P2M or 2027-01-31.",
    ),
    "boundary_host": (
        ERROR,
        "Таймер на граница може да стои само на задача за човек, услуга или съвет. Преместете го.",
        "A boundary timer may stand only on a user, service or council task. Move it.",
    ),
    # expressions
    "expression": (
        ERROR,
        "Изразът „%(text)s“ не може да се прочете: %(reason)s",
        "The expression “%(text)s” cannot be read: %(reason)s",
    ),
    "expression_empty": (
        ERROR,
        "Тук липсва израз (%(place)s). Напишете го.",
        "An expression is missing here (%(place)s). Write it.",
    ),
    "too_many_expressions": (
        ERROR,
        "Процесът има повече от %(limit)s израза. Преместете правилата в таблици за решения.",
        "The process has more than %(limit)s expressions. Move the rules into decision tables.",
    ),
    # references
    "role_missing": (
        ERROR,
        "Не е казано кой изпълнява задачата. Сложете я в лента с роля (zeleno:role) или задайте zeleno:candidateRole.",
        "It is not said who does this task. Put it in a lane with a role (zeleno:role) or give it "
        "zeleno:candidateRole.",
    ),
    "role_unknown": (
        ERROR,
        "Ролята „%(name)s“ не съществува. Изберете една от: %(known)s.",
        "There is no role “%(name)s”. Choose one of: %(known)s.",
    ),
    "form_missing": (
        WARNING,
        "Задачата няма формуляр: изпълнява се само с бутон. Ако трябват данни, задайте zeleno:formKey.",
        "The task has no form: it is completed by a button alone. If facts are needed, give it zeleno:formKey.",
    ),
    "form_unknown": (
        ERROR,
        "Формулярът „%(name)s“ не съществува. Изберете съществуващ или го създайте.",
        "There is no form “%(name)s”. Choose an existing one or make it.",
    ),
    "service_missing": (
        ERROR,
        "Не е казано коя услуга се изпълнява. Задайте zeleno:service.",
        "It is not said which service runs. Give zeleno:service.",
    ),
    "service_unknown": (
        ERROR,
        "Услугата „%(name)s“ не съществува. Изберете една от: %(known)s.",
        "There is no service “%(name)s”. Choose one of: %(known)s.",
    ),
    "decision_missing": (
        ERROR,
        "Не е казано кое решение се взема. Задайте zeleno:decisionRef.",
        "It is not said which decision is made. Give zeleno:decisionRef.",
    ),
    "decision_unknown": (
        ERROR,
        "Решението „%(name)s“ не е в пакета. Добавете файла му или поправете името.",
        "The decision “%(name)s” is not in the package. Add its file or mend the name.",
    ),
    "decision_twice": (
        ERROR,
        "Решението „%(name)s“ е във файла %(file)s и в още един. Оставете го само в един файл.",
        "The decision “%(name)s” is in the file %(file)s and in another one. Keep it in one file only.",
    ),
    "decision_file": (
        ERROR,
        "Файлът с решения %(file)s не може да се използва: %(reason)s",
        "The decision file %(file)s cannot be used: %(reason)s",
    ),
    "decision_cell": (
        ERROR,
        "%(file)s: %(reason)s",
        "%(file)s: %(reason)s",
    ),
    "decision_advice": (
        WARNING,
        "%(file)s: %(reason)s",
        "%(file)s: %(reason)s",
    ),
    "not_by_unknown": (
        ERROR,
        "zeleno:notBy сочи „%(name)s“, а такава задача за човек няма. Поправете името.",
        "zeleno:notBy names “%(name)s”, but there is no such user task. Mend the name.",
    ),
    "attached_to_unknown": (
        ERROR,
        "Таймерът на граница не е закачен за съществуваща задача. Закачете го отново.",
        "The boundary timer is not attached to an existing task. Attach it again.",
    ),
    "phase_unknown": (
        WARNING,
        "Етапът „%(name)s“ не е познат, затова общината ще вижда предишния. Изберете един от: %(known)s.",
        "The phase “%(name)s” is not known, so the municipality will see the one before. Choose one of: %(known)s.",
    ),
    "sla_days": (
        ERROR,
        "Срокът (zeleno:sla) трябва да има цял брой работни дни в days или израз в daysExpression.",
        "The time allowed (zeleno:sla) needs a whole number of working days in days, or daysExpression.",
    ),
    # council
    "council_days": (
        ERROR,
        "Прегледът от съвета трябва да има days от поне 1 работен ден и extension от 0 нагоре.",
        "The council review needs days of at least 1 working day and an extension of 0 or more.",
    ),
    "council_without_paths": (
        ERROR,
        "След прегледа от съвета трябва да има изключващ шлюз с път за всеки изход.",
        "After the council review there must be an exclusive gateway with a path for each outcome.",
    ),
    "council_outcome_without_path": (
        ERROR,
        'Няма път за изход „%(outcome)s“ от съвета. Добавете условие %(element)s.outcome = "%(outcome)s" или стрелка '
        "по подразбиране след него.",
        "There is no path for the council's outcome “%(outcome)s”. Add a condition %(element)s.outcome = "
        '"%(outcome)s" or a default arrow after it.',
    ),
    "check_failed": (
        ERROR,
        "Проверката не можа да прочете файла докрай. Запазете го отново от редактора.",
        "The check could not read the file to the end. Save it again from the editor.",
    ),
}
