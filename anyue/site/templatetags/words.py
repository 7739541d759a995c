"""How dates, amounts, states and kinds are worded on pages."""

from datetime import date, datetime

import segno
from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from anyue.campaigns import rules
from anyue.campaigns.models import Task
from anyue.campaigns.queries import Cell
from anyue.kernel import clock
from anyue.notice import kinds
from anyue.people import queries as people_queries
from anyue.people import rules as people_rules

register = template.Library()
_WEEK = "一二三四五六日"


@register.filter
def day(value: date | datetime | None) -> str:
    """6月12日（周一）; in English Mon 12 June. Another year than this one is said."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = localtime(value).date()
    other_year = value.year != clock.today().year
    if get_language() == "en":
        return f"{value.day} {value:%B}{value: %Y}" if other_year else f"{value:%a} {value.day} {value:%B}"
    return f"{value.year}年" * other_year + f"{value.month}月{value.day}日（周{_WEEK[value.weekday()]}）"


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


@register.simple_tag
def cells(row: list[Cell | None]) -> SafeString:
    """The cells of one line of the board. Drawn here because a board has thousands: a template takes a second for them.

    Nothing in them was typed by anybody: a state's code, sign and word, and a number.
    """
    words = {state: (sign, escape(str(label))) for state, (sign, label) in rules.STATES.items()}
    link = reverse("campaigns:assignment", args=[0])
    out = []
    for cell in row:
        if cell is None:
            out.append("<td></td>")
            continue
        sign, word = words[cell.state]
        css = f"c {cell.state} encouraged" if cell.encouraged else f"c {cell.state}"
        out.append(
            f'<td><a class="{css}" href="{link.replace("0", str(cell.assignment_id))}" aria-label="{word}">{sign}</a></td>'
        )
    return mark_safe("".join(out))  # noqa: S308  # see above


@register.filter
def percent(part: int, whole: int) -> str:
    """Whole percent, rounded down so that nothing is 100 % before it is done; — of nothing."""
    return f"{part * 100 // whole} %" if whole else "—"


@register.filter
def masked(phone: str) -> str:
    """A number as lists show it."""
    return people_rules.masked(phone)


@register.filter
def few(rows: list[object]) -> str:
    """The first names of a list, and how many there are: 甲、乙、丙等 8 个."""
    names = "、".join(str(row) for row in rows[:3])
    return _("%(names)s等 %(n)s 个") % {"names": names, "n": len(rows)} if len(rows) > 3 else names


@register.filter
def device(agent: str) -> str:
    """A browser and a system, as people call them."""
    return people_rules.device_of(agent)


@register.simple_tag
def outside_doors() -> dict[str, str]:
    """Services by which one may sign in here, and their names."""
    return people_queries.outside_doors()


@register.simple_tag
def qr(link: str) -> SafeString:
    """The link as a QR code, drawn in the page: dark on light whatever the scheme, since scanners want it so."""
    drawn = segno.make(link, error="m").svg_inline(omitsize=True, light="#fff", border=4)
    return format_html('<span role="img" aria-label="{}">{}</span>', _("二维码"), mark_safe(drawn))  # noqa: S308  # segno's own drawing of modules


_REASONS = {
    "own_subject": _lazy("句中写明主体"),
    "governing_subject": _lazy("沿用前面的主体"),
    "heading_units": _lazy("标题中的责任单位"),
    "bracket_units": _lazy("括号中的责任单位"),
    "line_units": _lazy("责任单位一行"),
    "issuer_only": _lazy("只有发文单位能办"),
    "addressees": _lazy("未写主体，按主送单位"),
    "issuer": _lazy("未写主体，按发文单位"),
    "table_cell": _lazy("任务表中的一格"),
    "verb_later": _lazy("有主体和要求，动词在后"),
    "modal_only": _lazy("有主体和要求，动词未识别"),
    "by_hand": _lazy("人工添加"),
    "merged": _lazy("由两项合并"),
    "step_of_check": _lazy("上一项检查的后续"),
    "same_gathering": _lazy("同一场活动"),
    "same_activity": _lazy("同一项活动"),
    "task_before": _lazy("随上一项"),
    "handed_in": _lazy("按报送内容"),
    "likeness": _lazy("与同类任务相似"),
}


@register.filter
def reasons(codes: str) -> str:
    """Why a task was found, in words: 动词“组织”；类别依据“演练”."""
    out = []
    for code in codes.split():
        name, _sep, words = code.partition(":")
        shown = _REASONS.get(words) or (f"“{words}”" if words else "")
        if name == "verb":
            out.append(_("动词%(words)s") % {"words": shown})
        elif name == "kind":
            out.append(_("类别依据%(words)s") % {"words": shown})
        elif name in _REASONS:
            out.append(str(_REASONS[name]))
    return "；".join(out)
