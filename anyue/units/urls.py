"""Addresses of the directory."""

from django.urls import path

from . import views

app_name = "units"
urlpatterns = [
    path("", views.unit_list, name="list"),
    path("names/", views.unit_names, name="names"),
    path("add/", views.unit_add, name="add"),
    path("import/", views.directory_import, name="import"),
    path("export.xlsx", views.directory_export, name="export"),
]
