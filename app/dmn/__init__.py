"""Decision models (DMN): loaded from XML, checked, and evaluated with the rules that decided."""

from app.dmn.errors import DmnError
from app.dmn.loading import load
from app.dmn.model import Decision, Explained, Finding, InputValue, Model, Rejected, RuleMatch
from app.dmn.naming import localised

__all__ = [
    "Decision",
    "DmnError",
    "Explained",
    "Finding",
    "InputValue",
    "Model",
    "Rejected",
    "RuleMatch",
    "load",
    "localised",
]
