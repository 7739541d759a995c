"""What people type about campaigns: files, corrections, reasons."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anyue.kernel.forms import date_box
from anyue.kernel.http import number
from anyue.notice import MAX_BYTES, Document, NoticeError, in_words, kinds, read, rule_of
from anyue.units.models import Unit
from anyue.units.queries import Directory

from . import actions
from .models import Campaign, Plan, Task, TaskActor, Visit


class NoticeForm(forms.Form):
    """A notice as a file. `cleaned_data["document"]` is the text read from it."""

    file = forms.FileField(
        label=_("通知文件"),
        help_text=_("支持 .docx、.doc、.wps、.pdf、.txt，不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.doc,.wps,.pdf,.txt"}),
    )
    again = forms.BooleanField(label=_("这份通知导入过，仍要再导入一次"), required=False, widget=forms.HiddenInput)

    def offer_again(self) -> None:
        """Refuse a file that is known, and ask whether it is meant."""
        self.add_error(None, _("这份通知已经导入过。如确要再导入一次，请重新选择文件并勾选下面一项。"))
        self.fields["again"].widget = forms.CheckboxInput()

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


MOST = 9_999_999  # of anything that a notice asks a unit for


def _day(**more: Any) -> forms.DateField:
    limits = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 12, 31))]
    return forms.DateField(required=False, widget=date_box(), validators=limits, **more)


class TaskForm(forms.ModelForm):
    """The reviewer's corrections of one task; actors are fields of their own (see `actors`)."""

    kind = forms.ChoiceField(label=_("类别"))
    window_start = _day(label=_("自"))
    window_end = _day(label=_("至"))
    due_on = _day(label=_("截止日期"))
    rhythm = forms.CharField(label=_("频次"), max_length=80, required=False, widget=forms.TextInput({"placeholder": _("如 每周五")}))
    due_rule = forms.CharField(label=_("相对期限"), max_length=80, required=False, widget=forms.TextInput({"placeholder": _("如 活动结束后5日内")}))
    quota_min = forms.IntegerField(label=_("至少"), min_value=0, max_value=MOST, required=False)
    quota_max = forms.IntegerField(label=_("至多"), min_value=0, max_value=MOST, required=False)

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
        for name in ("rhythm", "due_rule"):
            self.initial[name] = in_words(self.initial.get(name, ""), due=name == "due_rule", english=english)
        per = [("", "—"), ("campaign", _("活动期间")), ("day", _("日")), ("week", _("周")), ("month", _("月")), ("quarter", _("季度")), ("year", _("年"))]
        self.fields["quota_per"] = forms.ChoiceField(label=_("每"), choices=per, required=False)

    def clean_rhythm(self) -> str:
        """The code of a rhythm, typed in words or as the code."""
        return self._matching("rhythm", RHYTHMS)

    def clean_due_rule(self) -> str:
        """The code of a relative deadline, typed in words or as the code."""
        return self._matching("due_rule", DUE_RULES)

    def _matching(self, name: str, pattern: str) -> str:
        value = self.cleaned_data[name].strip()
        rule = value if re.fullmatch(pattern, value) else rule_of(value) or ""
        if value and (not re.fullmatch(pattern, rule) or len(rule) > 40):
            raise ValidationError(_("请照这样填写：每周五前、每月25日前、活动结束后5个工作日内。"))
        return rule

    def clean(self) -> dict[str, Any]:
        """Dates and amounts in order."""
        data = super().clean() or {}
        if data.get("window_start") and data.get("window_end") and data["window_start"] > data["window_end"]:
            self.add_error("window_end", _("结束日期不能早于开始日期。"))
        if data.get("quota_max") is not None and data.get("quota_min") is not None and data["quota_max"] < data["quota_min"]:
            self.add_error("quota_max", _("至多不能小于至少。"))
        return data


class Names:
    """What the fields name, role, means and unit of a page say of printed names.

    `means` is "unit:12", "group:3", "rest:3" (the group's members not named elsewhere), "none" (not issued) or ""
    (not said). `unit` is a name of the directory, typed; where it is given it counts, not the choice beside it.
    Every method raises ValidationError for what the page cannot have sent, and for a typed name nobody has.
    """

    def __init__(self, post: Any, campaign: Campaign, prefix: str) -> None:
        names, means, units = (post.getlist(f"{prefix}_{key}") for key in ("name", "means", "unit"))
        self._columns = [names, means, units or [""] * len(names)]
        self._roles = post.getlist(f"{prefix}_role")
        self._campaign = campaign
        self._directory: Directory | None = None
        self.wrong: dict[str, str] = {}  # what is wrong with a name's line, by name
        if any(len(column) != len(names) for column in self._columns) or len(names) > 500 or "\0" in "".join(names):
            raise ValidationError(_("责任单位的填写不完整，请重新打开这一页。"))

    def actors(self) -> list[actions.ActorChoice]:
        """The actors of one task; lines without a name are left out."""
        if len(self._roles) != len(self._columns[0]) or not set(self._roles) <= set(TaskActor.Role.values):
            raise ValidationError(_("责任单位的填写不完整，请重新打开这一页。"))
        said = [actions.ActorChoice(name, role, self._checked(name, code, typed)) for name, role, code, typed in self.lines()]
        self._refuse_wrong()
        return said

    def lines(self) -> list[tuple[str, str, str, str]]:
        """(name, role, means, unit) as typed, of the lines that say anything; a unit without a name is its own name."""
        roles = self._roles or [""] * len(self._columns[0])
        rows = zip(*self._columns, roles, strict=False)
        return [((name.strip() or typed.strip())[:200], role, code, typed) for name, code, typed, role in rows if name.strip() or typed.strip()]

    def _checked(self, name: str, code: str, typed: str) -> actions.Meaning:
        try:
            return self._meaning(code, typed)
        except ValidationError as error:
            self.wrong[name] = error.messages[0]
            return actions.Meaning()

    def _refuse_wrong(self) -> None:
        if self.wrong:
            raise ValidationError(list(self.wrong.values()))

    def meanings(self) -> dict[str, actions.Meaning]:
        """Whom each name means, of those about which something was said."""
        said = {name: self._checked(name, code, typed) for name, _role, code, typed in self.lines()}
        self._refuse_wrong()
        return {name: meaning for name, meaning in said.items() if not meaning.is_open}

    def _meaning(self, code: str, typed: str) -> actions.Meaning:
        if typed.strip():
            return self._typed(typed.strip())
        sort, _sep, pk = code.partition(":")
        return actions.Meaning(
            unit_id=number(pk) if sort == "unit" else None,
            group_id=number(pk) if sort in ("group", "rest") else None,
            is_rest=sort == "rest",
            is_ignored=sort == "none",
        )

    def _typed(self, name: str) -> actions.Meaning:
        self._directory = self._directory or Directory(self._campaign.area, self._campaign.start_on)
        found = self._directory.resolve(name)
        if found.unit is not None:
            return actions.Meaning(unit_id=found.unit.pk)
        if found.group is not None:
            return actions.Meaning(group_id=found.group.pk, is_rest=found.is_rest)
        near = "、".join(item.name for item in found.suggestions[:3])
        if near:
            raise ValidationError(_("名录中没有“%(name)s”。相近的有：%(near)s。") % {"name": name[:50], "near": near})
        raise ValidationError(_("名录中没有“%(name)s”，请先在单位名录中添加，或选择“不派发”。") % {"name": name[:50]})


class AddForm(forms.Form):
    """Words of the notice that make a task, with where they begin and end where the page knows it."""

    words = forms.CharField(max_length=3000, strip=False)
    start = forms.IntegerField(min_value=0, required=False)
    end = forms.IntegerField(min_value=1, required=False)

    def span(self, text: str) -> tuple[int, int]:
        """Where the words stand in the notice. Raises ValidationError where they do not, or stand more than once."""
        words, start, end = (self.cleaned_data[key] for key in ("words", "start", "end"))
        if start is not None and end is not None and _joined(text[start:end]) == _joined(words):
            return start, end
        pattern = r"\s*".join(map(re.escape, _joined(words)))
        found = [match.span() for match in re.finditer(pattern, text)] if pattern else []
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("这段文字在正文中出现 %(n)s 次，请多选几个字。") % {"n": len(found)})
        raise ValidationError(_("正文中没有这段文字，请从左边的正文中选取或复制。"))


def _joined(words: str) -> str:
    return "".join(words.split())


class CutForm(forms.Form):
    """Where a task is split."""

    at = forms.IntegerField(min_value=1)


class ProgressForm(forms.Form):
    """What a unit did."""

    amount = forms.IntegerField(label=_("数量"), min_value=0, max_value=10_000_000, initial=1)
    words = forms.CharField(
        label=_("情况说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Nothing done and nothing said is no report."""
        data = super().clean() or {}
        if data.get("amount") == 0 and not data.get("words", "").strip():
            self.add_error("words", _("数量为 0 时，请写明情况。"))
        return data


class WaiverForm(forms.Form):
    """Why a unit need not do it, and until when."""

    because = forms.CharField(label=_("豁免理由"), max_length=200)
    waived_until = _day(label=_("豁免至"), help_text=_("留空表示一直豁免；到期后重新计入。"))


class ExtensionForm(forms.Form):
    """Until when a unit has time, and why."""

    until = forms.DateField(label=_("延期至"), widget=date_box())
    extended_because = forms.CharField(label=_("延期理由"), max_length=200)


class DelegationForm(forms.Form):
    """To which of the units below a task goes on, how much each, by when."""

    units = forms.TypedMultipleChoiceField(label=_("下派给"), coerce=int, required=False)
    kinds = forms.MultipleChoiceField(required=False)
    need = forms.IntegerField(label=_("每个单位完成"), min_value=1, max_value=MOST, initial=1)
    due_on = _day(label=_("给下级的期限"))

    def __init__(self, *args: Any, below: list[Unit], due_on: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._below = below
        labels = dict(Unit.Kind.choices)
        self.by_kind = {kind: [unit for unit in below if unit.kind == kind] for kind in labels if any(unit.kind == kind for unit in below)}
        self.fields["units"].choices = [(unit.pk, unit.name) for unit in below]  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind, labels[kind]) for kind in self.by_kind]  # type: ignore[attr-defined]
        self.initial["due_on"] = due_on

    def groups(self) -> list[tuple[str, str, list[tuple[Unit, bool]], bool]]:
        """(kind, its label, its units with whether each is ticked, whether the kind is) as the page lists them."""
        ticked = self.data.getlist("units") if self.is_bound else []  # type: ignore[attr-defined]
        kinds_ = self.data.getlist("kinds") if self.is_bound else []  # type: ignore[attr-defined]
        labels = dict(self.fields["kinds"].choices)  # type: ignore[attr-defined]
        return [(kind, labels[kind], [(unit, str(unit.pk) in ticked) for unit in units], kind in kinds_) for kind, units in self.by_kind.items()]

    def chosen(self) -> list[Unit]:
        """The units ticked, one by one or by kind."""
        units, kinds_ = set(self.cleaned_data["units"]), self.cleaned_data["kinds"]
        return [unit for unit in self._below if unit.pk in units or unit.kind in kinds_]


class RemindDaysForm(forms.Form):
    """On which days around a deadline who still owes is reminded."""

    before = forms.CharField(label=_("到期前几天"), required=False, max_length=40, help_text=_("如 7、3；留空表示不提前提醒。"))
    on_day = forms.BooleanField(label=_("到期当天"), required=False)
    after = forms.CharField(label=_("到期后几天"), required=False, max_length=40, help_text=_("如 1、3；最后一次同时告诉督促单位。"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        steps = campaign.remind_steps
        days = {"before": [-step for step in reversed(steps) if step < 0], "after": [step for step in steps if step > 0]}
        super().__init__(*args, **kwargs)
        self.initial = {name: "、".join(map(str, found)) for name, found in days.items()} | {"on_day": 0 in steps}

    def _days(self, name: str) -> list[int]:
        words = re.split(r"[\s、,，;；]+", self.cleaned_data[name].strip())
        days = [number(word) for word in words if word]
        if len(days) > 5 or not all(day and day <= 60 for day in days):
            raise ValidationError(_("请写 1 到 60 的天数，最多 5 个，用顿号隔开。"))
        return [day for day in days if day]

    def clean_before(self) -> list[int]:
        """Days counted back from the deadline."""
        return self._days("before")

    def clean_after(self) -> list[int]:
        """Days counted on from it."""
        return self._days("after")

    def steps(self) -> list[int]:
        """As a campaign keeps them: -3 three days before, 0 on the day."""
        data = self.cleaned_data
        return sorted({*(-day for day in data["before"]), *([0] if data["on_day"] else []), *data["after"]})


class AskedTwiceForm(forms.Form):
    """Where the same was asked before, and what was answered."""

    where = forms.CharField(label=_("在哪里报过"), max_length=200, widget=forms.TextInput({"placeholder": _("如 市局 5 月报表")}))
    answer = forms.CharField(label=_("当时报的内容"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}))


class ReplyForm(forms.Form):
    """What the office says to that."""

    reply = forms.CharField(label=_("答复"), max_length=200)


class PlanForm(forms.ModelForm):
    """What a unit's plan says beside its tasks; who answers for each task stands in fields of its own (`items`)."""

    class Meta:
        model = Plan
        fields = ["title", "leaders", "funds", "funds_words", "demands"]
        widgets = {
            "leaders": forms.Textarea({"rows": 4, "placeholder": _("组长：姓名 职务\n副组长：姓名 职务\n成员：姓名、姓名")}),
            "demands": forms.Textarea({"rows": 4}),
        }

    def items(self, tasks: Iterable[int]) -> dict[int, tuple[str, str]]:
        """(who, how) of those tasks about which the page says something."""
        return {
            task: (self.data.get(f"person_{task}", "").strip()[:60], self.data.get(f"how_{task}", "").strip()[:300])
            for task in tasks
            if f"person_{task}" in self.data
        }


class VisitForm(forms.ModelForm):
    """Whom the unit visits, and when."""

    day = forms.DateField(label=_("日期"), widget=date_box())
    unit = forms.TypedChoiceField(label=_("督导单位"), coerce=int)

    class Meta:
        model = Visit
        fields = ["day", "unit"]

    def __init__(self, *args: Any, below: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._below = {unit.pk: unit for unit in below}
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in below]  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """The unit chosen."""
        return self._below[self.cleaned_data["unit"]]


class FindingForm(forms.ModelForm):
    """What a visit found and asks."""

    follow_up_by = _day(label=_("整改期限"))

    class Meta:
        model = Visit
        fields = ["found", "follow_up", "follow_up_by"]
        widgets = {"found": forms.Textarea({"rows": 2})}
