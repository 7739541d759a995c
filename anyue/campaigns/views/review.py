"""The breakdown beside the notice: correct, add, split, merge, explain names."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel.http import number, page
from anyue.people.access import who
from anyue.units.queries import all_groups

from .. import access, actions, queries
from ..forms import AddForm, CutForm, Names, TaskForm
from ..models import Campaign, Task


@require_safe
def campaign_review(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    return _review(request, campaign, _chosen(request, campaign))


def _chosen(request: HttpRequest, campaign: Campaign) -> Task | None:
    wanted = number(request.GET.get("task", ""))
    tasks = campaign.tasks.all()
    if wanted is not None:
        return tasks.filter(pk=wanted).first()
    doubtful = tasks.kept().filter(reviewed_at=None).order_by("confidence", "position").first()
    return doubtful or tasks.kept().first()


def _review(
    request: HttpRequest, campaign: Campaign, chosen: Task | None, form: TaskForm | None = None, names: Names | None = None
) -> HttpResponse:
    review = queries.review(campaign, chosen)
    actors = queries.actors_to_review(chosen, campaign) if chosen else []
    if chosen and names is not None:
        actors = queries.actors_typed(names.lines(), names.wrong, chosen, campaign)
    context = {
        "campaign": campaign,
        "review": review,
        "heading": campaign.notice.heading_of(chosen.section) if chosen else "",
        "chosen": chosen,
        "form": form or (TaskForm(instance=chosen) if chosen else None),
        "actors": actors,
        "roles": queries.ROLES,
        "groups": all_groups(),
    }
    return page(request, "campaigns/review.html", context, fragment="campaigns/_review_work.html")


@require_http_methods(["GET", "POST"])
def task_correct(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    if request.method == "GET":  # a refused page, read again in another language or size
        return _stay(task)
    form = TaskForm(request.POST, instance=task)
    names = actors = None
    try:
        if "actor_name" in request.POST:
            names = Names(request.POST, task.campaign, "actor")
            actors = names.actors()
    except ValidationError as error:
        form.add_error(None, error)
    if not form.is_valid():
        return _review(request, task.campaign, Task.objects.get(pk=task.pk), form, names)
    access.check_meanings(who(request), [actor.meaning for actor in actors or []])
    actions.correct_task(task, by=who(request), fields=form.cleaned_data, actors=actors)
    if actors == []:
        messages.warning(request, _("这项任务现在没有责任单位，派发前要补上。"))
    return _next(task)


def _next(task: Task) -> HttpResponse:
    """On to the next task nobody has looked at, the doubtful first."""
    following = queries.next_to_review(task)
    url = redirect("campaigns:review", task.campaign_id)
    if following is not None:
        url["Location"] += f"?task={following.pk}"
    return url


@require_POST
def task_accept(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    actions.accept_task(task, by=who(request))
    return _next(task)


@require_POST
def task_strike(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    actions.strike_task(task, by=who(request))
    messages.success(request, _("已删除：%(words)s。可在页面最下方恢复。") % {"words": " ".join(task.quote.split())[:24]})
    return _next(task)


@require_POST
def task_restore(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    actions.restore_task(task, by=who(request))
    return _stay(task)


def _stay(task: Task) -> HttpResponse:
    url = redirect("campaigns:review", task.campaign_id)
    url["Location"] += f"?task={task.pk}"
    return url


@require_POST
def task_split(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    form = CutForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请在这项任务的原文中间选择拆分的位置。"))
        return _stay(task)
    return _stay(actions.split_task(task, by=who(request), at=form.cleaned_data["at"]))


@require_POST
def task_merge(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    second = queries.task_after(task)
    if second is None:
        messages.error(request, _("后面没有可以合并的任务。"))
        return _stay(task)
    return _stay(actions.merge_tasks(task, by=who(request), second=second))


@require_POST
def task_unmerge(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    part = task.parts.order_by("start").first()
    actions.unmerge_task(task, by=who(request))
    return _stay(part or task)


@require_POST
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请在通知正文中选取要作为任务的文字。"))
        return redirect("campaigns:review", campaign.pk)
    try:
        start, end = form.span(campaign.notice.text)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("campaigns:review", campaign.pk)
    if there := queries.task_at(campaign, start, end):
        messages.error(request, _("这段文字与这项任务重叠。可以先拆分或删除这一项。"))
        return _stay(there)
    return _stay(actions.add_task(campaign, by=who(request), start=start, end=end))


@require_http_methods(["GET", "POST"])
def campaign_names(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    rows = queries.names_to_explain(campaign)
    context: dict[str, Any] = {"campaign": campaign, "groups": all_groups()}
    if request.method == "POST":
        names = None
        try:
            names = Names(request.POST, campaign, "name")
            meanings = names.meanings()
        except ValidationError as error:
            context["wrong"] = error.messages
            rows = queries.names_typed(rows, names.lines(), names.wrong) if names else rows
        else:
            access.check_meanings(who(request), meanings.values())
            n = actions.explain_names(campaign, by=who(request), meanings=meanings)
            messages.success(request, _("已保存 %(n)s 个称谓的对应。") % {"n": n})
            return redirect("campaigns:names", campaign.pk)
    context["rows"] = rows
    return page(request, "campaigns/names.html", context, status=422 if "wrong" in context else 200)
