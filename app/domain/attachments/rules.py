"""What may be uploaded, judged by content; the name is only a label."""

import io
import re
import unicodedata
import zipfile
import zlib

from app.words import Words

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 120

#: First bytes → media type.
_MAGIC = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODF = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")
#: Main part inside an office document → media type; without macros.
_OFFICE = {"word/document.xml": _WORD, "xl/workbook.xml": _EXCEL}
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
MAX_PARTS = 10_000

#: The endings a name may have for each media type; the first is added to a name that has another.
_ENDINGS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "text/plain": (".txt", ".csv", ".md"),
    _WORD: (".docx",),
    _EXCEL: (".xlsx",),
    _ODF[0]: (".odt",),
    _ODF[1]: (".ods",),
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
        return _office_type(content)
    return "text/plain" if _is_plain_text(content) else None


def _office_type(content: bytes) -> str | None:
    """What kind of office document a zip is, by its parts; None for any other zip, and for one with macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            begins_elsewhere = all(part.header_offset for part in parts.infolist())
            has_macros = any(mark in name.lower() for name in names for mark in _MACROS)
            if len(names) > MAX_PARTS or begins_elsewhere or has_macros:
                return None
            found = next((kind for main, kind in _OFFICE.items() if main in names), None)
            return found if found or "mimetype" not in names else _odf_type(parts)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, zlib.error):
        return None


def _odf_type(parts: zipfile.ZipFile) -> str | None:
    with parts.open("mimetype") as said:
        kind = said.read(100).decode("ascii", "replace").strip()
    return kind if kind in _ODF else None


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
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


def fitting_name(name: str, media_type: str) -> str:
    """The safe name, with an ending that says what the content is: a text called x.html becomes x.html.txt."""
    name = safe_name(name)
    endings = _ENDINGS[media_type]
    return name if name.lower().endswith(endings) else name + endings[0]
