"""What is refused, and what a person is told."""

import pytest

from app.notices import NoticeError, loading, read_notice

UBL = "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"


def refused(content: bytes):
    with pytest.raises(NoticeError) as caught:
        read_notice(content)
    return caught.value.words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", loading.EMPTY),
        (b"   \n", loading.EMPTY),
        (b"PK\x03\x04 a zip", loading.NOT_XML),
        (b"%PDF-1.7", loading.NOT_XML),
        (b"<TED_EXPORT><open></TED_EXPORT>", loading.NOT_XML),
        (b"\xff\xfe\x00", loading.NOT_XML),
        (b'<?xml version="1.0" encoding="no-such-code"?><a/>', loading.NOT_XML),
        (b"<a>" * 61 + b"</a>" * 61, loading.TOO_DEEP),
        (b"<a>" + b"<b/>" * 200_001 + b"</a>", loading.TOO_DEEP),
        (b"<a>" + b" " * 5 * 1024 * 1024 + b"</a>", loading.TOO_LARGE),
        (b"<!DOCTYPE a><a/>", loading.HAS_DTD),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', loading.HAS_DTD),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), loading.HAS_DTD),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(content, words):
    assert refused(content) == words


def test_an_entity_bomb_is_refused_before_it_grows():
    bomb = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{10 * f"&{before};"}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert refused((bomb + "]><a>&i;</a>").encode()) == loading.HAS_DTD


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>TED</body></html>",
        b"<rss/>",
        b"<TED_EXPORT/>",
        b"<TED_EXPORT><FORM_SECTION/></TED_EXPORT>",
        b'<TED_EXPORT><FORM_SECTION><F02_2014 LG="BG"/></FORM_SECTION></TED_EXPORT>',
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>',
        f'<ContractNotice xmlns="{UBL}"/>'.encode(),
    ],
)
def test_xml_that_is_no_notice_is_refused_in_both_languages(content):
    words = refused(content)

    assert set(words) == {"bg", "en"}
    assert all(words.values())


def test_a_notice_in_the_old_cyrillic_code_page_is_read():
    xml = (
        '<?xml version="1.0" encoding="windows-1251"?><TED_EXPORT><FORM_SECTION><F02_2014 FORM="F02" LG="BG">'
        "<OBJECT_CONTRACT><TITLE><P>Улично осветление</P></TITLE></OBJECT_CONTRACT>"
        "</F02_2014></FORM_SECTION></TED_EXPORT>"
    )

    assert read_notice(xml.encode("windows-1251")).title == "Улично осветление"
