"""派发到单位的任务: what a unit owes of a task, and what was reported towards it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from anyue.people.models import Person
from anyue.units.models import Unit

from .. import rules
from .campaign import Task, TaskActor


def waived_on(day: date) -> Q:
    """Rows excused on the day: a waiver may end."""
    return Q(waived_at__isnull=False) & (Q(waived_until=None) | Q(waived_until__gte=day))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Chainable narrowings of assignments."""

    def within(self, unit: Unit) -> Self:
        """Assignments of the unit and all below it."""
        return self.filter(unit__path__gte=unit.path, unit__path__lt=unit.path_end)

    def with_state(self, today: date) -> Self:
        """Each row with its `state` on the day; the same table as `rules.state`, in SQL."""
        return self.annotate(
            state=Case(
                When(role=TaskActor.Role.SUPERVISE, then=Value(rules.WATCHING)),
                When(waived_on(today), then=Value(rules.WAIVED)),
                When(done__gte=F("need"), then=Value(rules.DONE)),
                When(due_on__lt=today, then=Value(rules.OVERDUE)),
                When(reported__gt=0, then=Value(rules.IN_PROGRESS)),
                default=Value(rules.NOT_STARTED),
            )
        )

    def unmet(self, today: date) -> Self:
        """Rows of which something is still to be done on the day: neither done nor excused, nor only urged."""
        return self.filter(done__lt=F("need")).exclude(waived_on(today)).exclude(role=TaskActor.Role.SUPERVISE)

    def asked_by_the_notice(self) -> Self:
        """Without what units passed on to their own: the part counts in the whole already."""
        return self.filter(parent=None)

    def in_states(self, *states: str) -> Self:
        """Rows (of `with_state`) in one of the states."""
        return self.filter(**{"state__in": states})

    def owed(self) -> Self:
        """Assignments that must be done: neither encouraged nor only urged."""
        return self.filter(task__strength=Task.Strength.MUST).exclude(role=TaskActor.Role.SUPERVISE)


class Assignment(models.Model):
    """A task for one unit, one role and one period (派发到单位的任务).

    `done` holds what the unit reported itself and what those reported to whom it passed the task on (`children`).
    """

    state: str  # of `with_state`, never stored

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=TaskActor.Role)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    period_start = models.DateField()
    period_end = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    need = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    waived_because = models.CharField(_("豁免理由"), max_length=200, blank=True, default="")
    waived_until = models.DateField(_("豁免至"), null=True, blank=True)
    first_due_on = models.DateField(_("原定期限"), null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    extended_because = models.CharField(_("延期理由"), max_length=200, blank=True, default="")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "role", "period_start"], name="assignment_once"),
            models.CheckConstraint(
                name="assignment_waived_with_reason",
                condition=Q(waived_at=None, waived_by=None, waived_because="", waived_until=None)
                | Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_because=""),
            ),
            models.CheckConstraint(
                name="assignment_extended_with_reason",
                condition=Q(extended_at=None, extended_by=None, extended_because="", first_due_on=None)
                | Q(extended_at__isnull=False, extended_by__isnull=False, first_due_on__isnull=False, due_on__gt=F("first_due_on"))
                & ~Q(extended_because=""),
            ),
            models.CheckConstraint(name="assignment_done_on_when_done", condition=Q(done_on=None) | Q(done__gte=F("need"))),
        ]
        indexes = [models.Index(fields=["unit", "due_on"], name="assignment_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.task}"

    @property
    def residue(self) -> int:
        """What is still to be done: what it owes less what was done, by itself or by those it passed the task on to."""
        return max(0, self.need - self.done)

    def is_waived(self, day: date) -> bool:
        """Whether it is excused on the day."""
        return self.waived_at is not None and (self.waived_until is None or self.waived_until >= day)


class Progress(models.Model):
    """What a unit says it did towards an assignment. Append-only: the counters of the assignment are its sums, and
    what was wrong is taken back by a reversing row."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="progress")
    amount = models.IntegerField(_("数量"))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    words = models.CharField(_("情况说明"), max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="progress_only_reversals_take_away",
                condition=Q(reverses=None, amount__gte=0) | Q(reverses__isnull=False, amount__lte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.amount:+}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether a later row takes it back (rows with `reversed_by` selected ask no query)."""
        return hasattr(self, "reversed_by")
