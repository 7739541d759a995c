"""What people type about campaigns: files, corrections, reasons."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anyue.kernel.forms import date_box
from anyue.kernel.http import number
from anyue.notice import MAX_BYTES, Document, NoticeError, kinds, read

from . import actions
from .models import Task, TaskActor


class NoticeForm(forms.Form):
    """A notice as a file. `cleaned_data["document"]` is the text read from it."""

    file = forms.FileField(
        label=_("通知文件"),
        help_text=_("支持 .docx、.doc、.wps、.pdf、.txt，不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.doc,.wps,.pdf,.txt"}),
    )

    def clean_file(self) -> Any:
        """Read the file; a refusal of the library is shown in the person's language."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_refusal(NoticeError("too_large")))
        self.data_bytes: bytes = file.read()
        try:
            self.document: Document = read(self.data_bytes)
        except NoticeError as error:
            raise ValidationError(_refusal(error)) from error
        return file


def _refusal(error: NoticeError) -> str:
    return error.english if get_language() == "en" else error.chinese


RHYTHMS = r"(?:daily|weekly(?::[A-Z]{3}(?:,[A-Z]{3})*)?|monthly(?::(?:[1-9]|[12]\d|3[01]|end))?|quarterly(?::(?:[1-9]|[12]\d|3[01]|end))?|week:\d{4}-\d{2}#(?:[1-5]|last)|holiday:\S+)"
DUE_RULES = r"(?:weekly:[A-Z]{3}(?:,[A-Z]{3})*|(?:monthly|quarterly):(?:[1-9]|[12]\d|3[01]|end)|daily|(?:campaign_start|campaign_end|issued|event)\+\d{1,3}(?:d|wd|h)|(?:campaign_start|campaign_end|event)-\d{1,3}d|before:\S+)"


def _day(**more: Any) -> forms.DateField:
    limits = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 12, 31))]
    return forms.DateField(required=False, widget=date_box(), validators=limits, **more)


class TaskForm(forms.ModelForm):
    """The reviewer's corrections of one task; actors are fields of their own (see `actors`)."""

    kind = forms.ChoiceField(label=_("类别"))
    window_start = _day(label=_("自"))
    window_end = _day(label=_("至"))
    due_on = _day(label=_("截止日期"))

    class Meta:
        model = Task
        fields = [
            "kind", "strength", "quota_min", "quota_max", "quota_unit", "quota_per",
            "window_start", "window_end", "rhythm", "due_on", "due_rule", "participants", "deliverables",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        self.fields["kind"].choices = [(code, pair[english]) for code, pair in kinds.labels().items()]  # type: ignore[attr-defined]
        per = [("", "—"), ("campaign", _("活动期间")), ("day", _("日")), ("week", _("周")), ("month", _("月")), ("quarter", _("季度")), ("year", _("年"))]
        self.fields["quota_per"] = forms.ChoiceField(label=_("每"), choices=per, required=False)

    def clean_rhythm(self) -> str:
        """A rhythm in the words of the corpus guidelines."""
        return self._matching("rhythm", RHYTHMS)

    def clean_due_rule(self) -> str:
        """A relative deadline in the words of the corpus guidelines."""
        return self._matching("due_rule", DUE_RULES)

    def _matching(self, name: str, pattern: str) -> str:
        value = self.cleaned_data[name].strip()
        if value and not re.fullmatch(pattern, value):
            raise ValidationError(_("请按示例填写，如 weekly:FRI、monthly:25、campaign_end+5wd。"))
        return str(value)

    def clean(self) -> dict[str, Any]:
        """Dates and amounts in order."""
        data = super().clean() or {}
        if data.get("window_start") and data.get("window_end") and data["window_start"] > data["window_end"]:
            self.add_error("window_end", _("结束日期不能早于开始日期。"))
        if data.get("quota_max") is not None and data.get("quota_min") is not None and data["quota_max"] < data["quota_min"]:
            self.add_error("quota_max", _("至多不能小于至少。"))
        return data


def read_actors(post: Any) -> list[actions.ActorChoice]:
    """Actors of a task from the repeated fields actor_name, actor_role, actor_means of its form.

    `actor_means` is "unit:12", "group:3", "rest:3" (the group's members not named elsewhere), "none" (not issued)
    or "" (whom the directory knows by that name, else nobody yet). Anything else is "". Raises ValidationError for an unknown role or too many.
    """
    names, roles, means = (post.getlist(f"actor_{key}") for key in ("name", "role", "means"))
    if not len(names) == len(roles) == len(means) or len(names) > 200:
        raise ValidationError(_("责任单位的填写不完整，请重新打开这项任务。"))
    out = []
    for name, role, meaning in zip(names, roles, means, strict=True):
        if role not in TaskActor.Role.values or "\0" in name:
            raise ValidationError(_("责任单位的填写不完整，请重新打开这项任务。"))
        name = name.strip()[:200]
        sort, _sep, pk = meaning.partition(":")
        if name:
            out.append(
                actions.ActorChoice(
                    name=name,
                    role=role,
                    unit_id=number(pk) if sort == "unit" else None,
                    group_id=number(pk) if sort in ("group", "rest") else None,
                    is_rest=sort == "rest",
                    is_ignored=sort == "none",
                )
            )
    return out


class SpanForm(forms.Form):
    """A stretch of the notice."""

    start = forms.IntegerField(min_value=0)
    end = forms.IntegerField(min_value=1)


class CutForm(forms.Form):
    """Where a task is split."""

    at = forms.IntegerField(min_value=1)


class ProgressForm(forms.Form):
    """What a unit did."""

    amount = forms.IntegerField(label=_("数量"), min_value=0, max_value=10_000_000, initial=1)
    words = forms.CharField(
        label=_("情况说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class WaiverForm(forms.Form):
    """Why a unit need not do it."""

    because = forms.CharField(label=_("豁免理由"), max_length=200)
