"""人员: accounts, each at work in one unit with one role, and their keys."""

from django.conf import settings
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
    def must_have_second_factor(self) -> bool:
        """Whoever reviews and issues notices signs in with more than a password."""
        return bool(settings.SECOND_FACTOR) and self.is_office

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


class CalendarKey(models.Model):
    """The secret part of the address of a person's calendar; whoever has it can read that calendar and nothing else."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_key")
    token = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return str(self.person)
