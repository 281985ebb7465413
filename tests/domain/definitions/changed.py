"""Changed files of the shipped process, and files of people who mean harm."""

from app.domain.definitions.packages import shipped_processes

(SHIPPED,) = shipped_processes()

#: A step nobody has written any code for, with one of the shipped forms.
CALL = """<bpmn:userTask id="first_call" name="Обаждане до общината" zeleno:formKey="phone_call"
    zeleno:candidateRole="coordinator" zeleno:phase="first_look">
  <bpmn:extensionElements><zeleno:name lang="en" text="Call the municipality"/></bpmn:extensionElements>
</bpmn:userTask>
<bpmn:sequenceFlow id="flow_first_call__triage" sourceRef="first_call" targetRef="triage"/>
"""
CALL_DRAWN = """<bpmndi:BPMNShape id="first_call_di" bpmnElement="first_call">
  <dc:Bounds x="510" y="300" width="120" height="80"/></bpmndi:BPMNShape>
"""
TRIAGE = '<bpmn:userTask id="triage" '
TRIAGE_DRAWN = '<bpmndi:BPMNShape id="triage_di"'
TO_TRIAGE = 'sourceRef="intake" targetRef="triage"'


def edited(text: str, *changes: tuple[str, str]) -> str:
    """The text with each old piece, which stands in it once, replaced by the new one."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def drawing(*changes: tuple[str, str]) -> bytes:
    """The shipped drawing, edited."""
    return edited(SHIPPED.bpmn.decode(), *changes).encode()


def drawing_with_call() -> bytes:
    """The shipped drawing with a call before the first look."""
    return drawing(
        (TRIAGE, CALL + TRIAGE),
        (TRIAGE_DRAWN, CALL_DRAWN + TRIAGE_DRAWN),
        (TO_TRIAGE, 'sourceRef="intake" targetRef="first_call"'),
    )


def decision(file: str, *changes: tuple[str, str]) -> bytes:
    """A shipped decision file, edited."""
    return edited(SHIPPED.decisions[file], *changes).encode()


def check_always() -> bytes:
    """The decision on the second check, its last row changed: every advice is checked."""
    return decision(
        "second_check.dmn",
        ('id="second_check_rule_7_out_required"><text>false', 'id="second_check_rule_7_out_required"><text>true'),
    )


_BOMB = '<!DOCTYPE x [<!ENTITY a "ha">{}]><x>&z;</x>'.format(
    "".join(f'<!ENTITY {new} "{10 * f"&{old};"}">' for old, new in zip("abcdefghijkl", "bcdefghijklz", strict=True))
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'

#: Files as they come from people who mean harm, with the code of what the check finds in each.
HOSTILE = {
    "outside entity": (_OUTSIDE.encode(), "dtd"),
    "entity bomb": (_BOMB.encode(), "dtd"),
    "no XML": (b"\x89PNG\r\n\x1a\n not a drawing", "not_xml"),
    "nothing": (b"", "not_xml"),
    "other XML": (b"<html><script>alert(1)</script></html>", "not_bpmn"),
    "deep": (b"<a>" * 5000 + b"</a>" * 5000, "too_deep"),
    "python": (
        drawing(('triage.decision = "ask"', "__import__('os').system('touch ran')")),
        "expression",
    ),
}
