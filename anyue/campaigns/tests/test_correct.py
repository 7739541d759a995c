"""更正通知: only what changed is issued again; what was done stays."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anyue.campaigns import actions, queries
from anyue.campaigns.models import Assignment, Campaign, FormerNotice, TaskActor
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.notice import read
from anyue.people.models import Message
from anyue.units.actions import add_unit

from .make import NOTICE, assignment_of, make_campaign, make_draft

CORRECTED = (
    NOTICE.replace("各企业要组织两次应急演练", "各企业要组织三次应急演练")
    .replace("各苏木镇于6月5日前", "各苏木镇于6月8日前")
    .replace("鼓励企业职工阅读一本安全读本。", "")
    .replace("三、活动要求\n", "三、活动要求\n各企业要张贴一幅安全标语。\n")
)


def correct(cast, campaign, text=CORRECTED) -> Campaign:
    data = text.encode()
    return actions.import_correction(campaign, read(data), by=cast.officer, filename="更正.txt", data=data)


def sorts(found) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for change in found.changes:
        out.setdefault(change.sort, []).append((change.new or change.old).quote)
    return out


def snapshot(campaign) -> dict[int, tuple]:
    rows = Assignment.objects.filter(task__campaign=campaign)
    return {row.pk: (row.task_id, row.unit_id, row.role, row.due_on, row.need, row.done, row.waived_at) for row in rows}


@pytest.fixture
def campaign(cast):
    return make_campaign(cast)


def test_the_difference_task_by_task(cast, campaign):
    found = sorts(queries.difference(correct(cast, campaign)))
    assert len(found["changed"]) == 2
    assert any("三次应急演练" in quote for quote in found["changed"])
    assert any("联络员名单" in quote for quote in found["changed"])
    assert [("读本" in quote) for quote in found["removed"]] == [True]
    assert [("标语" in quote) for quote in found["added"]] == [True]
    assert any("宣讲" in quote for quote in found["same"])


def test_the_same_notice_in_another_layout_changes_nothing(cast, campaign):
    before = snapshot(campaign)
    draft = correct(cast, campaign, NOTICE.replace("一、活动时间", "\n\n一、活动时间").replace("（一）", "  （一）"))
    found = queries.difference(draft)
    assert found.shown == []
    actions.apply_correction(draft, by=cast.officer)
    assert snapshot(campaign) == before
    campaign.refresh_from_db()
    assert all(campaign.notice.text[task.start : task.end] == task.quote for task in campaign.tasks.kept())


def test_only_what_changed_is_issued_again(cast, campaign):
    talk, drill = assignment_of(cast.town, "宣讲"), assignment_of(cast.mine, "两次应急演练")
    actions.report_progress(talk, by=cast.clerk, amount=1)
    actions.report_progress(drill, by=cast.miner, amount=2)
    before = snapshot(campaign)
    actions.apply_correction(correct(cast, campaign), by=cast.officer)
    after = snapshot(campaign)
    assert after.keys() >= before.keys()  # nothing vanishes
    assert after[talk.pk] == before[talk.pk]
    drill.refresh_from_db()
    assert (drill.need, drill.done, drill.done_on) == (3, 2, None)
    assert "三次" in drill.task.quote
    assert assignment_of(cast.town, "联络员").due_on == date(2023, 6, 8)
    assert assignment_of(cast.mine, "标语").due_on == date(2023, 6, 30)
    gone = assignment_of(cast.town, "读本")
    assert gone.waived_because == "通知已更正，不再要求。"
    assert gone.task.struck_at is not None
    assert Campaign.objects.count() == 1
    campaign.refresh_from_db()
    assert all(campaign.notice.text[task.start : task.end] == task.quote for task in campaign.tasks.kept())
    assert FormerNotice.objects.get().text == NOTICE
    words = {message.person_id: message.words for message in Message.objects.filter(kind="news")}
    assert "标语" in words[cast.miner.pk]
    assert "标语" not in words[cast.clerk.pk]


def test_correcting_back_resumes_what_was_withdrawn(cast, campaign):
    actions.apply_correction(correct(cast, campaign, NOTICE.replace("各企业要组织", "各苏木镇要组织")), by=cast.officer)
    row = Assignment.objects.get(unit=cast.mine, task__quote__contains="应急演练")
    assert row.waived_because == "通知已更正，不再要求。"
    assert assignment_of(cast.town, "应急演练").need == 2
    campaign.refresh_from_db()
    actions.apply_correction(correct(cast, campaign, NOTICE + "\n"), by=cast.officer)
    row.refresh_from_db()
    assert row.waived_at is None
    assert assignment_of(cast.town, "应急演练").waived_at is not None


def test_what_an_earlier_correction_withdrew_may_come_back(cast, campaign):
    actions.apply_correction(correct(cast, campaign, NOTICE.replace("鼓励企业职工阅读一本安全读本。", "")), by=cast.officer)
    actions.apply_correction(correct(cast, campaign, NOTICE + "\n"), by=cast.officer)
    row = Assignment.objects.get(unit=cast.town, task__quote__contains="读本", task__struck_at=None)
    assert row.waived_at is None


def test_the_reviewers_word_stands_where_the_notice_reads_as_before(cast):
    draft = make_draft(cast)
    TaskActor.objects.filter(task__campaign=draft, unit=None, group=None).update(is_ignored=True)
    talk = draft.tasks.get(quote__contains="宣讲")
    actions.correct_task(talk, by=cast.officer, fields={"kind": "other", "due_on": date(2023, 6, 20)})
    actions.strike_task(draft.tasks.get(quote__contains="读本"), by=cast.officer)
    summary = draft.tasks.get(quote__contains="活动总结")
    names = draft.tasks.get(quote__contains="联络员")
    merged = actions.merge_tasks(names, by=cast.officer, second=summary)
    actions.confirm_campaign(draft, by=cast.officer)
    again = correct(cast, draft, NOTICE.replace("两次应急演练", "三次应急演练"))
    found = sorts(queries.difference(again))
    assert set(found) == {"same", "changed"}
    assert len(found["changed"]) == 1
    actions.apply_correction(again, by=cast.officer)
    talk.refresh_from_db()
    assert (talk.kind, talk.due_on) == ("other", date(2023, 6, 20))
    assert draft.tasks.kept().filter(pk=merged.pk).exists()
    assert draft.tasks.kept().count() == 5


def test_an_extension_and_what_was_passed_on_move_with_the_deadline(cast, campaign):
    village = add_unit(cast.town, by="test", name="东河嘎查", kind="village")
    row, other = assignment_of(cast.town, "联络员"), assignment_of(cast.other_town, "联络员")
    actions.delegate(row, by=cast.clerk, units=[village])
    actions.extend_assignment(other, by=cast.officer, until=date(2023, 6, 25), because="路远")
    actions.apply_correction(correct(cast, campaign), by=cast.officer)
    other.refresh_from_db()
    assert (other.due_on, other.first_due_on) == (date(2023, 6, 25), date(2023, 6, 8))
    assert assignment_of(village, "联络员").due_on == date(2023, 6, 8)
    actions.apply_correction(correct(cast, campaign, NOTICE.replace("6月5日前", "6月28日前")), by=cast.officer)
    other.refresh_from_db()
    assert (other.due_on, other.extended_at) == (date(2023, 6, 28), None)


def test_refusals(cast, campaign):
    with pytest.raises(RuleBroken):
        correct(cast, make_draft(cast, NOTICE + " "))
    with pytest.raises(RuleBroken):
        correct(cast, campaign, NOTICE)
    draft = correct(cast, campaign)
    with pytest.raises(Conflict):
        correct(cast, campaign)
    with pytest.raises(RuleBroken):
        actions.confirm_campaign(draft, by=cast.officer)
    with pytest.raises(RuleBroken):
        actions.apply_correction(campaign, by=cast.officer)
    other = correct_names(cast, campaign, draft)
    before = snapshot(campaign)
    with pytest.raises(RuleBroken, match="没有对应到单位"):
        actions.apply_correction(other, by=cast.officer)
    assert snapshot(campaign) == before
    assert queries.difference(other).is_strange


def correct_names(cast, campaign, draft):
    actions.drop_draft(draft, by=cast.officer)
    return correct(cast, campaign, "示例通知\n各协会要开展培训。各学会要组织演练。\n")


def test_through_the_pages(cast, campaign, client):
    client.login_as(cast.officer)
    at = f"/campaigns/{campaign.pk}/correct/"
    assert client.post(at, {}).status_code == 422
    response = client.post(at, {"file": SimpleUploadedFile("更正.txt", CORRECTED.encode())}, follow=True)
    assert "只改文字" not in response.text
    assert "变更，重新派发" in response.text
    draft = Campaign.objects.get(corrects=campaign)
    assert "已有一份更正稿" in client.get(at).text
    assert client.get(f"/campaigns/{draft.pk}/confirm/").status_code == 302
    assert "更正稿" in client.get("/").text
    drill = draft.tasks.get(quote__contains="三次应急演练")
    client.post(f"/tasks/{drill.pk}/unpair/")
    found = sorts(queries.difference(draft))
    assert (len(found["added"]), len(found["removed"])) == (2, 2)
    response = client.post(f"/campaigns/{draft.pk}/difference/", follow=True)
    assert "2 项新增" in response.text
    former = FormerNotice.objects.get()
    assert client.get(f"/former-notices/{former.pk}/").getvalue().decode() == NOTICE
    assert "更正过" in client.get(f"/campaigns/{campaign.pk}/").text
    client.login_as(cast.foreign_officer)
    assert client.get(f"/former-notices/{former.pk}/").status_code == 404


LINES = NOTICE.splitlines(keepends=True)
BODY = [
    "（一）开展宣讲。各苏木镇要组织开展一次宣讲活动。鼓励企业职工阅读一本安全读本。\n",
    "（二）开展演练。各企业要组织两次应急演练。安委会各成员单位要每月报送1至2条典型经验做法。\n",
    "（二）开展演练。各苏木镇要组织三次应急演练。安委会各成员单位要每周报送1条典型经验做法。\n",
    "（三）督促落实。各苏木镇要督促企业开展安全承诺践诺。\n",
    "（四）开展培训。各企业于6月20日前组织一次培训。\n",
    "各苏木镇于6月5日前报送联络员名单，6月30日前报送活动总结。\n",
    "各苏木镇于6月15日前报送联络员名单，6月28日前报送活动总结。\n",
]


def owed(campaign):
    """What units owe, and whether it is met: without what was withdrawn, and without ids."""
    rows = Assignment.objects.filter(task__campaign=campaign, task__struck_at=None, waived_at=None, parent=None)
    names = ("task__quote", "unit", "role", "period_start", "period_end", "due_on", "need")
    return {key: done >= key[-1] for *key, done in rows.values_list(*names, "done") for key in [tuple(key)]}


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(BODY), unique=True, min_size=1, max_size=5), min_size=2, max_size=4), st.data())
def test_a_corrected_campaign_asks_what_a_fresh_one_would(cast, texts, data):
    head = "".join(LINES[:8])
    campaign = make_campaign(cast, head + "".join(texts[0]))
    for text in texts[1:]:
        rows = list(Assignment.objects.filter(task__campaign=campaign, waived_at=None).exclude(role="supervise").order_by("pk"))
        done = data.draw(st.lists(st.sampled_from(rows), unique_by=lambda row: row.pk, max_size=3)) if rows else []
        for row in done:
            actions.report_progress(row, by=cast.officer, amount=1)
        reported = dict(Assignment.objects.filter(task__campaign=campaign).exclude(role="supervise").values_list("pk", "done"))
        words = head + "".join(text)
        if words == Campaign.objects.get(pk=campaign.pk).notice.text:
            continue
        actions.apply_correction(correct(cast, campaign, words), by=cast.officer)
        fresh = make_campaign(cast, words)
        found, wanted = owed(campaign), owed(fresh)
        assert wanted.keys() <= found.keys()
        assert all(found[key] for key in found.keys() - wanted.keys())  # what was done stays, though it is asked no more
        assert reported.items() <= dict(Assignment.objects.filter(task__campaign=campaign).values_list("pk", "done")).items()
        for row in Assignment.objects.filter(task__campaign=campaign):
            assert (row.done_on is not None) == (row.done >= row.need and row.role != "supervise") or row.waived_at
        campaign.refresh_from_db()
