"""Errors in the words of the domain. Pages and commands choose how to answer them (web/errors.py)."""


def N_(text: str) -> str:
    """Mark a text for translation without translating it here."""
    return text


class DomainError(Exception):
    """Something a person asked for cannot be done; the message says what happened and what they can do.

    `message` is an English text marked with N_(); `params` fill its %(name)s places after translation.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class NotFound(DomainError):
    """The thing does not exist, or not for this person: the two are not told apart."""

    def __init__(self, message: str = N_("This page does not exist, or you may not see it."), **params: object) -> None:
        super().__init__(message, **params)


class Forbidden(DomainError):
    """The person sees the thing but may not do this to it."""

    def __init__(self, message: str = N_("You may not do this in your present role."), **params: object) -> None:
        super().__init__(message, **params)


class Conflict(DomainError):
    """The thing has changed meanwhile, so the act no longer fits it."""


class Invalid(DomainError):
    """What was handed in cannot be accepted; `fields` names the places, each with a message in bg and en."""

    def __init__(self, message: str, fields: dict | None = None, **params: object) -> None:
        super().__init__(message, **params)
        self.fields = fields or {}


def require(allowed: bool, message: str | None = None) -> None:
    """Raise Forbidden unless the rule that was asked says yes."""
    if not allowed:
        raise Forbidden(message) if message else Forbidden()
