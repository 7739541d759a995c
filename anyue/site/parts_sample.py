"""Sample rows for the page of parts, so that every shared piece shows without a database."""

from datetime import date
from typing import Any

from django import forms

from anyue.campaigns.models import Assignment, Campaign, Task
from anyue.units.models import Unit


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="单位名称", help_text="帮助文字")
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label="文件")
    words = forms.CharField(label="情况说明", widget=forms.Textarea(attrs={"rows": 3}))


def context() -> dict[str, Any]:
    """Context of the page."""
    campaign = Campaign(name="示例活动", start_on=date(2023, 6, 1), end_on=date(2023, 6, 30))
    task = Task(campaign=campaign, quote="至少组织一次应急演练", kind="drill", quota_min=1, quota_unit="次", section="四/（五）")
    row = Assignment(pk=1, task=task, unit=Unit(name="示例单位"), due_on=date(2023, 6, 30), need=1)
    row.state = "overdue"
    wrong = SampleForm({"name": ""})
    return {"row": row, "sample_form": SampleForm(), "wrong_form": wrong}
