"""Pages of campaigns: import, review, issue, board, one assignment, my tasks."""

from itertools import groupby
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock, progress
from anyue.kernel.http import bound, number, page, paged
from anyue.paperwork import breakdown_table
from anyue.people.models import Person
from anyue.units.models import Unit
from anyue.units.queries import all_groups

from . import access, actions, queries, rules
from .forms import CutForm, NoticeForm, ProgressForm, SpanForm, TaskForm, WaiverForm, read_actors
from .models import Campaign, Task


def who(request: HttpRequest) -> Person:
    """The person signed in (the middleware lets nobody else through)."""
    return cast(Person, request.user)


@require_http_methods(["GET", "POST"])
def notice_import(request: HttpRequest) -> HttpResponse:
    access.require_office(who(request))
    form = bound(NoticeForm, request)
    if request.method == "GET" or not form.is_valid():
        return page(request, "campaigns/notice_import.html", {"form": form})
    campaign = actions.import_notice(
        form.document, by=who(request), filename=form.cleaned_data["file"].name, data=form.data_bytes
    )
    n = campaign.tasks.count()
    if n:
        messages.success(request, ngettext("读出 %(n)s 项任务，请核对。", "读出 %(n)s 项任务，请核对。", n) % {"n": n})
    else:
        messages.warning(request, _("没有读出任务：这份文件里没有对单位提出的要求。您仍可在正文中选取文字添加。"))
    return redirect("campaigns:review", campaign.pk)


@require_safe
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_for(who(request), pk)
    tasks = campaign.tasks.kept().prefetch_related("actors__unit", "actors__group")
    chapters = [(section, list(rows)) for section, rows in groupby(tasks, key=lambda task: task.section)]
    context = {"campaign": campaign, "chapters": chapters}
    return page(request, "campaigns/detail.html", context)


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


def _review(request: HttpRequest, campaign: Campaign, chosen: Task | None, form: TaskForm | None = None) -> HttpResponse:
    review = queries.review(campaign, chosen)
    context = {
        "campaign": campaign,
        "review": review,
        "chosen": chosen,
        "form": form or (TaskForm(instance=chosen) if chosen else None),
        "actors": queries.actors_to_review(chosen, campaign) if chosen else [],
        "roles": queries.ROLES,
        "groups": all_groups(),
    }
    return page(request, "campaigns/review.html", context, fragment="campaigns/_review_work.html")


@require_POST
def task_correct(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    form = TaskForm(request.POST, instance=task)
    try:
        actors = read_actors(request.POST) if "actor_name" in request.POST else None
    except ValidationError as error:
        form.add_error(None, error)
        actors = None
    if not form.is_valid():
        return _review(request, task.campaign, Task.objects.get(pk=task.pk), form)
    access.check_choices(who(request), actors or [])
    actions.correct_task(task, by=who(request), fields=form.cleaned_data, actors=actors)
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
    actions.merge_tasks(task, by=who(request), second=second)
    return _stay(task)


@require_POST
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    form = SpanForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请在通知正文中选取要作为任务的文字。"))
        return redirect("campaigns:review", campaign.pk)
    return _stay(actions.add_task(campaign, by=who(request), **form.cleaned_data))


@require_http_methods(["GET", "POST"])
def campaign_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    if request.method == "GET":
        return page(request, "campaigns/confirm.html", {"campaign": campaign, "preview": queries.preview(campaign)})
    n = actions.confirm_campaign(campaign, by=who(request))
    messages.success(request, _("已派发：%(n)s 条任务到单位。") % {"n": f"{n:,}"})
    return redirect("campaigns:board", campaign.pk)


@require_safe
def campaign_progress(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    done, total = progress.of(actions.progress_key(campaign)) or (0, 0)
    return JsonResponse({"done": done, "total": total})


@require_safe
def campaign_board(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    kind = request.GET.get("kind", "")
    rows = paged(request, queries.units_on_board(campaign, kind=kind), per_page=60)
    strength = request.GET.get("strength", "")
    tasks = list(campaign.tasks.kept().filter(strength=strength) if strength in Task.Strength.values else campaign.tasks.kept())
    board = queries.board(campaign, list(rows), clock.today(), tasks=tasks)
    context = {
        "campaign": campaign, "board": board, "rows": rows, "kinds": Unit.Kind.choices, "kind": kind,
        "strength": strength, "strengths": Task.Strength.choices, "states": rules.STATES, "tally": queries.tally(campaign, clock.today()),
    }
    return page(request, "campaigns/board.html", context)


@require_http_methods(["GET", "POST"])
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    form = bound(ProgressForm, request)
    if request.method == "POST":
        assignment = access.assignment_to_fulfil(who(request), pk)
        if form.is_valid():
            actions.report_progress(assignment, by=who(request), **form.cleaned_data)
            messages.success(request, _("已记录。"))
            return redirect("campaigns:assignment", assignment.pk)
    context = {
        "assignment": assignment,
        "form": form,
        "waiver": WaiverForm(),
        "may_report": access.may_fulfil(who(request), assignment),
        "history": assignment.progress.select_related("by"),
        "watched": queries.watched(assignment, clock.today()),
    }
    return page(request, "campaigns/assignment.html", context)


@require_POST
def assignment_waive(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = access.assignment_for(who(request), pk)
    access.require_office(who(request))
    form = WaiverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明豁免理由。"))
    else:
        actions.waive_assignment(assignment, by=who(request), because=form.cleaned_data["because"])
        messages.success(request, _("已豁免。"))
    return redirect("campaigns:assignment", assignment.pk)


@require_safe
def my_tasks(request: HttpRequest) -> HttpResponse:
    lists = queries.owed_by(who(request).unit, clock.today())
    return page(request, "campaigns/my_tasks.html", {"lists": lists, "unit": who(request).unit})


@require_safe
def breakdown_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    campaign = access.campaign_for(who(request), pk)
    rows = queries.breakdown_rows(campaign)
    writer = {"xlsx": breakdown_table.write_xlsx, "docx": breakdown_table.write_docx}[form]
    data = writer(_("任务分解表"), campaign.name, rows)
    types = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    response = HttpResponse(data, content_type=types[form])
    response["Content-Disposition"] = f'attachment; filename="breakdown-{campaign.pk}.{form}"'
    return response


@require_safe
def notice_original(request: HttpRequest, pk: int) -> FileResponse:
    campaign = access.campaign_for(who(request), pk)
    return FileResponse(campaign.notice.original.open("rb"), as_attachment=True, filename=campaign.notice.filename)
