"""The built-in functions of the standard, one module per kind."""

from app.feel.builtins import contexts, conversion, dates, lists, logic, numeric, strings
from app.feel.signatures import Signatures

_KINDS = (logic, numeric, strings, lists, contexts, dates, conversion)

#: Every built-in function by name.
FUNCTIONS = Signatures({name: found for kind in _KINDS for name, found in kind.declared.functions().items()})
