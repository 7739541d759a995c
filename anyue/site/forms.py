"""What the office types about days."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anyue.kernel.forms import date_box


class DayOffForm(forms.Form):
    """One day that breaks the rule of the week."""

    day = forms.DateField(label=_("日期"), widget=date_box())
    is_off = forms.TypedChoiceField(
        label=_("安排"), choices=[("1", _("放假")), ("0", _("上班"))], coerce=lambda value: value == "1"
    )
    name = forms.CharField(label=_("名称"), max_length=40, required=False)
