"""Page forms around versions of a process: uploading a change, publishing it."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from app.errors import N_, Invalid


class UploadForm(FlaskForm):
    """Changed files of a process and a word about the change."""

    files = MultipleFileField(_("BPMN and DMN files"))
    note = TextAreaField(
        _("What did you change, and why? (optional)"),
        validators=[Length(max=2000, message=_("Write at most %(max)d characters."))],
    )

    def contents(self) -> dict[str, bytes]:
        """The chosen files by name. Raises Invalid for two of the same name."""
        chosen = [file for file in self.files.data or [] if file and file.filename]
        found = {file.filename: file.read() for file in chosen}
        if len(found) < len(chosen):
            raise Invalid(N_("Two of the files have the same name. Choose each file once."))
        return found


class PublishForm(FlaskForm):
    """The version its publisher saw in use."""

    instead_of = IntegerField(widget=HiddenInput(), validators=[Optional()])


class SetAsideForm(FlaskForm):
    """Nothing but the token against forged requests."""
