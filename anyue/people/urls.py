"""Sign in and out (the pages of allauth that are open here), register as liaison, see who speaks for whom."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from .views import account, liaisons

urlpatterns = [
    path("account/login/", login_not_required(allauth.login), name="account_login"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path("account/password/set/", allauth.password_set, name="account_set_password"),
    # allauth looks these up; the doors behind them are closed.
    path("account/signup/", login_not_required(allauth.signup), name="account_signup"),
    path("account/inactive/", login_not_required(allauth.account_inactive), name="account_inactive"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
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
