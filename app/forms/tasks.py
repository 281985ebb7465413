"""Page forms around a task: taking it, giving it to somebody else."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length


class HandOverForm(FlaskForm):
    """Who gets the task, and why."""

    to = SelectField(_("To whom?"), coerce=int, validators=[InputRequired(_("Choose a person."))])
    reason = StringField(
        _("Why? (they will see it)"), validators=[Length(max=300, message=_("Write at most %(max)d characters."))]
    )
