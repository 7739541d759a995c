"""Addresses of the frame."""

from django.urls import path

from . import api, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", views.language, name="language"),
    path("type-size/", views.type_size, name="type_size"),
    path("workdays/", views.workdays, name="workdays"),
    path("parts/", views.parts, name="parts"),
    path("api/v1/", api.api.urls),
]
