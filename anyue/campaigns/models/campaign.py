"""活动: a campaign, its notice, and the tasks the notice sets."""

import re
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anyue.notice import DOUBTFUL
from anyue.people.models import Person
from anyue.units.models import Group, Unit

from .. import rules


class Campaign(models.Model):
    """One stretch of activities set off by a notice (安全生产月 2023)."""

    area = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns", verbose_name=_("范围"))
    name = models.CharField(_("名称"), max_length=200)
    theme = models.CharField(_("主题"), max_length=200, blank=True)
    start_on = models.DateField(_("开始"))
    end_on = models.DateField(_("结束"))
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(_("派发时间"), null=True, blank=True)
    remind_days = models.CharField(_("提醒日"), max_length=60, default="-3 0 1 3")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    # A draft of a corrected notice; it goes when it is applied.
    corrects = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="correction")

    class Meta:
        ordering = ["-start_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="campaign_correction_is_a_draft", condition=Q(corrects=None) | Q(confirmed_at=None)),
            models.CheckConstraint(name="campaign_ends_after_start", condition=Q(end_on__gte=F("start_on"))),
            models.CheckConstraint(
                name="campaign_confirmed_by_somebody",
                condition=Q(confirmed_at=None, confirmed_by=None) | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        """Whether its tasks have been issued to units."""
        return self.confirmed_at is not None


    @property
    def remind_steps(self) -> list[int]:
        """The days counted from a deadline on which who still owes is reminded: -3 three days before, 0 on the day."""
        return sorted({int(word) for word in self.remind_days.split()})


class Event(models.Model):
    """A dated gathering of the notice: shown in calendars, owed by nobody."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="events")
    title = models.CharField(_("名称"), max_length=60)
    day = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=100, blank=True)

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """An official document as it came: original bytes, their hash, its text and what its head says."""

    original = models.FileField(upload_to="notices/%Y")
    filename = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    title = models.CharField(_("标题"), max_length=300, blank=True)
    issuer = models.CharField(_("发文单位"), max_length=200, blank=True)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"))
    recipients = models.TextField(_("主送"), blank=True)
    # Section path to the words of its heading, as printed: shown, never filtered by.
    headings = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.filename


class Notice(Letter):
    """The document (通知) that sets a campaign off; its tasks' quotes are slices of its text."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="notice")

    def heading_of(self, section: str) -> str:
        """The words of a section's heading, of the nearest one above that has any; "" where none has."""
        while section:
            if section in self.headings:
                return str(self.headings[section])
            section = section.rpartition("/")[0]
        return ""


class FormerNotice(Letter):
    """What a campaign's notice was before a correction."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="former_notices")
    replaced_at = models.DateTimeField(_("更正时间"))
    replaced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-replaced_at", "-pk"]


class TaskQuerySet(models.QuerySet["Task"]):
    """Chainable narrowings of tasks."""

    def kept(self) -> Self:
        """Tasks the reviewer has not struck out."""
        return self.filter(struck_at=None)


class Task(models.Model):
    """One duty as the notice states it: the words that impose it, and what they say of who, how much, when."""

    class Strength(models.TextChoices):
        MUST = "must", _("必须")
        ENCOURAGE = "encourage", _("鼓励")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    section = models.CharField(_("条目"), max_length=60, blank=True)
    quote = models.TextField(_("原文"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(_("类别"), max_length=20)
    strength = models.CharField(_("要求"), max_length=10, choices=Strength, default=Strength.MUST)
    participants = models.CharField(_("面向"), max_length=500, blank=True)
    deliverables = models.CharField(_("报送材料"), max_length=500, blank=True)
    quota_min = models.PositiveIntegerField(_("至少"), null=True, blank=True)
    quota_max = models.PositiveIntegerField(_("至多"), null=True, blank=True)
    quota_unit = models.CharField(_("计量单位"), max_length=10, blank=True)
    quota_per = models.CharField(_("每"), max_length=10, blank=True)
    window_start = models.DateField(_("自"), null=True, blank=True)
    window_end = models.DateField(_("至"), null=True, blank=True)
    rhythm = models.CharField(_("频次"), max_length=40, blank=True)
    due_on = models.DateField(_("截止日期"), null=True, blank=True)
    due_rule = models.CharField(_("截止规则"), max_length=40, blank=True)
    confidence = models.FloatField(default=1.0)
    reasons = models.CharField(max_length=500, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    # In a correction: the issued task that this one is the new wording of.
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "position", "pk"]
        constraints = [
            models.CheckConstraint(name="task_quotes_something", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="task_quota_in_order",
                condition=Q(quota_min=None) | Q(quota_max=None) | Q(quota_max__gte=F("quota_min")),
            ),
            models.CheckConstraint(
                name="task_merged_is_struck", condition=Q(merged_into=None) | Q(struck_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:40]

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look before it is issued."""
        return self.reviewed_at is None and self.confidence < DOUBTFUL

    @property
    def is_merged(self) -> bool:
        """Whether it was put together from others, which can be undone."""
        return self.reasons.endswith("merged")

    @property
    def need(self) -> int:
        """How many make one assignment done."""
        return max(1, self.quota_min or 1)

    @property
    def cuts(self) -> list[tuple[int, str]]:
        """(offset, the words that follow) of every place where the quote may be split in two."""
        return [
            (self.start + found.end(), "".join(self.quote[found.end() :].split())[:16])
            for found in re.finditer(r"[，、；。：]|并|和|及", self.quote)
            if found.end() < len(self.quote)
        ]

    @property
    def timing(self) -> rules.Timing:
        """Its columns of time, as the rules take them."""
        return rules.Timing(
            self.window_start, self.window_end, self.rhythm, self.due_on, self.due_rule, self.quota_per
        )


class TaskActorQuerySet(models.QuerySet["TaskActor"]):
    """Chainable narrowings of actors."""

    def open(self) -> Self:
        """Names nobody has explained."""
        return self.filter(unit=None, group=None, is_ignored=False)


class TaskActor(models.Model):
    """One printed name of those answerable for a task, and the unit or group it was found to mean."""

    class Role(models.TextChoices):
        RESPONSIBLE = "responsible", _("责任")
        LEAD = "lead", _("牵头")
        SUPPORT = "support", _("配合")
        SUPERVISE = "supervise", _("督促")

    task = models.ForeignKey(Task, models.CASCADE, related_name="actors")
    name = models.CharField(_("原文称谓"), max_length=200)
    role = models.CharField(_("角色"), max_length=12, choices=Role, default=Role.RESPONSIBLE)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    is_rest = models.BooleanField(_("其余成员"), default=False)
    is_ignored = models.BooleanField(_("不派发"), default=False)

    objects = TaskActorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "name", "role"], name="task_actor_once_a_role"),
            models.CheckConstraint(name="task_actor_means_one_thing", condition=Q(unit=None) | Q(group=None)),
        ]

    def __str__(self) -> str:
        return self.name

    def copied_to(self, task: Task) -> "TaskActor":
        """The same said of another task (not saved)."""
        said = {name: getattr(self, name) for name in ("name", "role", "unit_id", "group_id", "is_rest", "is_ignored")}
        return TaskActor(task=task, **said)

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet whom the name means."""
        return self.unit_id is None and self.group_id is None and not self.is_ignored
