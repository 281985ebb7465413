"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from app.domain.accounts.rules import PASSWORD_MAX, PASSWORD_MIN


class SignInForm(FlaskForm):
    """No rules beyond "not empty": anything else would tell which accounts exist."""

    email = EmailField(_("E-mail"), [InputRequired(_("Write your e-mail."))])
    password = PasswordField(_("Password"), [InputRequired(_("Write your password."))])


class PasswordForm(FlaskForm):
    """A new password for oneself."""

    old = PasswordField(_("Present password"), [InputRequired(_("Write your present password."))])
    new = PasswordField(
        _("New password"),
        [
            InputRequired(_("Write the new password.")),
            Length(PASSWORD_MIN, PASSWORD_MAX, _("A password has at least %(min)d characters.")),
        ],
    )
    again = PasswordField(_("New password again"), [EqualTo("new", _("The two new passwords differ."))])
