"""The HTTP interface under /api/v1/: bearer tokens in, JSON out, the same access rules as the pages."""

from datetime import date
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, File, NinjaAPI, Schema, UploadedFile
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from anyue.campaigns import access
from anyue.campaigns.models import Assignment, Campaign, Task
from anyue.kernel.errors import DomainError
from anyue.kernel.middleware import problem
from anyue.notice import MAX_BYTES, NoticeError, break_down, read
from anyue.people.models import Person
from anyue.people.queries import person_of_token

PAGE = 200
Id = Annotated[int, Field(ge=0, lt=2**63)]


class Token(HttpBearer):
    """Authorization: Bearer …"""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """ninja's hook."""
        return person_of_token(token)


class Interface(NinjaAPI):
    """Says of its refusals that they are problem+json (RFC 9457), which is what it sends."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """ninja's hook."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in answer.get("content", {}):
                        answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
        return schema


api = Interface(title="Anyue", version="1", auth=Token(), docs_url=None, urls_namespace="api", docs_decorator=login_not_required)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem(401, "A bearer token is needed.")
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, "This account may not do that.")


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "Nothing here for this account.")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, "The request is not valid.", errors=error.errors)


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem(error.status, str(error))


@api.exception_handler(NoticeError)
def _unreadable(request: HttpRequest, error: NoticeError) -> HttpResponse:
    return problem(422, error.english, code=error.code)


class CampaignOut(Schema):
    """A campaign."""

    id: int
    name: str
    theme: str
    start_on: date
    end_on: date
    is_confirmed: bool


class ActorOut(Schema):
    """Who is answerable: the printed name, and the unit it means where it means one."""

    name: str
    role: str
    unit_id: int | None
    group_id: int | None


class TaskOut(Schema):
    """A task with the words that impose it."""

    id: int
    section: str
    quote: str
    start: int
    end: int
    kind: str
    strength: str
    participants: str
    deliverables: str
    quota_min: int | None
    quota_max: int | None
    quota_unit: str
    quota_per: str
    window_start: date | None
    window_end: date | None
    rhythm: str
    due_on: date | None
    due_rule: str
    actors: list[ActorOut]


class AssignmentOut(Schema):
    """A task for one unit and period, with its state today."""

    id: int
    task_id: int
    unit_id: int
    role: str
    period_start: date
    period_end: date
    due_on: date | None
    need: int
    done: int
    state: str


class AssignmentPage(Schema):
    """Up to 200 assignments; `next` is the cursor of the next page, null at the end."""

    items: list[AssignmentOut]
    next: int | None


class ProblemOut(Schema):
    """RFC 9457."""

    type: str
    status: int
    title: str


REFUSALS = dict.fromkeys((401, 403, 404, 422), ProblemOut)


def _person(request: HttpRequest) -> Person:
    person = request.auth  # type: ignore[attr-defined]  # set by ninja
    assert isinstance(person, Person)
    return person


@api.get("campaigns", response={200: list[CampaignOut], **REFUSALS}, tags=["campaigns"])
def campaign_list(request: HttpRequest) -> list[Campaign]:
    """Campaigns the account sees."""
    return list(access.campaigns_of(_person(request)))


@api.get("campaigns/{int:campaign_id}/tasks", response={200: list[TaskOut], **REFUSALS}, tags=["campaigns"])
def task_list(request: HttpRequest, campaign_id: int) -> list[Task]:
    """Tasks of a campaign in the order of the notice."""
    campaign = access.campaign_for(_person(request), campaign_id)
    return list(campaign.tasks.kept().prefetch_related("actors"))


@api.get("assignments", response={200: AssignmentPage, **REFUSALS}, tags=["assignments"])
def assignment_list(
    request: HttpRequest, unit: Id | None = None, task: Id | None = None, state: str = "", after: Id = 0
) -> dict[str, Any]:
    """Assignments of the account's unit and those below it, by id, from the cursor `after` on."""
    rows = access.assignments_of(_person(request)).filter(pk__gt=after).order_by("pk")
    if unit is not None:
        rows = rows.filter(unit=unit)
    if task is not None:
        rows = rows.filter(task=task)
    if state:
        rows = rows.in_states(state)
    found: list[Assignment] = list(rows[: PAGE + 1])
    return {"items": found[:PAGE], "next": found[PAGE - 1].pk if len(found) > PAGE else None}


@api.post("notices", response={200: dict[str, Any], **REFUSALS}, tags=["notices"])
def notice_breakdown(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """The breakdown of a notice. Nothing is kept: importing is done by a person, who reviews it."""
    access.require_office(_person(request))
    if (file.size or 0) > MAX_BYTES:
        raise NoticeError("too_large")
    document = read(file.read())
    found = break_down(document.text)
    return {"text": document.text, "format": document.format, "sha256": document.sha256, **found.as_dict()}
