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
                When(waived_at__isnull=False, then=Value(rules.WAIVED)),
                When(done__gte=F("need"), then=Value(rules.DONE)),
                When(due_on__lt=today, then=Value(rules.OVERDUE)),
                When(reported__gt=0, then=Value(rules.IN_PROGRESS)),
                default=Value(rules.NOT_STARTED),
            )
        )

    def in_states(self, *states: str) -> Self:
        """Rows (of `with_state`) in one of the states."""
        return self.filter(**{"state__in": states})

    def owed(self) -> Self:
        """Assignments that must be done: neither encouraged nor only urged."""
        return self.filter(task__strength=Task.Strength.MUST).exclude(role=TaskActor.Role.SUPERVISE)


class Assignment(models.Model):
    """A task for one unit, one role and one period (派发到单位的任务)."""

    state: str  # of `with_state`, never stored

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=TaskActor.Role)
    period_start = models.DateField()
    period_end = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    need = models.PositiveIntegerField(default=1)
    done = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    waived_because = models.CharField(_("豁免理由"), max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "role", "period_start"], name="assignment_once"),
            models.CheckConstraint(
                name="assignment_waived_with_reason",
                condition=Q(waived_at=None, waived_by=None, waived_because="")
                | Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(waived_because=""),
            ),
        ]
        indexes = [models.Index(fields=["unit", "due_on"], name="assignment_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.task}"


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
