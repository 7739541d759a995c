"""The demonstration: a banner, the notice of 2023, a campaign half lived. It goes through the actions an office uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from anyue.campaigns import actions as campaign_actions
from anyue.campaigns import queries
from anyue.campaigns.models import Assignment, Campaign, TaskActor
from anyue.notice import read
from anyue.people.actions import add_person
from anyue.people.models import Person
from anyue.units import directory
from anyue.units.models import Group, Unit

PASSWORD = "anyue-2023"  # noqa: S105  # of a demonstration; printed on its sign-in page
CAST = [
    ("office", "乌审旗安全生产委员会办公室", Person.Role.OFFICE, "安委办"),
    ("town", "嘎鲁图镇", Person.Role.LIAISON, "嘎鲁图镇联络员"),
    ("bureau", "旗能源局", Person.Role.LIAISON, "旗能源局联络员"),
    ("mine", "示例乌金煤矿", Person.Role.ENTERPRISE, "示例乌金煤矿安全员"),
    ("media", "旗融媒体中心", Person.Role.MEDIA, "旗融媒体中心编辑"),
]
SEED = "2023年全旗安全生产月活动方案.txt"


def greeting(port: int) -> str:
    """What the command prints."""
    users = " ".join(name for name, *_rest in CAST)
    return (
        f"\n  安月 Anyue: http://127.0.0.1:{port}/\n"
        f"  用户 users: {users}\n  密码 password: {PASSWORD}\n  Ctrl+C 停止 stops.\n"
    )


def build(*, lived: bool) -> None:
    """Directory, cast, notice; with `lived` the campaign is issued and half done. Repeating it changes nothing."""
    root = directory.install("wushen", by="demo")
    people = {
        name: add_person(
            by="demo", username=name, unit=Unit.objects.within(root).get(name=unit), role=role, password=PASSWORD, name=label
        )
        for name, unit, role, label in CAST
        if not Person.objects.filter(username=name).exists()
    }
    office = people.get("office") or Person.objects.get(username="office")
    data = (files("anyue.site") / "data" / "seed.txt").read_bytes()
    document = read(data)
    campaign = Campaign.objects.filter(notice__sha256=document.sha256).first()
    if campaign is None:
        campaign = campaign_actions.import_notice(document, by=office, filename=SEED, data=data)
    if lived and not campaign.is_confirmed:
        with transaction.atomic():
            _explain(campaign)
            campaign_actions.confirm_campaign(campaign, by=office)
            _live(campaign, date(2023, 6, 12))


def _explain(campaign: Campaign) -> None:
    """What a reviewer would say of the names that mean no unit by themselves."""
    office = Unit.objects.get(name="乌审旗安全生产委员会办公室")
    members = Group.objects.get(name="安委会成员单位")
    for actor in TaskActor.objects.filter(task__campaign=campaign, unit=None, group=None):
        if actor.name in ("各有关部门和单位", "各单位", "主要领导", "分管领导") or actor.name.startswith("各单位"):
            actor.group = members
        elif actor.name == "家庭":
            actor.group = Group.objects.get(name="社区")
        elif "安委" in actor.name:
            actor.unit = office
        else:
            actor.is_ignored = True
        actor.save()


@contextmanager
def _standing_on(day: date) -> Iterator[None]:
    """What is done here is done on that day, as the clock tells it."""
    before, settings.STAND_ON = settings.STAND_ON, day
    try:
        yield
    finally:
        settings.STAND_ON = before


def _live(campaign: Campaign, today: date) -> None:
    """Half a campaign: most of what was due is reported, some is late, some is under way. The same every time."""
    people = {person.unit_id: person for person in Person.objects.select_related("unit")}
    with _standing_on(campaign.start_on - timedelta(1)):
        for name, unit, *_rest in CAST[1:4]:  # the media centre has not opened it yet
            campaign_actions.receive(campaign, by=Person.objects.get(username=name), unit=Unit.objects.get(name=unit))
    stand_in = people[Unit.objects.get(name="乌审旗安全生产委员会办公室").pk]
    owed = Assignment.objects.filter(task__campaign=campaign).exclude(role=TaskActor.Role.SUPERVISE)
    for row in owed.select_related("unit", "task").order_by("pk"):
        # A spread that does not depend on chance: by unit and task.
        turn = (row.unit_id * 7 + row.task_id * 13) % 10
        past = row.due_on is not None and row.due_on < today
        done = turn < 8 if past else turn < 3
        by = people.get(row.unit_id, stand_in)
        if done:
            # Most did it in time, some some days after.
            with _standing_on(row.due_on - timedelta(turn % 3) if past and turn < 7 and row.due_on else today):
                campaign_actions.report_progress(row, by=by, amount=row.need, words=_("已按要求开展。"))
        elif turn == 5 and not past:
            campaign_actions.report_progress(row, by=by, amount=0, words=_("已部署，正在进行。"))
    late = owed.filter(due_on__lt=today, done=0).order_by("pk").first()
    if late is not None:
        campaign_actions.waive_assignment(late, by=stand_in, because=_("机构改革，职责已划转。"))
    _plan(campaign, people)


def _plan(campaign: Campaign, people: dict[int | None, Person]) -> None:
    """The town's own plan, written and issued before the campaign, with a visit that asks for something."""
    town = Unit.objects.get(name="嘎鲁图镇")
    by = people[town.pk]
    with _standing_on(campaign.start_on - timedelta(1)):
        plan = queries.open_plan(campaign, town)
        lines = queries.plan_lines(plan)
        said = {"title": plan.title, "leaders": "组长：安达 镇长\n副组长：乌日娜 副镇长\n成员：各股室负责人", "funds": Decimal("1.5"),
                "funds_words": "宣传品和演练器材", "demands": "各嘎查村、社区和企业按期报送，联络员及时反映困难。"}
        items = {line.task.pk: ("乌日娜", "与嘎查村例会一并部署") for line in lines[:4]}
        plan = campaign_actions.write_plan(campaign, town, by=by, fields=said, items=items)
        fulfils = [row for line in lines if line.is_fulfilled_by_plan for row in line.rows]
        campaign_actions.issue_plan(plan, by=by, fulfils=fulfils)
    below = Unit.objects.filter(parent=town).order_by("path").first()
    if below is not None:
        visit = campaign_actions.add_visit(plan, by=by, unit=below, day=date(2023, 6, 9))
        campaign_actions.write_visit(
            visit, by=by, found="宣传栏内容未更新。", follow_up="换上今年的主题内容。", follow_up_by=date(2023, 6, 16)
        )
