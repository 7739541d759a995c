"""One's own account: messages, where reminders go, the calendar's private address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anyue.kernel.http import page, paged

from .. import access, actions, queries
from ..access import who
from ..forms import EmailForm, RobotForm


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    rows = paged(request, access.messages_of(who(request)), per_page=30)
    return page(request, "people/messages.html", {"rows": rows})


@require_POST
def messages_read(request: HttpRequest) -> HttpResponse:
    actions.read_messages(who(request), by=who(request))
    return redirect("messages")


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person = who(request)
    robot = access.robot_of(person)
    key = access.calendar_key_of(person)
    context = {
        "doors": queries.outside_doors(),
        "linked": access.outside_accounts_of(who(request)),
        "has_factor": queries.has_second_factor(person),
        "email": EmailForm(initial={"email": person.email}),
        "robot": robot,
        "robot_form": RobotForm(initial={"kind": robot.kind, "url": robot.url, "secret": robot.secret} if robot else None),
        "calendar": request.build_absolute_uri(reverse("calendar_feed", args=[key.token])) if key else "",
    }
    return page(request, "people/account.html", context)


@require_POST
def email_set(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST)
    if form.is_valid():
        actions.set_email(who(request), by=who(request), email=form.cleaned_data["email"])
        messages.success(request, _("已保存。"))
    else:
        messages.error(request, _("这不是电子邮箱地址，没有保存。"))
    return redirect("account")


@require_POST
def robot_set(request: HttpRequest) -> HttpResponse:
    unit = access.unit_with_robot(who(request))
    form = RobotForm(request.POST)
    if form.is_valid():
        actions.set_robot(unit, by=who(request), **form.cleaned_data)
        messages.success(request, _("已保存。"))
    else:
        messages.error(request, _("机器人的设置不完整，没有保存。"))
    return redirect("account")


@require_POST
def calendar_key(request: HttpRequest) -> HttpResponse:
    actions.make_calendar_key(who(request), by=who(request))
    messages.success(request, _("日历地址已生成。请只给自己用。"))
    return redirect("account")
