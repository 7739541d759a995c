"""A corrected notice comes in, is compared with the one that was issued, and takes its place."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anyue.kernel import clock
from anyue.kernel.http import bound, page
from anyue.people.access import who

from .. import access, actions, queries
from ..forms import NoticeForm


@require_http_methods(["GET", "POST"])
def correction_import(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = access.campaign_issued(who(request), pk)
    waiting = getattr(campaign, "correction", None)
    form = bound(NoticeForm, request)
    if request.method == "GET" or not form.is_valid():
        return page(request, "campaigns/correct.html", {"campaign": campaign, "form": form, "waiting": waiting})
    draft = actions.import_correction(
        campaign, form.document, by=who(request), filename=form.cleaned_data["file"].name, data=form.data_bytes
    )
    return redirect("campaigns:difference", draft.pk)


@require_http_methods(["GET", "POST"])
def correction_difference(request: HttpRequest, pk: int) -> HttpResponse:
    draft = access.correction_to_run(who(request), pk)
    if request.method == "GET":
        context = {
            "draft": draft, "campaign": draft.corrects, "found": queries.difference(draft),
            "preview": queries.preview(draft, clock.today()),
        }
        return page(request, "campaigns/difference.html", context)
    found = actions.apply_correction(draft, by=who(request))
    counts = {"same": found.n_same, "again": len(found.of("changed")), "new": len(found.of("added")), "gone": len(found.of("removed"))}
    messages.success(request, _("已更正：%(same)s 项不变，%(again)s 项重新派发，%(new)s 项新增，%(gone)s 项取消。") % counts)
    return redirect("campaigns:board", draft.corrects_id)


@require_POST
def task_unpair(request: HttpRequest, pk: int) -> HttpResponse:
    task = access.task_to_review(who(request), pk)
    draft = access.correction_to_run(who(request), task.campaign_id)
    actions.unpair_task(task, by=who(request))
    return redirect("campaigns:difference", draft.pk)


@require_safe
def former_original(request: HttpRequest, pk: int) -> FileResponse:
    notice = access.former_notice_for(who(request), pk)
    return FileResponse(notice.original.open("rb"), as_attachment=True, filename=notice.filename)
