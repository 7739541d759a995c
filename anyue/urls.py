"""Where each address leads."""

from django.urls import include, path

from anyue.campaigns.views.contact import calendar_feed

urlpatterns = [
    path("", include("anyue.site.urls")),
    path("", include("anyue.campaigns.urls")),
    # People name it on their own page, below campaigns: so it stands outside any app's names.
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("units/", include("anyue.units.urls")),
    path("", include("anyue.people.urls")),
]
