"""What may be uploaded, judged by content; the name is only a label."""

import re
import unicodedata

from app.words import Words

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 120

#: First bytes → media type. A zip is looked into, since office documents are zips.
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"mimetypeapplication/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
}

TOO_LARGE: Words = {
    "bg": "Файлът е по-голям от 20 MB. Разделете го или го изпратете в по-малък вид.",
    "en": "The file is larger than 20 MB. Split it or send a smaller version.",
}
EMPTY: Words = {"bg": "Файлът е празен. Изберете друг.", "en": "The file is empty. Choose another one."}
NOT_ALLOWED: Words = {
    "bg": "Този вид файл не се приема. Качете PDF, Word, Excel, OpenDocument, PNG, JPEG или обикновен текст.",
    "en": "This kind of file is not accepted. Upload PDF, Word, Excel, OpenDocument, PNG, JPEG or plain text.",
}


def media_type_of(content: bytes) -> str | None:
    """The media type the content shows, or None when it is not one we accept."""
    for start, media_type in _MAGIC:
        if content.startswith(start):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return next(
            (kind for mark, kind in _OFFICE.items() if mark in content[:4096] or mark in content[-65536:]), None
        )
    return "text/plain" if _is_plain_text(content) else None


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    shown = text.lstrip().lower()
    if shown.startswith("<"):
        return False
    return not any(ord(char) < 32 and char not in "\t\r\n\f" for char in text)


def refusal(content: bytes) -> Words | None:
    """Why this content cannot be taken, or None."""
    if not content:
        return EMPTY
    if len(content) > MAX_BYTES:
        return TOO_LARGE
    return None if media_type_of(content) else NOT_ALLOWED


def safe_name(name: str) -> str:
    """The file's own name without folders, control or direction characters, at most 120 long."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = re.sub(r'[<>:"|?*]+', "_", name).strip(" .")
    if len(name) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: MAX_NAME - 12]}{dot}{ending[:10]}" if dot else name[:MAX_NAME]
    return name or "file"
