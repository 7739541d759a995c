"""本单位活动方案: what a unit makes of the tasks it was given: who leads, who answers for what, whom it visits."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.people.models import Person
from anyue.units.models import Unit

from .campaign import Campaign, Task


class Plan(models.Model):
    """One unit's plan (活动方案) for a campaign. Its tasks are the unit's assignments; only what is added is kept here."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="plans")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    title = models.CharField(_("标题"), max_length=200)
    leaders = models.TextField(_("领导小组"), max_length=2000, blank=True)
    funds = models.DecimalField(_("经费（万元）"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)])
    funds_words = models.CharField(_("经费用途"), max_length=300, blank=True)
    demands = models.TextField(_("工作要求"), max_length=3000, blank=True)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="plan_once_a_unit"),
            models.CheckConstraint(
                name="plan_issued_by_somebody",
                condition=Q(issued_at=None, issued_by=None) | Q(issued_at__isnull=False, issued_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_issued(self) -> bool:
        """Whether it holds, and is seen by those above."""
        return self.issued_at is not None


class PlanItem(models.Model):
    """Who in the unit answers for a task (责任人), and how it is to be done (具体措施)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    task = models.ForeignKey(Task, models.CASCADE, related_name="+")
    person = models.CharField(_("责任人"), max_length=60, blank=True)
    how = models.CharField(_("具体措施"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "task"], name="plan_item_once_a_task")]

    def __str__(self) -> str:
        return f"{self.person} {self.task}"


class Visit(models.Model):
    """督导检查: the unit looks in on one of its own, writes what it found, and follows it up."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="visits")
    day = models.DateField(_("日期"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("督导单位"))
    found = models.TextField(_("发现的情况"), max_length=2000, blank=True)
    follow_up = models.CharField(_("整改要求"), max_length=500, blank=True)
    follow_up_by = models.DateField(_("整改期限"), null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_words = models.CharField(_("整改结果"), max_length=500, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(name="visit_asks_after_finding", condition=Q(follow_up="") | ~Q(found="")),
            models.CheckConstraint(name="visit_day_for_what_is_asked", condition=Q(follow_up_by=None) | ~Q(follow_up="")),
            models.CheckConstraint(
                name="visit_settled_in_words",
                condition=Q(settled_on=None, settled_words="") | Q(settled_on__isnull=False) & ~Q(settled_words="") & ~Q(follow_up=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.unit}"

    @property
    def is_open(self) -> bool:
        """Whether something was asked of the unit that is not settled."""
        return bool(self.follow_up) and self.settled_on is None
