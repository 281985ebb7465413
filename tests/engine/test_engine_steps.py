"""The text twin of a drawing, and the drawing in another language."""

from lxml import etree

from app import engine
from tests.engine.build import (
    both,
    boundary,
    compiled,
    definitions,
    element,
    end,
    extensions,
    flow,
    flows,
    package,
    process,
    start,
    user,
    xor,
)


def english(text: str) -> str:
    return f'<zeleno:name lang="en" text="{text}"/>'


def first_look():
    return compiled(
        start(),
        xor("merge"),
        user("look", english("First look"), name="Първи преглед", zeleno__candidateRole="coordinator"),
        boundary("late", "look", "P20D"),
        element("exclusiveGateway", "which", extensions(english("What now?")), name="Какво следва?", default="open"),
        both("split"),
        user("law"),
        user("market"),
        both("join"),
        end("answered"),
        end("silent"),
        end(),
        flows("start", "merge", "look", "which"),
        flow("which", "answered", 'look.decision = "answer"', inner=extensions(english("Answer"))),
        flow("which", "merge", 'look.decision = "again"', id="again"),
        flow("which", "split", id="open"),
        flows("split", "law", "join", "end"),
        flows("split", "market", "join"),
        flow("late", "silent"),
    )


def test_steps_follow_the_arrows_and_leave_gateways_out():
    steps = first_look().steps

    assert [step.element_id for step in steps] == [
        "start",
        "look",
        "answered",
        "law",
        "market",
        "end",
        "late",
        "silent",
    ]
    assert {step.element_id: step.attached_to for step in steps if step.attached_to} == {"late": "look"}


def test_a_step_says_who_and_what_may_come_next_and_why():
    look = first_look().steps[1]

    assert (look.kind, look.role, look.name) == ("user", "coordinator", {"bg": "Първи преглед", "en": "First look"})
    otherwise = {"bg": "Какво следва? в останалите случаи", "en": "What now? otherwise"}
    assert look.next == (
        ("answered", {"bg": "Какво следва?", "en": "What now? Answer"}, 'look.decision = "answer"'),
        ("look", {}, 'look.decision = "again"'),
        ("law", otherwise, ""),
        ("market", otherwise, ""),
    )


def test_steps_of_a_loop_stand_once():
    ids = [step.element_id for step in first_look().steps]

    assert len(ids) == len(set(ids))


def test_the_drawing_speaks_the_language_asked_for():
    annotation = element(
        "textAnnotation",
        "note",
        extensions(english("May be withdrawn.")) + "<bpmn:text>Може да се оттегли.</bpmn:text>",
    )
    bpmn = definitions(
        process(
            start(), user("x", english("Look &amp; see"), name="Преглед"), end(), flows("start", "x", "end"), annotation
        )
    )
    drawn = package()
    made = engine.compile(engine.Package(bpmn, {}, drawn.forms, drawn.roles, drawn.services))

    texts = {language: _texts(made.localised_xml(language)) for language in ("bg", "en")}

    assert texts == {
        "bg": ("Процес", "Преглед", "Може да се оттегли."),
        "en": ("Процес", "Look & see", "May be withdrawn."),
    }


def _texts(xml: bytes) -> tuple[str, str, str]:
    root = etree.fromstring(xml)
    namespaces = {"b": "http://www.omg.org/spec/BPMN/20100524/MODEL"}
    found = root.find("b:process", namespaces)
    return (
        found.get("name"),
        found.find("b:userTask", namespaces).get("name"),
        found.find("b:textAnnotation/b:text", namespaces).text,
    )
