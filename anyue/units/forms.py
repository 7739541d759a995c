"""A directory as a workbook, and one unit by hand."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .actions import Row
from .models import NAME_LENGTH, SECTOR_LENGTH, Unit


class DirectoryForm(forms.Form):
    """An .xlsx in the columns of the export."""

    file = forms.FileField(
        label=_("单位名录（.xlsx）"),
        help_text=_("表头：单位名称、类别、上级单位、行业领域、别名、所属分组、待核实。先导出一份再改最省事。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls"}),
    )


class UnitForm(forms.Form):
    """A new unit somewhere under `area`."""

    name = forms.CharField(label=_("单位名称"), max_length=NAME_LENGTH)
    kind = forms.ChoiceField(label=_("类别"), choices=Unit.Kind.choices, initial=Unit.Kind.ENTERPRISE)
    parent = forms.CharField(label=_("上级单位"), max_length=NAME_LENGTH, required=False)
    sector = forms.CharField(label=_("行业领域"), max_length=SECTOR_LENGTH, required=False)
    aliases = forms.CharField(label=_("别名"), max_length=400, required=False, help_text=_("通知里可能用的其他叫法，用顿号分开。"))

    def __init__(self, *args: object, area: Unit, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._area = area
        self.fields["parent"].widget.attrs.update({"list": "unit-names", "placeholder": area.name, "autocomplete": "off"})

    def clean_name(self) -> str:
        """A name nobody under the area has."""
        name = str(self.cleaned_data["name"])
        if Unit.objects.within(self._area).filter(name=name).exists():
            raise ValidationError(_("名录里已有“%(name)s”。"), params={"name": name})
        return name

    def clean_parent(self) -> str:
        """The name of a unit under the area; "" for the area itself."""
        name = str(self.cleaned_data["parent"])
        if name in ("", self._area.name):
            return ""
        if not Unit.objects.within(self._area).filter(name=name).exists():
            raise ValidationError(_("找不到上级单位“%(name)s”。"), params={"name": name})
        return name

    def clean_aliases(self) -> list[str]:
        """The other names, one by one."""
        aliases = [alias for alias in re.split(r"[、，,;；\s]+", self.cleaned_data["aliases"]) if alias]
        if any(len(alias) > NAME_LENGTH for alias in aliases):
            raise ValidationError(_("别名超过 100 字。"))
        taken = Unit.objects.within(self._area).filter(Q(name__in=aliases) | Q(aliases__name__in=aliases)).first()
        if taken:
            raise ValidationError(_("这个别名已经指“%(name)s”。"), params={"name": taken.name})
        return aliases

    def row(self) -> Row:
        """The unit as one line of a directory."""
        return Row(**self.cleaned_data)
