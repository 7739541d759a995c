"""Sign in and out (the pages of allauth that are open here), register as liaison, see who speaks for whom."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views

urlpatterns = [
    path("account/login/", login_not_required(allauth.login), name="account_login"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path("account/password/set/", allauth.password_set, name="account_set_password"),
    # allauth looks these up; the doors behind them are closed.
    path("account/signup/", login_not_required(allauth.signup), name="account_signup"),
    path("account/inactive/", login_not_required(allauth.account_inactive), name="account_inactive"),
    path("account/reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("join/status/", views.join_status, name="join_status"),
    path("join/enter/", views.join_enter, name="join_enter"),
    path("join/<str:token>/", views.join, name="join"),
    path("join/<str:token>/units/", views.join_units, name="join_units"),
    path("liaisons/", views.liaison_list, name="liaisons"),
    path("liaisons/file/", views.liaison_file, name="liaison_file"),
    path("liaisons/<int:pk>/phone/", views.liaison_phone, name="liaison_phone"),
    path("registrations/<int:pk>/confirm/", views.registration_confirm, name="registration_confirm"),
    path("registrations/<int:pk>/refuse/", views.registration_refuse, name="registration_refuse"),
    path("codes/", views.code_for_all, name="code_for_all"),
    path("codes/sheet/", views.code_sheet, name="code_sheet"),
    path("codes/units/<int:pk>/", views.code_of_unit, name="code_of_unit"),
    path("codes/<int:pk>/revoke/", views.code_revoke, name="code_revoke"),
]
