"""Task forms as data: parse a form, check it, and turn what a person typed into typed answers."""

from app.formdef.check import check_form, parse_form
from app.formdef.model import Answers, Field, Form, FormError, FormFinding, Kind, Option, Page, Submit
from app.formdef.prefill import computed_value, prefill
from app.formdef.validate import merge_answers, validate
from app.formdef.visibility import offered_options, visible

__all__ = [
    "Answers",
    "Field",
    "Form",
    "FormError",
    "FormFinding",
    "Kind",
    "Option",
    "Page",
    "Submit",
    "check_form",
    "computed_value",
    "merge_answers",
    "offered_options",
    "parse_form",
    "prefill",
    "validate",
    "visible",
]
