"""What a person types to register, and the office to decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anyue.kernel import clock
from anyue.kernel.forms import date_box
from anyue.units.models import NAME_LENGTH, Unit

from . import queries, rules
from .models import JoinCode, Robot


class JoinForm(forms.Form):
    """Unit, name, post, phone. The unit is chosen among what was found, or typed as the directory has it."""

    unit = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    words = forms.CharField(
        label=_("单位"), max_length=NAME_LENGTH, required=False,
        widget=forms.TextInput({"placeholder": _("输入单位名称中的几个字"), "autocomplete": "organization"}),
    )
    name = forms.CharField(label=_("姓名"), max_length=30, widget=forms.TextInput({"autocomplete": "name"}))
    post = forms.CharField(label=_("职务（可不填）"), max_length=60, required=False, widget=forms.TextInput({"autocomplete": "organization-title"}))
    phone = forms.CharField(label=_("电话"), max_length=30, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}))

    def __init__(self, *args: Any, code: JoinCode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code = code
        self.found: list[Unit] = []

    def clean_phone(self) -> str:
        """The number as it is kept."""
        number = rules.phone_of(self.cleaned_data["phone"])
        if number is None:
            raise ValidationError(_("请填写 11 位手机号，或带区号的座机号。"))
        return number

    def clean(self) -> dict[str, Any]:
        """The unit: the code's own, the one chosen, or the only one of that name."""
        data = super().clean() or {}
        if not self._code.for_all:
            data["chosen"] = self._code.unit
            return data
        self.found = queries.units_to_join(self._code, data.get("words", "").strip(), on=clock.today())
        ticked = next((unit for unit in self.found if unit.pk == data.get("unit")), None)
        if ticked is None and len(self.found) == 1:
            ticked = self.found[0]
        if ticked is None:
            many = _("请在下面找到的单位中选一个。") if self.found else _("没有找到这个单位。请输入名称中的几个字，如“能源”；仍找不到请联系安委办。")
            self.add_error("words", many)
        data["chosen"] = ticked
        return data


class CodeForm(forms.Form):
    """Until when a code is good."""

    expires_on = forms.DateField(label=_("有效期至"), widget=date_box())


class RefusalForm(forms.Form):
    """Why not."""

    because = forms.CharField(label=_("理由"), max_length=200)


class EmailForm(forms.Form):
    """Where reminders go beside the application."""

    email = forms.EmailField(label=_("电子邮箱"), required=False, widget=forms.EmailInput({"autocomplete": "email"}))


class RobotForm(forms.Form):
    """The robot of the unit's own group; an empty address takes it away."""

    kind = forms.ChoiceField(label=_("群机器人"), choices=Robot.Kind.choices)
    url = forms.CharField(label=_("Webhook 地址"), max_length=500, required=False)
    secret = forms.CharField(label=_("加签密钥"), max_length=200, required=False, widget=forms.PasswordInput({"autocomplete": "off"}, render_value=False))
