"""Passwords as argon2 hashes; checking costs the same whether or not the account exists."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hashed(password: str) -> str:
    return _hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether the password fits the hash; without a hash the same work is done and the answer is no."""
    try:
        fits = _hasher.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("the password of nobody")
