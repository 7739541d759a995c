"""A directory as a workbook."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DirectoryForm(forms.Form):
    """An .xlsx in the columns of the export."""

    file = forms.FileField(
        label=_("单位名录（.xlsx）"),
        help_text=_("表头：单位名称、类别、上级单位、行业领域、别名、所属分组、待核实。先导出一份再改最省事。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls"}),
    )
