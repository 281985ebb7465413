"""Files: judged by what is in them, named by us, kept once."""

import hashlib
import io
import threading
import time
import zipfile

import pytest

from app.db import db, unit_of_work
from app.domain.accounts.models import Role
from app.domain.attachments import rules
from app.domain.attachments.models import Attachment, FileContent
from app.domain.attachments.operations import add_attachment
from app.domain.attachments.queries import attachments_of, own_attachments
from app.errors import Invalid
from tests.domain.accounts.people import NOW, make_actor, make_unit
from tests.support.together import acting

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def zipped(*names, **contents):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
        for name, content in contents.items():
            parts.writestr(name, content)
    return buffer.getvalue()


class TestContent:
    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            (b"%PDF-1.7\n...", "application/pdf"),
            (b"\x89PNG\r\n\x1a\n....", "image/png"),
            (b"\xff\xd8\xff\xe0....", "image/jpeg"),
            ("Техническа спецификация\r\n\t1;2".encode(), "text/plain"),
            ("\ufeffс отметка за ред".encode(), "text/plain"),
            (zipped("[Content_Types].xml", "word/document.xml"), WORD),
            (zipped("[Content_Types].xml", "xl/workbook.xml"), EXCEL),
            (
                zipped(mimetype="application/vnd.oasis.opendocument.text"),
                "application/vnd.oasis.opendocument.text",
            ),
            (
                zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
                "application/vnd.oasis.opendocument.spreadsheet",
            ),
        ],
    )
    def test_that_is_taken(self, content, media_type):
        assert (rules.refusal(content), rules.media_type_of(content)) == (None, media_type)

    @pytest.mark.parametrize(
        "content",
        [
            b"<html><script>alert(1)</script>",
            b"\n\t <!DOCTYPE html>",
            "\ufeff<html>".encode(),
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
            b"<?xml version='1.0'?><a/>",
            b"MZ\x90\x00\x03",
            b"\x7fELF\x02\x01",
            b"GIF89a\x01\x00",
            zipped("a.exe"),
            zipped("word/other.xml"),
            zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            zipped("Basic/script.xml", mimetype="application/vnd.oasis.opendocument.text"),
            zipped(mimetype="application/vnd.oasis.opendocument.graphics"),
            b"PK\x03\x04 word/document.xml <script>alert(1)</script>",
            b"PK\x03\x04" + zipped("[Content_Types].xml", "word/document.xml")[40:],
            "Windows: община".encode("cp1251"),
            "широки".encode("utf-16"),
            b"text\x00more",
        ],
    )
    def test_that_is_refused(self, content):
        assert rules.refusal(content) == rules.NOT_ALLOWED

    def test_sizes(self):
        assert rules.refusal(b"") == rules.EMPTY
        assert rules.refusal(b"a" * rules.MAX_BYTES) is None
        assert rules.refusal(b"a" * (rules.MAX_BYTES + 1)) == rules.TOO_LARGE


class TestNames:
    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("spec.pdf", "spec.pdf"),
            ("Техническа спецификация (2).PDF", "Техническа спецификация (2).PDF"),
            ("../../etc/passwd", "passwd.pdf"),
            (r"C:\Users\ivan\spec.pdf", "spec.pdf"),
            ("invoice.pdf.exe", "invoice.pdf.exe.pdf"),
            ("page.html", "page.html.pdf"),
            ("gpj.\u202efdp.exe", "gpj.fdp.exe.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
            ('a"b<c>|?*.pdf', "a_b_c_.pdf"),
            ("", "file.pdf"),
            (" . ", "file.pdf"),
        ],
    )
    def test_are_cleaned_and_fit_the_content(self, given, kept):
        assert rules.fitting_name(given, "application/pdf") == kept

    def test_long_ones_keep_their_ending(self):
        name = rules.safe_name("д" * 300 + ".docx")

        assert (len(name) <= rules.MAX_NAME, name.endswith(".docx")) == (True, True)


@pytest.fixture
def expert(any_db_app):
    with unit_of_work():
        return make_actor(Role.EXPERT, make_unit())


def add(content, by, name="spec.txt"):
    with unit_of_work():
        return add_attachment(content, name=name, by=by, now=NOW)


def stored():
    return list(db.session.scalars(db.select(FileContent.sha256)))


class TestKeeping:
    def test_who_when_what(self, expert):
        content = "спецификация".encode()

        kept = add(content, expert)

        facts = (kept.name, kept.media_type, kept.size, kept.sha256, kept.file.content, kept.uploaded_at)
        assert facts == ("spec.txt", "text/plain", 24, hashlib.sha256(content).hexdigest(), content, NOW)
        assert (kept.organisation_id, kept.uploaded_by_id, kept.request_id) == (
            expert.organisation_id, expert.user_id, None,
        )  # fmt: skip

    def test_the_same_bytes_are_kept_once(self, expert):
        first, second = add(b"same", expert, "a.txt"), add(b"same", expert, "b.txt")

        assert [first.name, second.name] == ["a.txt", "b.txt"]
        assert stored() == [first.sha256]

    def test_the_same_bytes_sent_at_once_are_kept_once(self, any_db_app, expert):
        outcomes = []

        def add_too(who):
            with any_db_app.app_context(), unit_of_work():
                outcomes.append(add_attachment(b"same", name="b.txt", by=acting(who), now=NOW).name)

        second = threading.Thread(target=add_too, args=(expert.membership_id,))
        with unit_of_work():
            add_attachment(b"same", name="a.txt", by=expert, now=NOW)
            second.start()
            time.sleep(0.5)
        second.join()

        assert (outcomes, len(stored())) == (["b.txt"], 1)
        assert db.session.scalar(db.select(db.func.count()).select_from(Attachment)) == 2

    def test_a_refusal_says_why_and_keeps_nothing(self, expert):
        with pytest.raises(Invalid) as refusal:
            add(b"<html>", expert)

        assert refusal.value.fields == {"file": rules.NOT_ALLOWED}
        assert stored() == []

    def test_only_the_own_ones_are_given(self, expert):
        with unit_of_work():
            other = make_actor(Role.EXPERT, make_unit())
        mine, theirs = add(b"mine", expert), add(b"theirs", other)

        assert own_attachments([mine.id, theirs.id], expert.organisation_id) == [mine]
        assert attachments_of(1) == []
