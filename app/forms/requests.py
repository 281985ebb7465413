"""Page forms around a request: beginning one, bringing a notice, withdrawing."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length


class NoticeForm(FlaskForm):
    """A tender notice from which a draft is filled."""

    notice = FileField(_("The notice as an XML file"), validators=[FileRequired(_("Choose the XML file of a notice."))])
    relation = RadioField(
        _("What is this notice to you?"),
        choices=[
            ("auto", _("Decide by its date: past or awarded ones are models")),
            ("own", _("It is our own notice: take everything")),
            ("model", _("It is a model: take only text, CPV codes and lots")),
        ],
        default="auto",
    )


class WithdrawForm(FlaskForm):
    """Why the help is no longer needed."""

    reason = TextAreaField(
        _("Why do you no longer need help? (optional)"),
        validators=[Length(max=1000, message=_("Write at most %(max)d characters."))],
    )
