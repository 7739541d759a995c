"""History: every change of a row by a person is one event, written in the transaction it describes."""

from django.db import models, transaction

from . import clock
from .models import AuditEvent


def record(verb: str, row: models.Model, *, by: object, before: str = "", after: str = "") -> None:
    """Add an event; outside a transaction it is a programmer's error."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record() belongs inside the transaction it describes")
    AuditEvent.objects.create(
        at=clock.now(),
        by=str(by),
        verb=verb,
        subject=row._meta.label_lower,
        subject_id=str(row.pk),
        before=before[:500],
        after=after[:500],
    )
