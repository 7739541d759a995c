"""Sign in, sign out, change the password: the pages of allauth that are open here."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

urlpatterns = [
    path("login/", login_not_required(views.login), name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/", views.password_change, name="account_change_password"),
    # allauth looks these up; the doors behind them are closed.
    path("signup/", login_not_required(views.signup), name="account_signup"),
    path("inactive/", login_not_required(views.account_inactive), name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
]
