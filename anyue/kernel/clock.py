"""What day it is. Business dates are Beijing time; a demonstration or a test may stand on a day of its own."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The business day."""
    return settings.STAND_ON or timezone.localdate()


def now() -> datetime:
    """This moment; on a day stood on, this time of that day."""
    real = timezone.localtime()
    if settings.STAND_ON is None:
        return real
    return datetime.combine(settings.STAND_ON, time(real.hour, real.minute, real.second), tzinfo=real.tzinfo)
