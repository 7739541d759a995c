"""What every app needs and no business noun: history, days off."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what to which row, and when. No foreign keys: it outlives what it records."""

    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("操作人"), max_length=150)
    verb = models.CharField(_("操作"), max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-at"], name="audit_of_subject")]

    def __str__(self) -> str:
        return f"{self.by} {self.verb} {self.subject}:{self.subject_id}"


class DayOff(models.Model):
    """A day that breaks the rule of the week (调休): a weekday off, or a weekend worked."""

    day = models.DateField(_("日期"), unique=True)
    is_off = models.BooleanField(_("放假"))
    name = models.CharField(_("名称"), max_length=40, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
