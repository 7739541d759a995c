"""What passes between office and units about a campaign beside the work: receipt, reminders, questions asked twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.people.models import Message, Person
from anyue.units.models import Unit

from .assignment import Assignment
from .campaign import Campaign


class Receipt(models.Model):
    """签收: a unit's first opening of a campaign, by whom and when."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="receipts")
    at = models.DateTimeField(_("签收时间"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="receipt_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.at:%Y-%m-%d %H:%M}"


class Reminder(models.Model):
    """提醒: that a message spoke of an assignment. `step` is the day counted from the deadline, None for an urging (督促)."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="reminders")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    step = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "assignment"], name="reminder_once_a_message")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.step}"


class AskedTwice(models.Model):
    """重复要求: a unit says that it was asked the same before, where, and what it answered then."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="asked_twice")
    where = models.CharField(_("在哪里报过"), max_length=200)
    answer = models.CharField(_("当时报的内容"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.CharField(_("答复"), max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(settled_at=None), name="asked_twice_once_open"),
            models.CheckConstraint(
                name="asked_twice_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None, reply="") | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(reply=""),
            ),
        ]

    def __str__(self) -> str:
        return self.where
