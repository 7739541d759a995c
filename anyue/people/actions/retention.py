"""Persons' data ends when its purpose does."""

from datetime import date, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Max

from anyue.kernel import audit

from .. import rules
from ..models import Message, Person, Registration


@transaction.atomic
def forget_expired(*, by: object, today: date) -> int:
    """Deletes what `rules.KEPT` no longer allows to keep. Returns how many rows. Accounts stay as nameless rows, because
    what they did is on record."""
    old = today - timedelta(rules.KEPT["registration"].days)
    stale = Registration.objects.exclude(state=Registration.State.CONFIRMED).filter(made_at__date__lt=old)
    n, _rows = stale.delete()
    n += Message.objects.filter(day__lt=today - timedelta(rules.KEPT["message"].days)).delete()[0]
    SessionStore.clear_expired()
    # Run out, ended by another password, or of an account that was closed.
    n += sum(bool(row.purge()) for row in UserSession.objects.all())
    ended = today - timedelta(rules.KEPT["liaison"].days)
    former = (
        Person.objects.filter(is_active=False)
        .exclude(last_name="", phone="", post="")
        .annotate(ended=Max("terms__until"))
        .filter(ended__lt=ended)
    )
    for person in former:
        person.registrations.all().delete()
        person.last_name = person.first_name = person.phone = person.post = person.email = ""
        person.save(update_fields=["last_name", "first_name", "phone", "post", "email"])
        audit.record("person.forgotten", person, by=by)
        n += 1
    return n
