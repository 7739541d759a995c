"""What is typed or sent by a device as second factor. The forms are allauth's; labels and what they refuse are ours."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

# What fido2 raises, deep inside, at credentials that no device made.
NONSENSE = (AssertionError, AttributeError, LookupError, OverflowError, RuntimeError, TypeError, ValueError, struct.error)


class _Code(forms.Form):
    """A code of six digits, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("验证码")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "20"}


class ActivateApp(_Code, ActivateTOTPForm):
    """The first code of an app that was just set up."""


class UseCode(_Code, AuthenticateForm):
    """A code to sign in."""


class ConfirmByCode(_Code, ReauthenticateForm):
    """A code before something that matters."""


class _Credential(forms.Form):
    """What a device answered; anything else is refused and is no error of the server."""

    def full_clean(self) -> None:
        """Django's hook."""
        try:
            super().full_clean()
        except NONSENSE:
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))


class AddPasskey(_Credential, AddWebAuthnForm):
    """A new passkey."""

    name = forms.CharField(label=_("名称"), help_text=_("例如：办公室电脑、我的手机"), required=False, max_length=60)
    passwordless = forms.BooleanField(label=_("以后只用它登录，不输密码"), required=False)


class UsePasskey(_Credential, AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ConfirmByPasskey(_Credential, ReauthenticateWebAuthnForm):
    """A passkey before something that matters."""


class EnterByPasskey(_Credential, LoginWebAuthnForm):
    """A passkey instead of the password."""
