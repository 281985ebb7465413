"""Small BPMN drawings for tests, written element by element."""

from datetime import UTC, datetime
from itertools import pairwise

from app.engine import Package, compile

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

ROLES = frozenset({"coordinator", "expert", "council", "clerk"})
SERVICES = frozenset({"overview", "notify"})
FORMS = {"triage": {}, "advice": {}}

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeleno="urn:zeleno:bpmn:1" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:test">'
)


def drawing(*parts: str, executable: str = "true") -> bytes:
    """A BPMN file with one process of these elements."""
    return f"{_HEAD}{process(*parts, executable=executable)}</bpmn:definitions>".encode()


def definitions(*parts: str) -> bytes:
    return f"{_HEAD}{''.join(parts)}</bpmn:definitions>".encode()


def process(*parts: str, id: str = "p", executable: str = "true") -> str:
    return f'<bpmn:process id="{id}" name="Процес" isExecutable="{executable}">{"".join(parts)}</bpmn:process>'


def package(*parts: str, decisions: dict | None = None, **more: object) -> Package:
    """A package around a drawing of these elements."""
    given = {"forms": FORMS, "roles": ROLES, "services": SERVICES, **more}
    return Package(drawing(*parts), decisions or {}, **given)


def compiled(*parts: str, decisions: dict | None = None):
    """The process that these elements make."""
    return compile(package(*parts, decisions=decisions))


def element(tag: str, id: str, inner: str = "", **attributes: str) -> str:
    given = "".join(f' {name.replace("__", ":")}="{value}"' for name, value in attributes.items())
    return f'<bpmn:{tag} id="{id}"{given}>{inner}</bpmn:{tag}>'


def extensions(*own: str) -> str:
    return f"<bpmn:extensionElements>{''.join(own)}</bpmn:extensionElements>" if own else ""


def output(name: str, expression: str) -> str:
    return f"<zeleno:output name=\"{name}\" expression='{expression}'/>"


def given(name: str, expression: str) -> str:
    return f"<zeleno:input name=\"{name}\" expression='{expression}'/>"


def assign(name: str, expression: str) -> str:
    return f"<zeleno:assign name=\"{name}\" expression='{expression}'/>"


def start(id: str = "start") -> str:
    return element("startEvent", id)


def end(id: str = "end", inner: str = "", **attributes: str) -> str:
    return element("endEvent", id, inner, **attributes)


TERMINATE = "<bpmn:terminateEventDefinition/>"


def user(id: str, *own: str, inner: str = "", **attributes: str) -> str:
    attributes = {"zeleno__candidateRole": "expert", "zeleno__formKey": "triage", **attributes}
    return element("userTask", id, extensions(*own) + inner, **attributes)


def council(id: str = "review", *own: str, config: str = '<zeleno:council days="5" extension="3"/>') -> str:
    return element("userTask", id, extensions(config, *own), zeleno__candidateRole="council")


def service(id: str, *own: str, name: str = "overview") -> str:
    return element("serviceTask", id, extensions(*own), zeleno__service=name)


def script(id: str, *own: str) -> str:
    return element("scriptTask", id, extensions(*own))


def rule(id: str, decision: str = "route", *own: str) -> str:
    return element("businessRuleTask", id, extensions(*own), zeleno__decisionRef=decision)


def xor(id: str, default: str | None = None) -> str:
    return element("exclusiveGateway", id, **({"default": default} if default else {}))


def both(id: str) -> str:
    return element("parallelGateway", id)


def time(text: str, shape: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{shape}>{text}</bpmn:{shape}></bpmn:timerEventDefinition>"


def wait(id: str, text: str, shape: str = "timeDuration") -> str:
    return element("intermediateCatchEvent", id, time(text, shape))


def boundary(id: str, host: str, text: str, *, interrupting: bool = True, shape: str = "timeDuration") -> str:
    return element("boundaryEvent", id, time(text, shape), attachedToRef=host, cancelActivity=str(interrupting).lower())


def flow(source: str, target: str, condition: str | None = None, *, id: str | None = None, inner: str = "") -> str:
    if condition is not None:
        written = condition.replace("&", "&amp;").replace("<", "&lt;")
        inner += f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{written}</bpmn:conditionExpression>'
    return element("sequenceFlow", id or f"{source}_{target}", inner, sourceRef=source, targetRef=target)


def flows(*ids: str) -> str:
    """Arrows from each element to the next."""
    return "".join(flow(a, b) for a, b in pairwise(ids))


def table(*rows: tuple[str, str], decision: str = "route", hit_policy: str = "UNIQUE") -> bytes:
    """A decision table from `amount` to one text."""
    rules = "".join(
        f'<rule id="rule_{n}"><inputEntry id="in_{n}"><text>{cell.replace("<", "&lt;")}</text></inputEntry>'
        f'<outputEntry id="out_{n}"><text>{value}</text></outputEntry></rule>'
        for n, (cell, value) in enumerate(rows, 1)
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">'
        f'<decision id="{decision}" name="{decision}"><decisionTable id="t" hitPolicy="{hit_policy}">'
        '<input id="i"><inputExpression id="ie"><text>amount</text></inputExpression></input>'
        f'<output id="o" name="{decision}"/>{rules}</decisionTable></decision></definitions>'
    ).encode()


def task(outcome, element_id: str) -> str:
    """The id of the one open task at this element."""
    found = [open_task.id for open_task in outcome.open_tasks if open_task.element_id == element_id]
    assert len(found) == 1, f"{element_id}: {[t.element_id for t in outcome.open_tasks]}"
    return found[0]


def standing(outcome) -> list[str]:
    """Where tasks are open, in alphabetical order."""
    return sorted(open_task.element_id for open_task in outcome.open_tasks)


def told(outcome, kind: str) -> list[str]:
    """The elements of the events of this kind, in order."""
    return [event.element_id for event in outcome.events if event.kind == kind]
