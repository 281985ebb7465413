"""The names Zeleno's own attributes, elements and phases may have in a drawing."""

#: Statuses the municipality can see while a process stands at an element.
PHASES = frozenset(
    {"first_look", "answered", "ask", "analysis", "overview", "council", "council_silent", "writing", "second_check"}
    | {"delivered", "changes", "closed", "no_reply", "declined", "withdrawn", "incident"}
)

ATTRIBUTES = frozenset(["role", "formKey", "candidateRole", "assignee", "notBy", "phase", "decisionRef", "service"])

ELEMENTS = frozenset(["sla", "council", "why", "output", "input", "assign", "name"])
