"""Where each address leads."""

from django.urls import include, path

urlpatterns = [
    path("", include("anyue.site.urls")),
    path("", include("anyue.campaigns.urls")),
    path("units/", include("anyue.units.urls")),
    path("", include("anyue.people.urls")),
]
