"""A notice comes in; a campaign, its files and its printed table go out."""

from itertools import groupby

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel.http import bound, page
from anyue.paperwork import breakdown_table
from anyue.people.access import who

from .. import access, actions, queries
from ..forms import NoticeForm


@require_http_methods(["GET", "POST"])
def notice_import(request: HttpRequest) -> HttpResponse:
    access.require_office(who(request))
    form = bound(NoticeForm, request)
    if request.method == "GET" or not form.is_valid():
        return page(request, "campaigns/notice_import.html", {"form": form})
    known = access.campaign_of_file(who(request), form.document.sha256)
    if known is not None and not form.cleaned_data["again"]:
        form.offer_again()
        return page(request, "campaigns/notice_import.html", {"form": form, "known": known})
    campaign = actions.import_notice(
        form.document, by=who(request), filename=form.cleaned_data["file"].name, data=form.data_bytes
    )
    n = campaign.tasks.count()
    if n:
        messages.success(request, ngettext("读出 %(n)s 项任务，请核对。", "读出 %(n)s 项任务，请核对。", n) % {"n": n})
    else:
        messages.warning(request, _("没有读出任务：这份文件里没有对单位提出的要求。您仍可在正文中选取文字添加。"))
    return redirect("campaigns:review", campaign.pk)


@require_POST
def draft_drop(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_to_run(who(request), pk)
    actions.drop_draft(campaign, by=who(request))
    messages.success(request, _("已删除：%(words)s。") % {"words": campaign.name})
    return redirect("home")


@require_safe
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_for(who(request), pk)
    tasks = campaign.tasks.kept().prefetch_related("actors__unit", "actors__group")
    heading = campaign.notice.heading_of
    chapters = [(s, heading(s), list(rows)) for s, rows in groupby(tasks, key=lambda task: task.section)]
    context = {"campaign": campaign, "chapters": chapters, "former": campaign.former_notices.all()}
    return page(request, "campaigns/detail.html", context)


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
