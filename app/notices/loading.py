"""A notice's file as an element tree, or words that say why it is not read."""

from lxml import etree

from app import safe_xml
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


_WORDS: dict[str, Words] = {
    "empty": EMPTY,
    "too_big": TOO_LARGE,
    "dtd": HAS_DTD,
    "too_deep": TOO_DEEP,
    "too_many_elements": TOO_DEEP,
    "not_xml": NOT_XML,
}


def parse(xml: bytes) -> etree._Element:
    """The root element. Raises NoticeError for anything that is not small, plain, well-formed XML."""
    try:
        return safe_xml.parse(xml, safe_xml.Limits(MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS))
    except safe_xml.UnsafeXml as unsafe:
        raise NoticeError(_WORDS[unsafe.code]) from None
