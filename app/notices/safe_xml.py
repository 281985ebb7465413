"""Reading XML from strangers: size and depth are limited, document type declarations are refused before parsing."""

from xml.parsers import expat

from lxml import etree

from app.notices.model import NoticeError
from app.words import Words

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 60
MAX_ELEMENTS = 200_000

EMPTY = {"bg": "Файлът е празен.", "en": "The file is empty."}
TOO_LARGE = {
    "bg": "Файлът е по-голям от 5 MB. Качете само XML файла на обявлението.",
    "en": "The file is larger than 5 MB. Upload only the notice's XML file.",
}
NOT_XML = {
    "bg": "Това не е XML файл. Изтеглете обявлението от TED като XML и качете него.",
    "en": "This is not an XML file. Download the notice from TED as XML and upload that.",
}
HAS_DTD = {
    "bg": "Файлът съдържа декларация на тип документ (DTD). От съображения за сигурност такива файлове не се четат.",
    "en": "The file has a document type declaration (DTD). For safety such files are not read.",
}
TOO_DEEP = {
    "bg": "Файлът е прекалено сложен, за да бъде обявление: твърде много вложени или твърде много елементи.",
    "en": "The file is too complex to be a notice: elements nested too deep, or too many of them.",
}


class _Refused(Exception):
    def __init__(self, words: Words) -> None:
        super().__init__(words["en"])
        self.words = words


def parse(xml: bytes) -> etree._Element:
    """The root element. Raises NoticeError for anything that is not small, plain, well-formed XML."""
    if not xml.strip():
        raise NoticeError(EMPTY)
    if len(xml) > MAX_BYTES:
        raise NoticeError(TOO_LARGE)
    try:
        _inspect(xml)
        return etree.fromstring(xml, _parser())
    except _Refused as refused:
        raise NoticeError(refused.words) from None
    except (expat.ExpatError, etree.XMLSyntaxError, ValueError, LookupError):
        raise NoticeError(NOT_XML) from None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _inspect(xml: bytes) -> None:
    """Walk the file once with a reader that stops at the first thing it refuses."""
    depth = count = 0

    def refuse_dtd(*_: object) -> None:
        raise _Refused(HAS_DTD)

    def enter(*_: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise _Refused(TOO_DEEP)

    def leave(*_: object) -> None:
        nonlocal depth
        depth -= 1

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = refuse_dtd
    reader.EntityDeclHandler = refuse_dtd
    reader.StartElementHandler = enter
    reader.EndElementHandler = leave
    reader.Parse(xml, True)
