"""联络员: who speaks for a unit, and who says that they do."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.units.models import Unit

from .accounts import Person


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
