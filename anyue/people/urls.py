"""Sign in and out (the pages of allauth that are open here), register as liaison, see who speaks for whom."""

from allauth.account import views as allauth
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from . import provider, rules
from .views import account, liaisons, outside

urlpatterns = [
    path("account/login/", login_not_required(allauth.login), name="account_login"),
    path("account/logout/", login_not_required(allauth.logout), name="account_logout"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path("account/password/set/", allauth.password_set, name="account_set_password"),
    # allauth looks these up; the doors behind them are closed.
    path("account/signup/", login_not_required(allauth.signup), name="account_signup"),
    path("account/inactive/", login_not_required(allauth.account_inactive), name="account_inactive"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/passkey/", login_not_required(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("account/second-factor/", factor.index, name="mfa_index"),
    path("account/second-factor/enter/", login_not_required(factor.authenticate), name="mfa_authenticate"),
    path("account/second-factor/again/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/passkeys/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/remove/", passkey.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index")), name="mfa_remove_webauthn"),
    path("account/sessions/", sessions.ListUserSessionsView.as_view(extra_context={"kept": rules.KEPT["session"]}), name="usersessions_list"),
    *(path(f"account/by/{name}/", outside.enter, {"service": name}, name=f"{name}_login") for name in provider.LOGIN),
    *(path(f"account/by/{name}/back/", outside.callback, {"service": name}, name=f"{name}_callback") for name in provider.LOGIN),
    path("account/by/<int:pk>/unlink/", outside.unlink, name="outside_unlink"),
    path("account/", account.account, name="account"),
    path("account/email/", account.email_set, name="email_set"),
    path("account/robot/", account.robot_set, name="robot_set"),
    path("account/calendar/", account.calendar_key, name="calendar_key"),
    path("messages/", account.message_list, name="messages"),
    path("messages/read/", account.messages_read, name="messages_read"),
    path("join/status/", liaisons.join_status, name="join_status"),
    path("join/enter/", liaisons.join_enter, name="join_enter"),
    path("join/<str:token>/", liaisons.join, name="join"),
    path("join/<str:token>/units/", liaisons.join_units, name="join_units"),
    path("liaisons/", liaisons.liaison_list, name="liaisons"),
    path("liaisons/file/", liaisons.liaison_file, name="liaison_file"),
    path("liaisons/<int:pk>/phone/", liaisons.liaison_phone, name="liaison_phone"),
    path("registrations/<int:pk>/confirm/", liaisons.registration_confirm, name="registration_confirm"),
    path("registrations/<int:pk>/refuse/", liaisons.registration_refuse, name="registration_refuse"),
    path("codes/", liaisons.code_for_all, name="code_for_all"),
    path("codes/sheet/", liaisons.code_sheet, name="code_sheet"),
    path("codes/units/<int:pk>/", liaisons.code_of_unit, name="code_of_unit"),
    path("codes/<int:pk>/revoke/", liaisons.code_revoke, name="code_revoke"),
    path("codes/<int:pk>/flood/", liaisons.code_flood, name="code_flood"),
]
