"""How dates, amounts, states and kinds are worded on pages."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anyue.campaigns import rules
from anyue.campaigns.models import Task
from anyue.notice import kinds

register = template.Library()
_WEEK = "一二三四五六日"


@register.filter
def day(value: date | None) -> str:
    """6月12日 周一; in English 12 June (Mon)."""
    if value is None:
        return ""
    if get_language() == "en":
        return f"{value.day} {value:%B} ({value:%a})"
    return f"{value.month}月{value.day}日 周{_WEEK[value.weekday()]}"


@register.filter
def kind(code: str) -> str:
    """The label of a task's kind in the reader's language."""
    pair = kinds.labels().get(code)
    return (pair[get_language() == "en"] if pair else code) or code


@register.filter
def quota(task: Task) -> str:
    """每月 1–2 条, 至少 1 次; empty where the notice asks no number."""
    if task.quota_min is None:
        return ""
    per = {"day": _("每日"), "week": _("每周"), "month": _("每月"), "quarter": _("每季度"), "year": _("每年")}.get(task.quota_per, "")
    if task.quota_max is None:
        amount = _("至少 %(n)s %(unit)s") % {"n": task.quota_min, "unit": task.quota_unit}
    elif task.quota_min == 0:
        amount = _("至多 %(n)s %(unit)s") % {"n": task.quota_max, "unit": task.quota_unit}
    else:
        amount = f"{task.quota_min}–{task.quota_max} {task.quota_unit}"
    return f"{per} {amount}".strip()


@register.filter
def squeeze(value: str) -> str:
    """The words without the breaks of lines and the indents between them."""
    return "".join(value.split()) if any("\u4e00" <= c <= "\u9fff" for c in value) else " ".join(value.split())


@register.simple_tag
def mark(state: str, *, words: bool = True) -> SafeString:
    """The mark of a state: shape, colour by class, and its word (visible or for screen readers)."""
    sign, label = rules.STATES[state]
    css = "" if words else "sr"
    return format_html('<span class="mark {}"><span aria-hidden="true">{}</span><span class="{}"> {}</span></span>', state, sign, css, label)


@register.filter
def percent(part: int, whole: int) -> str:
    """Whole percent, rounded down so that nothing is 100 % before it is done; — of nothing."""
    return f"{part * 100 // whole} %" if whole else "—"
