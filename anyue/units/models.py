"""单位: the tree of those who act, their other names, and the groups a notice addresses."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Digits only, fixed width: paths sort alike under every collation, and a subtree is one range of an index.
STEP = 8
MAX_DEPTH = 19  # below a root; the column holds twenty steps
NAME_LENGTH, SECTOR_LENGTH = 100, 40


class UnitQuerySet(models.QuerySet["Unit"]):
    """Chainable narrowings of units."""

    def within(self, unit: "Unit") -> Self:
        """The unit itself and all below it. A range, not LIKE: SQLite answers that from the index."""
        return self.filter(path__gte=unit.path, path__lt=unit.path_end)

    def on(self, day: date) -> Self:
        """Units that exist on the day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Unit(models.Model):
    """A unit (单位) that can owe something: office, banner, township, department, enterprise, school, village."""

    class Kind(models.TextChoices):
        BANNER = "banner", _("旗（县）")
        OFFICE = "office", _("安委办")
        DEPARTMENT = "department", _("部门")
        TOWNSHIP = "township", _("苏木镇")
        ZONE = "zone", _("开发区")
        ENTERPRISE = "enterprise", _("企业")
        SCHOOL = "school", _("学校")
        VILLAGE = "village", _("嘎查村")
        COMMUNITY = "community", _("社区")
        ASSOCIATION = "association", _("群团组织")

    name = models.CharField(_("单位名称"), max_length=NAME_LENGTH)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    sector = models.CharField(_("行业领域"), max_length=SECTOR_LENGTH, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级单位")
    )
    path = models.CharField(max_length=(MAX_DEPTH + 1) * STEP, editable=False, default="", db_index=True)
    valid_from = models.DateField(_("自"), null=True, blank=True)
    valid_to = models.DateField(_("至"), null=True, blank=True)
    is_assumed = models.BooleanField(_("待核实"), default=False)
    is_invented = models.BooleanField(_("虚构"), default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_under_parent"),
            models.CheckConstraint(
                name="unit_ends_after_start",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path_end(self) -> str:
        """The first path that sorts after every path below this unit."""
        return self.path + ":"

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // STEP - 1

    def is_open(self, day: date) -> bool:
        """Whether the unit exists on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to >= day)

    def contains(self, other: "Unit") -> bool:
        """Whether `other` is this unit or stands below it."""
        return other.path.startswith(self.path)


class Alias(models.Model):
    """Another name under which notices print a unit: a short form, a former name, its account."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField(_("别名"), max_length=NAME_LENGTH, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="alias_once_a_unit")]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A set of units that notices address by one phrase: by rule (all of some kinds) or by name."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    kinds = models.CharField(_("类别"), max_length=200, blank=True, help_text=_("以空格分隔；空白即按名单"))
    sectors = models.CharField(_("行业领域"), max_length=200, blank=True)
    members = models.ManyToManyField(Unit, related_name="groups", blank=True, verbose_name=_("成员"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class GroupPhrase(models.Model):
    """A phrase that means a group: 各苏木镇, 安委会各成员单位."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="phrases")
    phrase = models.CharField(_("称呼"), max_length=60, unique=True)

    def __str__(self) -> str:
        return self.phrase
