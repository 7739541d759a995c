"""消息: what the system says to a person, and how it went out."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anyue.units.models import Unit

from .accounts import Person


class Message(models.Model):
    """What is said to one person. It stands in the application from the first; `deliveries` carry it outside."""

    class Kind(models.TextChoices):
        DIGEST = "digest", _("每日提醒")
        URGE = "urge", _("督促")
        NEWS = "news", _("通知")

    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(_("标题"), max_length=200)
    words = models.TextField(_("内容"))
    day = models.DateField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], condition=Q(kind="digest"), name="message_one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return self.subject


class Robot(models.Model):
    """群机器人: the robot of a unit's own work group."""

    class Kind(models.TextChoices):
        WECOM = "wecom", _("企业微信")
        DINGTALK = "dingtalk", _("钉钉")
        FEISHU = "feishu", _("飞书")

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="robot")
    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    url = models.CharField(_("Webhook 地址"), max_length=500)
    secret = models.CharField(_("加签密钥"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.unit} {self.kind}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Chainable narrowings of deliveries."""

    def due(self, moment: datetime) -> Self:
        """Those to be sent now: waiting, or left behind by a sender that stopped half-way."""
        return self.filter(state=Delivery.State.WAITING, next_at__lte=moment)


class Delivery(models.Model):
    """One message on its way through one channel: how often it was tried, and what the other side said."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("电子邮件")
        ROBOT = "robot", _("群机器人")
        SMS = "sms", _("短信")

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        REFUSED = "refused", _("被拒收")
        GIVEN_UP = "given_up", _("多次未送达")
        CANCELLED = "cancelled", _("已不需要")

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("对方答复"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["next_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_a_channel"),
            models.CheckConstraint(
                name="delivery_ends_once", condition=Q(state="waiting", ended_at=None) | ~Q(state="waiting") & Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.channel} {self.state}"
