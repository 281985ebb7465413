"""Patterns that a form may demand of a text: only those whose matching cannot run away."""

import re

#: An escaped character or a set of characters: either stands for one character of the text.
_ATOM = re.compile(r"\\.|\[\^?\]?(\\.|[^\]\\])*\]")
MAX_PATTERN = 100
#: A text with a pattern is never longer than this, so the few variable parts that are allowed stay cheap.
MAX_MATCHED = 200


def pattern_fault(pattern: str) -> str:
    """Why a pattern is refused ("long", "unsafe", "broken"), or an empty text where it may be used.

    Refused are repeated groups, look-around, back-references and more than two open-ended repetitions.
    """
    if len(pattern) > MAX_PATTERN:
        return "long"
    bare = _ATOM.sub("x", pattern)
    if re.search(r"\\[0-9]", pattern) or re.search(r"\)[*+{]|\(\?", bare):
        return "unsafe"
    if len(re.findall(r"[*+]|\{\d*,\d*\}", bare)) > 2 or bare.count("?") > 3 or bare.count("|") > 6:
        return "unsafe"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return "broken"
    return ""


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text has the form that the pattern asks for."""
    return len(text) <= MAX_MATCHED and re.fullmatch(pattern, text) is not None
