from datetime import date

import pytest

from anyue.campaigns import actions, queries
from anyue.campaigns.models import Assignment, Campaign, Task, TaskActor
from anyue.kernel.errors import Conflict, RuleBroken
from anyue.kernel.models import AuditEvent
from anyue.notice import read
from anyue.units.actions import add_unit

from .make import NOTICE, assignment_of, make_campaign, make_draft

TODAY = date(2023, 6, 12)


def test_import_keeps_the_original_and_quotes_are_slices_of_its_text(cast):
    campaign = make_draft(cast)

    notice = campaign.notice
    assert notice.original.read() == NOTICE.encode()
    assert notice.sha256 == read(NOTICE.encode()).sha256
    assert (campaign.start_on, campaign.end_on) == (date(2023, 6, 1), date(2023, 6, 30))
    assert campaign.tasks.count() == 7
    assert all(notice.text[t.start : t.end] == t.quote for t in campaign.tasks.all())


def test_names_resolve_to_units_and_groups(cast):
    campaign = make_draft(cast)

    groups = {a.name: a.group.name for a in TaskActor.objects.filter(task__campaign=campaign, group__isnull=False)}
    assert groups["各苏木镇"] == "苏木镇"
    assert groups["安委会各成员单位"] == "安委会成员单位"


def test_who_urges_owes_nothing(cast):
    make_campaign(cast)

    urging = assignment_of(cast.town, "督促企业")
    assert urging.role == "supervise"
    assert urging.need == 0
    assert assignment_of(cast.mine, "督促企业").role == "responsible"


def test_confirming_gives_each_unit_its_share_once(cast):
    campaign = make_campaign(cast)

    assert Assignment.objects.filter(task__quote__contains="宣讲").count() == 2
    drill = assignment_of(cast.mine, "应急演练")
    assert (drill.need, drill.due_on) == (2, date(2023, 6, 30))
    assert assignment_of(cast.town, "联络员").due_on == date(2023, 6, 5)
    assert campaign.confirmed_by == cast.officer
    assert AuditEvent.objects.filter(verb="campaign.confirmed").count() == 1


def test_confirming_twice_is_refused_and_issues_nothing_more(cast):
    campaign = make_campaign(cast)
    before = Assignment.objects.count()

    with pytest.raises(RuleBroken):
        actions.confirm_campaign(campaign, by=cast.officer)

    assert Assignment.objects.count() == before


def test_second_of_two_clerks_who_confirm_is_told(cast):
    campaign = make_draft(cast)
    TaskActor.objects.filter(unit=None, group=None).update(is_ignored=True)
    same = type(campaign).objects.get(pk=campaign.pk)
    actions.confirm_campaign(campaign, by=cast.officer)

    with pytest.raises(Conflict):
        actions.confirm_campaign(same, by=cast.officer)


def test_a_name_nobody_explained_stops_the_issue(cast):
    campaign = make_draft(cast, NOTICE.replace("各企业要组织两次", "天外单位要组织两次"))

    with pytest.raises(RuleBroken, match="天外单位"):
        actions.confirm_campaign(campaign, by=cast.officer)

    assert Assignment.objects.count() == 0


def test_rest_of_a_group_leaves_out_those_named_beside(cast):
    text = NOTICE + "四、任务分工\n1.旗能源局要开展煤炭安全宣传。\n2.其他安委会各成员单位要开展宣传活动。\n"
    other = add_unit(cast.banner, by="test", name="旗水利局", kind="department")
    cast.bureau.groups.get().members.add(other)

    make_campaign(cast, text)

    assert assignment_of(other, "开展宣传活动").role == "responsible"
    assert not Assignment.objects.filter(unit=cast.bureau, task__quote__contains="开展宣传活动").exists()


def test_progress_moves_the_counters_and_the_state(cast):
    make_campaign(cast)
    drill = assignment_of(cast.mine, "应急演练")

    actions.report_progress(drill, by=cast.miner, amount=1, words="已演练一次")
    actions.report_progress(drill, by=cast.miner, amount=1)

    row = Assignment.objects.with_state(date(2023, 6, 12)).get(pk=drill.pk)
    assert (row.done, row.reported, row.state) == (2, 2, "done")
    assert drill.progress.count() == 2


def test_supervisor_and_waived_unit_do_not_report(cast):
    make_campaign(cast)
    urging, drill = assignment_of(cast.town, "督促企业"), assignment_of(cast.mine, "应急演练")
    actions.waive_assignment(drill, by=cast.officer, because="停产")
    drill.refresh_from_db()

    for row in (urging, drill):
        with pytest.raises(RuleBroken):
            actions.report_progress(row, by=cast.miner, amount=1)


def test_waiver_needs_a_reason_and_holds_once(cast):
    make_campaign(cast)
    drill = assignment_of(cast.mine, "应急演练")

    with pytest.raises(RuleBroken):
        actions.waive_assignment(drill, by=cast.officer, because="  ")
    actions.waive_assignment(drill, by=cast.officer, because="停产")
    with pytest.raises(Conflict):
        actions.waive_assignment(drill, by=cast.officer, because="再次")


def test_sql_state_equals_the_rule(cast):
    from anyue.campaigns import rules

    make_campaign(cast)
    actions.report_progress(assignment_of(cast.mine, "应急演练"), by=cast.miner, amount=1)
    actions.waive_assignment(assignment_of(cast.town, "宣讲"), by=cast.officer, because="x")

    for day in (date(2023, 6, 1), date(2023, 6, 12), date(2023, 7, 30)):
        for row in Assignment.objects.with_state(day):
            expected = rules.state(
                done=row.done, need=row.need, due_on=row.due_on, waived=row.waived_at is not None,
                reported=row.reported > 0, watches=row.role == "supervise", today=day,
            )
            assert row.state == expected


def test_tallies_equal_the_rule(cast):
    campaign = make_campaign(cast)
    actions.report_progress(assignment_of(cast.mine, "应急演练"), by=cast.miner, amount=2)
    actions.waive_assignment(assignment_of(cast.town, "宣讲"), by=cast.officer, because="x")

    for day in (date(2023, 6, 1), date(2023, 6, 12), date(2023, 7, 30)):
        states = [row.state for row in Assignment.objects.owed().with_state(day)]
        tally = queries.tally(campaign, day)
        late = queries.attention([campaign], day)
        assert (tally.total, tally.done, tally.overdue, tally.waived) == (
            len(states), states.count("done"), states.count("overdue"), states.count("waived"),
        )
        assert sum(n for _unit, _campaign, n in late.late) == states.count("overdue")


def test_split_and_merge_are_inverse(cast):
    campaign = make_draft(cast)
    task = campaign.tasks.get(quote__contains="应急演练")
    before, n = task.quote, campaign.tasks.count()

    second = actions.split_task(task, by=cast.officer, at=task.start + 4)
    assert campaign.tasks.count() == n + 1
    assert {a.name for a in second.actors.all()} == {a.name for a in task.actors.all()}
    merged = actions.merge_tasks(task, by=cast.officer, second=second)

    assert merged.quote == before
    assert campaign.tasks.kept().count() == n


def test_a_merge_can_be_undone_to_the_letter(cast):
    campaign = make_draft(cast)
    before = list(campaign.tasks.values_list("pk", "quote", "due_on", "quota_min", "struck_at"))
    first, second = campaign.tasks.all()[:2]

    merged = actions.merge_tasks(first, by=cast.officer, second=second)
    with pytest.raises(RuleBroken):
        actions.restore_task(Task.objects.get(pk=first.pk), by=cast.officer)
    actions.unmerge_task(merged, by=cast.officer)

    assert list(campaign.tasks.values_list("pk", "quote", "due_on", "quota_min", "struck_at")) == before
    with pytest.raises(RuleBroken):
        actions.unmerge_task(first, by=cast.officer)


def test_withdrawing_takes_back_what_was_reported_once(cast):
    make_campaign(cast)
    drill = assignment_of(cast.mine, "应急演练")
    row = actions.report_progress(drill, by=cast.miner, amount=2)

    actions.withdraw_progress(row, by=cast.miner)
    with pytest.raises(Conflict):
        actions.withdraw_progress(row, by=cast.miner)
    with pytest.raises(RuleBroken):
        actions.withdraw_progress(row.reversed_by, by=cast.miner)

    drill = Assignment.objects.with_state(date(2023, 6, 12)).get(pk=drill.pk)
    assert (drill.done, drill.reported, drill.state) == (0, 0, "not_started")
    assert sorted(drill.progress.values_list("amount", flat=True)) == [-2, 2]


def test_a_name_explained_once_holds_for_the_campaign(cast):
    campaign = make_draft(cast, NOTICE.replace("各企业要组织两次", "天外单位要组织两次") + "天外单位要于6月8日前报送活动计划。\n")
    first, *others = campaign.tasks.filter(actors__name="天外单位")
    meaning = actions.Meaning(unit_id=cast.mine.pk)

    actions.correct_task(first, by=cast.officer, fields={}, actors=[actions.ActorChoice("天外单位", "lead", meaning)])

    assert others
    assert all(actor.unit == cast.mine for task in others for actor in task.actors.all())


def test_names_are_explained_on_one_page(cast):
    campaign = make_draft(cast)
    nobody = actions.Meaning(is_ignored=True)

    actions.explain_names(campaign, by=cast.officer, meanings={"各苏木镇": actions.Meaning(unit_id=cast.town.pk), "企业": nobody})

    towns = TaskActor.objects.filter(task__campaign=campaign, name="各苏木镇")
    assert set(towns.values_list("unit", "group")) == {(cast.town.pk, None)}
    assert set(TaskActor.objects.filter(name="企业").values_list("is_ignored", flat=True)) == {True}


def test_a_task_without_anybody_stops_the_issue(cast):
    campaign = make_draft(cast)
    TaskActor.objects.filter(unit=None, group=None).update(is_ignored=True)
    task = campaign.tasks.first()

    actions.correct_task(task, by=cast.officer, fields={}, actors=[])

    assert queries.preview(campaign, TODAY).without_actor == [task]
    with pytest.raises(RuleBroken, match="没有责任单位"):
        actions.confirm_campaign(campaign, by=cast.officer)


def test_merging_keeps_both_tasks_actors_and_one_deadline(cast):
    campaign = make_draft(cast)
    first, second = campaign.tasks.all()[:2]
    names = {a.name for a in [*first.actors.all(), *second.actors.all()]} | {"另一单位"}
    TaskActor.objects.create(task=second, name="另一单位", role="support")
    first.due_on, first.due_rule, second.due_on, second.due_rule = None, "monthly:25", date(2023, 6, 20), ""

    first.save()
    second.save()

    kept = actions.merge_tasks(first, by=cast.officer, second=second)

    assert {a.name for a in kept.actors.all()} == names
    assert (kept.due_on, kept.due_rule) == (None, "monthly:25")


def test_split_outside_the_quote_is_refused(cast):
    task = make_draft(cast).tasks.first()

    with pytest.raises(RuleBroken):
        actions.split_task(task, by=cast.officer, at=task.end)


def test_added_task_quotes_the_notice_and_takes_its_neighbours_actors(cast):
    campaign = make_draft(cast)
    text = campaign.notice.text
    start = text.index("主要活动")
    first = campaign.tasks.first()
    actions.strike_task(first, by=cast.officer)
    second = campaign.tasks.kept().first()

    early = actions.add_task(campaign, by=cast.officer, start=start, end=start + 4)
    late = actions.add_task(campaign, by=cast.officer, start=second.end + 1, end=second.end + 6)

    assert early.quote == "主要活动"
    assert {a.name for a in early.actors.all()} == set(campaign.notice.recipients.split("\n"))
    assert {a.name for a in late.actors.all()} == {a.name for a in second.actors.all()} != set()
    assert late.is_doubtful


def test_a_stretch_is_one_task_only(cast):
    campaign = make_draft(cast)
    first = campaign.tasks.first()

    with pytest.raises(RuleBroken, match="重叠"):
        actions.add_task(campaign, by=cast.officer, start=first.start, end=first.start + 4)


def test_struck_task_is_not_issued_and_may_come_back(cast):
    campaign = make_draft(cast)
    TaskActor.objects.filter(unit=None, group=None).update(is_ignored=True)
    drill = campaign.tasks.get(quote__contains="应急演练")
    actions.strike_task(drill, by=cast.officer)
    assert queries.preview(campaign, TODAY).n_tasks == campaign.tasks.count() - 1
    actions.restore_task(drill, by=cast.officer)

    assert queries.preview(campaign, TODAY).n_tasks == campaign.tasks.count()


def test_preview_says_what_confirming_does(cast):
    campaign = make_draft(cast)
    TaskActor.objects.filter(unit=None, group=None).update(is_ignored=True)
    expected = queries.preview(campaign, TODAY).n_assignments

    assert actions.confirm_campaign(campaign, by=cast.officer) == expected


def test_issued_tasks_are_not_changed(cast):
    campaign = make_campaign(cast)
    task = campaign.tasks.first()

    for act in (actions.accept_task, actions.strike_task, actions.restore_task):
        with pytest.raises(RuleBroken):
            act(task, by=cast.officer)


def test_must_and_encouraged_are_counted_apart(cast):
    campaign = make_campaign(cast)

    must = queries.tally(campaign, date(2023, 6, 12))
    encouraged = queries.tally(campaign, date(2023, 6, 12), strength="encourage")
    total = Assignment.objects.exclude(role="supervise").count()
    assert encouraged.total > 0
    assert must.total + encouraged.total == total


def test_a_draft_goes_with_all_its_parts_and_what_is_issued_stays(cast, django_capture_on_commit_callbacks):
    issued = make_campaign(cast)
    draft = make_draft(cast)
    first, second = draft.tasks.kept()[:2]
    actions.merge_tasks(first, by=cast.officer, second=second)
    original = draft.notice.original

    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_draft(draft, by=cast.officer)
    with pytest.raises(RuleBroken):
        actions.drop_draft(issued, by=cast.officer)

    assert list(Campaign.objects.all()) == [issued]
    assert not original.storage.exists(original.name)


def test_a_waiver_is_lifted_once(cast):
    make_campaign(cast)
    row = assignment_of(cast.mine, "应急演练")
    actions.waive_assignment(row, by=cast.officer, because="停产")
    row.refresh_from_db()

    actions.resume_assignment(row, by=cast.officer)
    with pytest.raises(Conflict):
        actions.resume_assignment(row, by=cast.officer)

    assert Assignment.objects.get(pk=row.pk).waived_at is None


def test_the_preview_names_tasks_whose_deadline_is_over(cast):
    campaign = make_draft(cast)

    assert [task.quote for task in queries.preview(campaign, TODAY).late] == ["各苏木镇于6月5日前报送联络员名单"]
    assert queries.preview(campaign, date(2023, 6, 5)).late == []


@pytest.mark.parametrize(
    "act",
    [
        lambda by, first, second: actions.split_task(first, by=by, at=first.start + 2),
        lambda by, first, second: actions.merge_tasks(first, by=by, second=second),
    ],
    ids=["split", "merge"],
)
def test_what_fails_half_way_leaves_the_tasks_as_they_were(cast, monkeypatch, act):
    campaign = make_draft(cast)
    first, second = campaign.tasks.all()[:2]
    before = list(campaign.tasks.values_list("pk", "quote", "struck_at"))
    monkeypatch.setattr("anyue.kernel.audit.record", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        act(cast.officer, first, second)

    assert list(campaign.tasks.values_list("pk", "quote", "struck_at")) == before
