"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anyue.kernel import clock
from anyue.people.access import who
from anyue.people.queries import n_unread

from . import demo


def chrome(request: HttpRequest) -> dict[str, Any]:
    """The day stood on (None: today), whether this is the demonstration, and large type."""
    return {
        "stands_on": settings.STAND_ON,
        "is_demo": settings.DEMO,
        "today": clock.today(),
        "demo_cast": [(name, label) for name, _unit, _role, label in demo.CAST] if settings.DEMO else [],
        "demo_password": demo.PASSWORD if settings.DEMO else "",
        "n_unread": n_unread(who(request)) if request.user.is_authenticated else 0,
        "large_type": request.COOKIES.get("large") == "1",
    }
