"""Writes small DMN files for tests."""

from xml.sax.saxutils import escape

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def text(tag, content, **attributes):
    return f"<{tag}{_attributes(attributes)}><text>{escape(str(content))}</text></{tag}>"


def _attributes(attributes):
    return "".join(f' {name}="{value}"' for name, value in attributes.items() if value is not None)


def table(
    inputs=("x",), outputs=("y",), rules=(), policy=None, aggregation=None, defaults=None, allowed=None, decision="d"
):
    """A decision with a table; a rule is (cells of inputs, cells of outputs, *notes)."""
    columns = "".join(
        f'<input id="{decision}_in{n}" label="{escape(one)}">' + text("inputExpression", one) + "</input>"
        for n, one in enumerate(inputs, 1)
    )
    for name in outputs:
        columns += f'<output id="{decision}_out_{name}" name="{name}">'
        columns += text("outputValues", allowed[name]) if allowed and name in allowed else ""
        columns += text("defaultOutputEntry", defaults[name]) if defaults and name in defaults else ""
        columns += "</output>"
    rows = "".join(_rule(number, decision, *rule) for number, rule in enumerate(rules, 1))
    attributes = _attributes({"id": f"{decision}_table", "hitPolicy": policy, "aggregation": aggregation})
    inner = f"<decisionTable{attributes}>{columns}{rows}</decisionTable>"
    return f'<decision id="{decision}" name="{decision}">{inner}</decision>'


def _rule(number, decision, cells, results, *notes):
    rule_id = f"{decision}_r{number}"
    inner = "".join(text("inputEntry", cell, id=f"{rule_id}_i{n}") for n, cell in enumerate(cells, 1))
    inner += "".join(text("outputEntry", cell, id=f"{rule_id}_o{n}") for n, cell in enumerate(results, 1))
    inner += "".join(text("annotationEntry", note) for note in notes)
    return f'<rule id="{rule_id}">{inner}</rule>'


def literal(expression, decision="d", needs=(), variable=None):
    required = "".join(
        f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>' for one in needs
    )
    named = f'<variable name="{variable}"/>' if variable else ""
    inner = named + required + text("literalExpression", expression)
    return f'<decision id="{decision}" name="{decision}">{inner}</decision>'


def dmn(*decisions, namespace=NAMESPACE, head=""):
    body = "".join(decisions)
    xml = f'{head}<definitions xmlns="{namespace}" id="defs" name="Tests" namespace="urn:test">{body}</definitions>'
    return xml.encode()
