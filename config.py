"""Every setting, and the only reader of the environment. Names begin with ZELENO_ there."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def _secret_key(instance: Path) -> str:
    """The key from the environment, else one made once and kept beside the embedded database."""
    given = os.environ.get("ZELENO_SECRET_KEY")
    if given:
        return given
    kept = instance / "secret_key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
        kept.chmod(0o600)
    return kept.read_text(encoding="ascii")


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0") not in ("", "0", "no", "false")


def settings() -> dict:
    """The settings of this process, from the environment, with safe defaults for one machine."""
    instance = Path(os.environ.get("ZELENO_INSTANCE", ROOT / "instance"))
    return {
        "INSTANCE": str(instance),
        "SECRET_KEY": _secret_key(instance),
        "SQLALCHEMY_DATABASE_URI": os.environ.get("ZELENO_DATABASE_URL", f"sqlite:///{instance / 'zeleno.db'}"),
        "DEMO": _flag("ZELENO_DEMO"),
        "SCHEDULER": _flag("ZELENO_SCHEDULER"),
        "SCHEDULER_SECONDS": float(os.environ.get("ZELENO_SCHEDULER_SECONDS", "2")),
        "SESSION_COOKIE_SECURE": _flag("ZELENO_HTTPS"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "zeleno",
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 14,
        "MAX_CONTENT_LENGTH": 25 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "bg",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Sofia",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
    }
