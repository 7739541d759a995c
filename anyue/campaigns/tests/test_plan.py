"""本单位方案: written from the unit's own tasks, issued, printed; visits with what they found."""

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anyue.campaigns import actions, queries
from anyue.campaigns.models import Assignment, Plan, Visit
from anyue.campaigns.rules import has_head, plan_says
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.units.actions import add_unit

from .make import NOTICE, assignment_of, make_campaign

TEXT = NOTICE + "四、组织领导\n各苏木镇要制定活动方案，成立领导机构，保障经费投入。\n"
FIELDS = {"title": "东河镇实施方案", "leaders": "组长：巴图 镇长\n成员：乌云", "funds": None, "funds_words": "", "demands": "压实责任。"}


@pytest.fixture
def campaign(cast):
    return make_campaign(cast, TEXT)


@pytest.fixture
def village(cast):
    return add_unit(cast.town, by="test", name="东河嘎查", kind="village")


def write(cast, campaign, items=None):
    return actions.write_plan(campaign, cast.town, by=cast.clerk, fields=FIELDS, items=items or {})


def test_a_plan_begins_with_the_units_own_tasks_and_nothing_saved(cast, campaign):
    plan = queries.open_plan(campaign, cast.town)
    quotes = [line.task.quote for line in queries.plan_lines(plan)]
    assert plan.pk is None
    assert any("宣讲" in quote for quote in quotes)
    assert not any("应急演练" in quote for quote in quotes)  # the mine's
    assert not any("督促" in quote and "承诺" in quote for quote in quotes)  # only urged
    assert plan.title == "东河镇2023年“安全生产月”活动实施方案"


def test_issuing_fulfils_what_asks_for_a_plan_and_only_that(cast, campaign):
    plan = write(cast, campaign)
    lines = queries.plan_lines(plan)
    chosen = [row for line in lines if line.is_fulfilled_by_plan for row in line.rows]
    assert {row.task.quote for row in chosen} == {"各苏木镇要制定活动方案", "成立领导机构"}
    assert actions.issue_plan(plan, by=cast.clerk, fulfils=chosen) == 2
    assert assignment_of(cast.town, "制定活动方案").residue == 0
    assert assignment_of(cast.town, "保障经费").residue == 1
    with pytest.raises(RuleBroken):
        actions.issue_plan(Plan.objects.get(), by=cast.clerk, fulfils=chosen)
    with pytest.raises(Conflict):
        actions.issue_plan(plan, by=cast.clerk, fulfils=chosen)  # an old page
    assert assignment_of(cast.town, "制定活动方案").done == 1


def test_another_units_duty_cannot_be_fulfilled_by_ones_own_plan(cast, campaign):
    plan = write(cast, campaign)
    foreign = assignment_of(cast.other_town, "制定活动方案")
    assert actions.issue_plan(plan, by=cast.clerk, fulfils=[foreign]) == 0
    assert assignment_of(cast.other_town, "制定活动方案").done == 0


def test_a_plan_without_a_head_is_not_issued(cast, campaign):
    plan = actions.write_plan(campaign, cast.town, by=cast.clerk, fields={**FIELDS, "leaders": "成员：乌云"}, items={})
    with pytest.raises(RuleBroken, match="组长"):
        actions.issue_plan(plan, by=cast.clerk, fulfils=[])


@pytest.mark.parametrize(("words", "is_one"), [("组长：巴图", True), ("组 长 巴图 镇长", True), ("副组长：巴图", False), ("组长：", False), ("", False)])
def test_who_heads_the_group(words, is_one):
    assert has_head(words) is is_one


def test_what_a_plan_says():
    assert plan_says("制定活动方案", "plan")
    assert not plan_says("报送活动方案", "progress_report")
    assert not plan_says("保障经费投入", "organisation")


def test_an_issued_plan_is_reopened_before_it_changes(cast, campaign):
    plan = write(cast, campaign)
    with pytest.raises(Conflict):
        actions.revise_plan(plan, by=cast.clerk)
    actions.issue_plan(plan, by=cast.clerk, fulfils=[])
    with pytest.raises(RuleBroken):
        write(cast, campaign)
    actions.revise_plan(plan, by=cast.clerk)
    assert not write(cast, campaign).is_issued


def test_several_tasks_go_on_to_several_units_each_by_its_own_day(cast, campaign, village):
    rows = [assignment_of(cast.town, "宣讲"), assignment_of(cast.town, "活动总结")]
    n = actions.delegate_tasks(rows, by=cast.clerk, units=[village], need=1, due_on=date(2023, 6, 20))
    assert n == 2
    days = {row.task.quote[:4]: row.due_on for row in Assignment.objects.filter(unit=village)}
    assert set(days.values()) == {date(2023, 6, 20)}
    line = next(line for line in queries.plan_lines(queries.open_plan(campaign, cast.town)) if "宣讲" in line.task.quote)
    assert line.passed_to == [village]


def test_printed(cast, campaign, village):
    task = assignment_of(cast.town, "宣讲").task
    plan = write(cast, campaign, {task.pk: ("乌云", "每村一场。")})
    actions.delegate(assignment_of(cast.town, "宣讲"), by=cast.clerk, units=[village])
    actions.add_visit(plan, by=cast.clerk, unit=village, day=date(2023, 6, 15))
    from anyue.paperwork import plan_document

    printed = queries.printed_plan(plan, queries.plan_lines(plan))
    document = docx.Document(io.BytesIO(plan_document.write_docx(printed)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0] == "东河镇实施方案"
    assert any("每村一场；责任人：乌云" in line and "落实单位：东河嘎查" in line for line in words)
    headings = [line for line in words if line[1:2] == "、" and len(line) == 6]
    assert headings == ["一、活动时间", "二、组织领导", "三、重点任务", "四、督导检查", "五、工作要求"]
    assert "6月15日，到东河嘎查督导检查。" in words


def test_a_visit_is_written_asked_and_settled(cast, campaign, village):
    visit = actions.add_visit(write(cast, campaign), by=cast.clerk, unit=village, day=date(2023, 6, 12))
    with pytest.raises(RuleBroken):
        actions.write_visit(visit, by=cast.clerk, found="", follow_up="补齐", follow_up_by=None)
    with pytest.raises(RuleBroken):
        actions.write_visit(visit, by=cast.clerk, found="好", follow_up="", follow_up_by=date(2023, 6, 20))
    with pytest.raises(Conflict):
        actions.settle_visit(visit, by=cast.clerk, words="没有要求")
    actions.write_visit(visit, by=cast.clerk, found="缺灭火器", follow_up="补齐", follow_up_by=date(2023, 6, 20))
    assert queries.plans_of_campaign(campaign, cast.banner).count() == 0  # a draft is the unit's own
    with pytest.raises(RuleBroken):
        actions.settle_visit(visit, by=cast.clerk, words=" ")
    actions.settle_visit(visit, by=cast.clerk, words="已补齐")
    with pytest.raises(Conflict):
        actions.settle_visit(visit, by=cast.clerk, words="再办一次")
    with pytest.raises(Conflict):
        actions.write_visit(visit, by=cast.clerk, found="改口", follow_up="", follow_up_by=None)
    visit.refresh_from_db()
    assert not visit.is_open
    assert visit.settled_on == date(2023, 6, 12)


def test_the_whole_way_through_the_pages(cast, campaign, village, client):
    client.login_as(cast.clerk)
    at = f"/campaigns/{campaign.pk}/plan/"
    assert "本单位方案" in client.get("/mine/").text
    page = client.get(at).text
    assert "印发方案" not in page  # nothing to issue yet
    task = assignment_of(cast.town, "宣讲").task
    assert client.post(at, {"title": "", "leaders": ""}).status_code == 422
    client.post(at, {**{k: v or "" for k, v in FIELDS.items()}, f"person_{task.pk}": "乌云", f"how_{task.pk}": "一场", "person_999999": "没有的任务"})
    assert 'value="乌云"' in client.get(at).text
    assert "请勾选" in client.post(f"{at}delegate/", {"need": 1, "kinds": ["village"]}, follow=True).text
    client.post(f"{at}delegate/", {"tasks": [task.pk], "need": 1, "kinds": ["village"]})
    assert Assignment.objects.filter(unit=village, task=task).exists()
    client.post(f"{at}visits/", {"day": "2023-06-13", "unit": village.pk})
    visit = Visit.objects.get()
    client.post(f"{at}visits/", {"day": "2023-06-13", "unit": cast.other_town.pk})
    assert Visit.objects.count() == 1  # nobody visits who does not stand below
    asked = assignment_of(cast.town, "制定活动方案").task_id
    response = client.post(f"{at}issue/", {"fulfils": [asked]}, follow=True)
    assert "1 项任务随之完成" in response.text
    assert "责任人：乌云" in response.text
    client.post(f"/visits/{visit.pk}/", {"found": "缺灭火器", "follow_up": "补齐", "follow_up_by": "2023-06-10"})
    assert "整改逾期" in client.get(at, follow=True).text
    plan = Plan.objects.get()
    assert client.get(f"/plans/{plan.pk}/plan.docx").content[:2] == b"PK"
    client.login_as(cast.officer)
    assert "待整改 1 处" in client.get(f"/campaigns/{campaign.pk}/plans/").text
    assert "缺灭火器" in client.get(f"/plans/{plan.pk}/").text
    assert client.post(f"/visits/{visit.pk}/settle/", {"words": "越权"}).status_code == 403
    client.login_as(cast.stranger)
    assert client.get(f"/plans/{plan.pk}/").status_code == 404
    client.login_as(cast.clerk)
    client.post(f"/visits/{visit.pk}/settle/", {"words": "已补齐"})
    client.post(f"{at}revise/")
    client.login_as(cast.officer)
    assert client.get(f"/plans/{plan.pk}/").status_code == 404


def test_the_page_of_a_plan_costs_the_same_for_many_tasks(cast, client):
    few, many = make_campaign(cast), make_campaign(cast, NOTICE + "".join(f"各苏木镇要组织第{n}次检查。\n" for n in range(20)))
    client.login_as(cast.clerk)
    counts = []
    for campaign in (few, few, many):
        with CaptureQueriesContext(connection) as queries_:
            client.get(f"/campaigns/{campaign.pk}/plan/")
        counts.append(len(queries_))
    assert counts[1] == counts[2]
