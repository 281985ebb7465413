"""The expression language FEEL (DMN 1.5): parse, evaluate, unary tests."""

from app.feel.budget import Budget
from app.feel.errors import FeelBudgetError, FeelError
from app.feel.expression import Expression, UnaryTests, parse, parse_unary_tests
from app.feel.values import Function, Range, YearsMonths

__all__ = [
    "Budget",
    "Expression",
    "FeelBudgetError",
    "FeelError",
    "Function",
    "Range",
    "UnaryTests",
    "YearsMonths",
    "parse",
    "parse_unary_tests",
]
