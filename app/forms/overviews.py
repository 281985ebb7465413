"""Page form of asking the market again."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget


class AskAgainForm(FlaskForm):
    """Other regions or criteria, and why."""

    regions = SelectField(_("Where is it delivered?"))
    criteria = SelectMultipleField(
        _("What should suppliers be able to prove?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reason = StringField(
        _("Why do you ask again?"),
        [
            InputRequired(_("Say why; it stands in the list of overviews.")),
            Length(max=300, message=_("Write at most %(max)d characters.")),
        ],
    )
