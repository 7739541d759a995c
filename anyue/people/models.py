"""人员: accounts, each at work in one unit with one role; who speaks for a unit, and who says that they do."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.units.models import Unit


class Person(AbstractUser):
    """Somebody who signs in. What they may do follows from the role, what they see from the unit."""

    class Role(models.TextChoices):
        OFFICE = "office", _("安委办")
        LIAISON = "liaison", _("联络员")
        MEDIA = "media", _("融媒体中心")
        ENTERPRISE = "enterprise", _("企业安全管理人员")

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("所在单位")
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role, default=Role.LIAISON)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="person_office_has_unit", condition=~Q(role="office") | Q(unit__isnull=False)
            ),
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone="") & Q(is_active=True), name="person_phone_once"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or (self.username if self.is_active else str(_("原联络员")))

    @property
    def is_office(self) -> bool:
        """Whether the person works in the office that issues notices."""
        return self.role == self.Role.OFFICE

    @property
    def area(self) -> Unit | None:
        """The unit whose subtree the person sees: for the office the banner it works for."""
        if self.unit is not None and self.is_office and self.unit.parent is not None:
            return self.unit.parent
        return self.unit


class ApiToken(models.Model):
    """A key for the HTTP interface; only its SHA-256 is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"


class Term(models.Model):
    """联络员任期: from when to when a person speaks for a unit. A unit has one liaison at a time, a person one unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="terms")
    since = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(until=None), name="term_one_liaison_a_unit"),
            models.UniqueConstraint(fields=["person"], condition=Q(until=None), name="term_one_unit_a_liaison"),
            models.CheckConstraint(name="term_ends_after_start", condition=Q(until=None) | Q(until__gte=models.F("since"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.person}"


class JoinCode(models.Model):
    """登记码: what the QR code on the wall leads to. For one unit, or (`for_all`) for every unit below it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="join_codes")
    for_all = models.BooleanField(default=False)
    token = models.CharField(max_length=32, unique=True)
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.unit} {self.expires_on}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Chainable narrowings of registrations."""

    def waiting(self) -> Self:
        """Those nobody has decided on."""
        return self.filter(state=Registration.State.WAITING)

    def within(self, unit: Unit) -> Self:
        """Registrations for the unit and all below it."""
        return self.filter(unit__path__gte=unit.path, unit__path__lt=unit.path_end)

    def since(self, moment: datetime) -> Self:
        """Those made after the moment."""
        return self.filter(made_at__gt=moment)


class Registration(models.Model):
    """联络员登记: somebody says to speak for a unit; somebody who knows them says yes or no.

    No account comes from it before that. `key` is the hash of a secret that only the device holds which sent it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("未通过")

    code = models.ForeignKey(JoinCode, models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registrations", verbose_name=_("单位"))
    name = models.CharField(_("姓名"), max_length=30)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=20)
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(_("时间"))
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(_("理由"), max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="registrations")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="registration_decided_by_somebody",
                condition=Q(state="waiting", decided_at=None, decided_by=None, person=None)
                | Q(state="confirmed", decided_at__isnull=False, decided_by__isnull=False, person__isnull=False)
                | Q(state="refused", decided_at__isnull=False, decided_by__isnull=False, person=None) & ~Q(because=""),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="registration_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"
