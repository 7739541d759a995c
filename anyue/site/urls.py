"""Addresses of the frame."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import api, views

# The interface asks for its own keys; the sign-in page is for people.
interface = api.api.urls
for pattern in interface[0]:
    if pattern.callback is not None:
        login_not_required(pattern.callback)

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.language, name="language"),
    path("type-size/", views.type_size, name="type_size"),
    path("workdays/", views.workdays, name="workdays"),
    path("parts/", views.parts, name="parts"),
    path("api/v1/", interface),
]
