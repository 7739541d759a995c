import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from anyue.campaigns.actions import receive, report_progress
from anyue.campaigns.forms import TaskForm
from anyue.campaigns.models import Assignment, Campaign, Task, TaskActor
from anyue.notice import in_words
from anyue.units.actions import add_unit

from .make import NOTICE, assignment_of, make_campaign, make_draft


@pytest.mark.parametrize(("who", "status"), [("officer", 302), ("clerk", 403), ("miner", 403)])
def test_who_may_import(cast, client, who, status):
    client.login_as(getattr(cast, who))

    response = client.post(reverse("campaigns:import"), {"file": SimpleUploadedFile("通知.txt", NOTICE.encode())})

    assert response.status_code == status
    assert Campaign.objects.exists() == (status == 302)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "空"), (b"\x00\x01\x02" * 500, "没有可以阅读的文字"), (b"%PDF-1.4 broken", "损坏"), (b"PK\x03\x04nonsense", "损坏")],
)
def test_unreadable_files_are_refused_with_what_to_do(cast, client, data, words):
    client.login_as(cast.officer)

    response = client.post(reverse("campaigns:import"), {"file": SimpleUploadedFile("x.docx", data)})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Campaign.objects.exists()


def test_a_novel_gives_no_tasks_and_says_so(cast, client):
    client.login_as(cast.officer)
    novel = ("那年冬天，雪下得很大。她站在门口，看着远处的山。" * 30).encode()

    response = client.post(reverse("campaigns:import"), {"file": SimpleUploadedFile("n.txt", novel)}, follow=True)

    assert "没有读出任务" in response.content.decode()


def test_office_of_another_banner_sees_nothing(cast, client):
    campaign = make_campaign(cast)
    client.login_as(cast.foreign_officer)

    for name in ("detail", "review", "board", "confirm", "original"):
        assert client.get(reverse(f"campaigns:{name}", args=[campaign.pk])).status_code == 404
    row = assignment_of(cast.mine, "应急演练")
    assert client.get(reverse("campaigns:assignment", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("miner", 302), ("clerk", 403), ("stranger", 404)])
def test_who_may_report(cast, client, who, status):
    make_campaign(cast)
    row = assignment_of(cast.mine, "应急演练")
    client.login_as(getattr(cast, who))

    response = client.post(reverse("campaigns:assignment", args=[row.pk]), {"amount": "1", "words": ""})

    row.refresh_from_db()
    assert response.status_code == status
    assert row.done == (1 if status == 302 else 0)


@pytest.mark.parametrize("amount", ["", "-1", "x", "99999999999"])
def test_nonsense_amounts_are_shown_beside_the_field(cast, client, amount):
    make_campaign(cast)
    row = assignment_of(cast.mine, "应急演练")
    client.login_as(cast.miner)

    response = client.post(reverse("campaigns:assignment", args=[row.pk]), {"amount": amount})

    assert response.status_code == 422
    assert row.progress.count() == 0


def test_correcting_keeps_what_the_reviewer_chose(cast, client):
    campaign = make_draft(cast)
    task = campaign.tasks.get(quote__contains="宣讲")
    client.login_as(cast.officer)
    data = {
        "kind": "lecture", "strength": "must", "quota_min": "2", "quota_max": "3", "quota_unit": "场", "quota_per": "campaign",
        "due_on": "2023-06-20", "actor_name": ["各苏木镇", ""], "actor_role": ["lead", "responsible"],
        "actor_means": [f"unit:{cast.town.pk}", ""],
    }

    response = client.post(reverse("campaigns:task_correct", args=[task.pk]), data)

    task.refresh_from_db()
    assert response.status_code == 302
    assert (task.quota_min, task.quota_max, str(task.due_on)) == (2, 3, "2023-06-20")
    assert [(a.unit, a.role) for a in task.actors.all()] == [(cast.town, "lead")]
    assert task.reviewed_at is not None


def test_actor_of_another_banner_is_refused(cast, client):
    task = make_draft(cast).tasks.first()
    client.login_as(cast.officer)
    abroad = cast.foreign_officer.unit
    data = {"kind": "lecture", "strength": "must", "actor_name": "x", "actor_role": "lead", "actor_means": f"unit:{abroad.pk}"}

    response = client.post(reverse("campaigns:task_correct", args=[task.pk]), data)

    assert response.status_code == 404
    assert not task.actors.filter(unit=abroad).exists()


@pytest.mark.parametrize("data", [{}, {"kind": "nonsense"}, {"kind": "drill", "strength": "must", "due_rule": "whenever"}, {"kind": "drill", "strength": "must", "quota_min": "99999999999999999999"}, {"kind": "drill", "strength": "must", "actor_name": "x"}])
def test_wrong_corrections_are_422_and_change_nothing(cast, client, data):
    task = make_draft(cast).tasks.first()
    client.login_as(cast.officer)

    response = client.post(reverse("campaigns:task_correct", args=[task.pk]), data)

    assert response.status_code == 422
    task.refresh_from_db()
    assert task.reviewed_at is None


def test_a_name_explained_once_is_filled_in_for_the_next_notice(cast, client):
    first = make_draft(cast, NOTICE.replace("各企业要组织", "各嘎查队要组织"))
    TaskActor.objects.filter(task__campaign=first, name="各嘎查队").update(unit=cast.town)
    second = make_draft(cast, NOTICE.replace("各企业要组织", "各嘎查队要组织") + "\n")
    client.login_as(cast.officer)

    page = client.get(reverse("campaigns:names", args=[second.pk])).content.decode()

    assert f'<option value="unit:{cast.town.pk}" selected>上次：{cast.town.name}</option>' in page
    assert TaskActor.objects.open().filter(task__campaign=second, name="各嘎查队").exists()


def test_a_merge_sent_again_from_an_old_page_changes_nothing(cast, client):
    campaign = make_draft(cast)
    first = campaign.tasks.kept().first()
    client.login_as(cast.officer)
    client.post(reverse("campaigns:task_merge", args=[first.pk]))
    before = list(campaign.tasks.kept().values_list("pk", flat=True))

    response = client.post(reverse("campaigns:task_merge", args=[first.pk]))

    assert response.status_code == 422
    assert list(campaign.tasks.kept().values_list("pk", flat=True)) == before


def test_a_task_saved_without_anybody_says_so(cast, client):
    task = make_draft(cast).tasks.first()
    client.login_as(cast.officer)

    data = {"kind": "drill", "strength": "must", "actor_name": "", "actor_role": "responsible", "actor_means": ""}
    page = client.post(reverse("campaigns:task_correct", args=[task.pk]), data, follow=True).content.decode()

    assert "没有责任单位" in page


@pytest.mark.parametrize(("words", "code"), [("每月25日前", "monthly:25"), ("within 5 working days after the campaign ends", "campaign_end+5wd"), ("before:暑假", "before:暑假")])
def test_a_relative_deadline_is_typed_and_shown_in_words(cast, client, words, code):
    campaign = make_draft(cast)
    task = campaign.tasks.first()
    client.login_as(cast.officer)

    client.post(reverse("campaigns:task_correct", args=[task.pk]), {"kind": "drill", "strength": "must", "due_rule": words})
    task.refresh_from_db()
    page = client.get(reverse("campaigns:review", args=[campaign.pk]), {"task": task.pk}).content.decode()

    assert task.due_rule == code
    assert f'value="{in_words(code, due=True)}"' in page


def test_my_tasks_show_what_is_owed_in_the_order_of_dates(cast, client):
    make_campaign(cast)
    client.login_as(cast.clerk)

    page = client.get(reverse("campaigns:mine")).content.decode()

    assert page.index("联络员名单") < page.index("活动总结")
    assert "由您督促" in page
    assert "应急演练" not in page


def test_board_costs_the_same_for_few_units_and_for_many(cast, client, django_assert_max_num_queries):
    campaign = make_draft(cast)
    for n in range(19):
        add_unit(cast.banner, by="test", name=f"第{n}镇", kind="township")
    campaign.tasks.model.objects.none()
    from anyue.campaigns import actions
    from anyue.campaigns.models import TaskActor

    TaskActor.objects.filter(unit=None, group=None).update(is_ignored=True)
    actions.confirm_campaign(campaign, by=cast.officer)
    client.login_as(cast.officer)

    with django_assert_max_num_queries(13):
        response = client.get(reverse("campaigns:board", args=[campaign.pk]))

    assert response.status_code == 200
    assert Assignment.objects.count() > 60


def test_board_names_states_in_words(cast, client):
    campaign = make_campaign(cast)
    client.login_as(cast.officer)

    page = client.get(reverse("campaigns:board", args=[campaign.pk])).content.decode()

    assert 'aria-label="逾期"' in page


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_breakdown_table_downloads(cast, client, form):
    campaign = make_campaign(cast)
    client.login_as(cast.clerk)

    response = client.get(reverse("campaigns:breakdown", args=[campaign.pk, form]))

    assert response.status_code == 200
    assert response.content[:2] == b"PK"


def posted(task, **changes):
    """What the review page sends for a task that nobody changed."""
    form = TaskForm(instance=task)
    fields = {name: form[name].value() for name in form.fields}
    shown = {name: str(form[name].as_widget()) for name in ("window_start", "window_end", "due_on")}
    dates = {name: (re.findall(r'value="([^"]*)"', html) or [""])[0] for name, html in shown.items()}
    actors = list(task.actors.all())
    return {
        **{k: "" if v is None else v for k, v in fields.items()}, **dates,
        "actor_name": [a.name for a in actors], "actor_role": [a.role for a in actors],
        "actor_means": [f"unit:{a.unit_id}" if a.unit_id else f"group:{a.group_id}" if a.group_id else "" for a in actors],
        **changes,
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_saving_what_is_shown_changes_nothing(cast, client, language):
    draft = make_draft(cast)
    task = draft.tasks.exclude(due_on=None).first()
    client.login_as(cast.officer)
    client.cookies["django_language"] = language

    with translation.override(language):
        sent = posted(task)
    response = client.post(reverse("campaigns:task_correct", args=[task.pk]), sent)

    again = Task.objects.get(pk=task.pk)
    assert response.status_code == 302
    assert (again.due_on, again.window_start, again.window_end) == (task.due_on, task.window_start, task.window_end)
    assert again.reviewed_at


def test_a_typed_name_the_directory_knows_is_that_unit(cast, client):
    draft = make_draft(cast)
    task = draft.tasks.first()
    client.login_as(cast.officer)

    sent = posted(task, actor_name=[cast.town.name], actor_role=["responsible"], actor_means=[""])
    client.post(reverse("campaigns:task_correct", args=[task.pk]), sent)

    assert [actor.unit for actor in task.actors.all()] == [cast.town]


def test_a_unit_typed_beside_a_name_is_found_or_refused_with_what_is_near(cast, client):
    draft = make_draft(cast)
    task = draft.tasks.first()
    client.login_as(cast.officer)
    url = reverse("campaigns:task_correct", args=[task.pk])

    near = client.post(url, posted(task, actor_name=["某镇"], actor_role=["responsible"], actor_means=[""], actor_unit=["东河"]))
    found = client.post(url, posted(task, actor_name=["某镇"], actor_role=["responsible"], actor_means=[""], actor_unit=["东河镇"]))

    assert (near.status_code, found.status_code) == (422, 302)
    assert "东河镇" in near.content.decode()
    assert [(actor.name, actor.unit) for actor in task.actors.all()] == [("某镇", cast.town)]


def test_the_page_of_names_saves_what_was_said_and_only_that(cast, client):
    draft = make_draft(cast, NOTICE.replace("各企业要组织两次", "天外单位要组织两次"))
    client.login_as(cast.officer)
    url = reverse("campaigns:names", args=[draft.pk])

    page = client.get(url).content.decode()
    answer = client.post(url, {"name_name": ["天外单位", "各苏木镇"], "name_means": ["", ""], "name_unit": ["东河煤矿", ""]})

    assert "天外单位" in page
    assert answer.status_code == 302
    assert draft.tasks.get(quote__contains="应急演练").actors.get().unit == cast.mine
    assert draft.tasks.filter(actors__name="各苏木镇", actors__group=None).count() == 0


def test_words_are_added_where_they_stand_once(cast, client):
    draft = make_draft(cast)
    client.login_as(cast.officer)
    url = reverse("campaigns:task_add", args=[draft.pk])

    for words in ("现将方案 印发给你们", "天外之音", "各苏木镇", ""):
        client.post(url, {"words": words})

    assert [task.quote for task in draft.tasks.filter(reasons="by_hand")] == ["现将方案印发给你们"]


def test_the_same_file_is_imported_twice_only_on_purpose(cast, client):
    make_draft(cast)
    client.login_as(cast.officer)

    def send(**more):
        file = SimpleUploadedFile("通知.txt", NOTICE.encode())
        return client.post(reverse("campaigns:import"), {"file": file, **more})

    assert "已经导入过" in send().content.decode()
    assert Campaign.objects.count() == 1
    assert send(again="on").status_code == 302
    assert Campaign.objects.count() == 2


def test_only_who_may_report_may_withdraw(cast, client):
    make_campaign(cast)
    row = report_progress(assignment_of(cast.mine, "应急演练"), by=cast.miner, amount=1)
    url = reverse("campaigns:withdraw", args=[row.pk])

    statuses = []
    for person in (cast.stranger, cast.clerk, cast.miner):
        client.login_as(person)
        statuses.append(client.post(url).status_code)

    assert statuses == [404, 403, 302]


def test_pages_of_review_cost_the_same_for_few_tasks_and_for_many(cast, client, django_assert_max_num_queries):
    few = make_draft(cast)
    many = make_draft(cast, NOTICE + "".join(f"旗第{n}局要组织一次第{n}类演练。\n" for n in range(30)))
    client.login_as(cast.officer)

    assert many.tasks.count() > few.tasks.count() + 20
    for campaign in (few, many):
        for name, limit in (("review", 22), ("names", 14), ("confirm", 40), ("detail", 12)):
            with django_assert_max_num_queries(limit):
                assert client.get(reverse(f"campaigns:{name}", args=[campaign.pk])).status_code == 200


def test_a_refused_page_of_names_keeps_what_was_typed(cast, client):
    campaign = make_draft(cast)
    client.login_as(cast.officer)
    names = list(dict.fromkeys(campaign.tasks.kept().values_list("actors__name", flat=True)))[:2]
    data = {"name_name": names, "name_means": ["none", ""], "name_unit": ["", "没有的单位"]}

    response = client.post(reverse("campaigns:names", args=[campaign.pk]), data)

    shown = response.content.decode()
    assert response.status_code == 422
    assert 'value="没有的单位" aria-invalid="true"' in shown
    assert shown.count('<option value="none" selected>') == 1
    assert not campaign.tasks.filter(actors__is_ignored=True).exists()


def test_a_refused_correction_keeps_its_actors(cast, client):
    task = make_draft(cast).tasks.kept().first()
    client.login_as(cast.officer)
    url = reverse("campaigns:task_correct", args=[task.pk])
    data = {"kind": task.kind, "strength": "must", "actor_name": ["各学校"], "actor_role": ["lead"], "actor_means": [""], "actor_unit": ["没有的单位"]}

    response = client.post(url, data)

    shown = response.content.decode()
    assert response.status_code == 422
    assert 'value="各学校"' in shown
    assert 'value="没有的单位"' in shown
    assert client.get(url).headers["Location"].endswith(f"?task={task.pk}")


def test_words_that_overlap_lead_to_the_task_they_overlap(cast, client):
    task = make_draft(cast).tasks.kept().first()
    client.login_as(cast.officer)

    response = client.post(reverse("campaigns:task_add", args=[task.campaign_id]), {"words": task.quote, "start": task.start, "end": task.end})

    assert response.headers["Location"].endswith(f"?task={task.pk}")


def test_nothing_done_and_nothing_said_is_no_report(cast, client):
    make_campaign(cast)
    row = assignment_of(cast.mine, "应急演练")
    client.login_as(cast.miner)

    response = client.post(reverse("campaigns:assignment", args=[row.pk]), {"amount": 0, "words": " "})

    assert response.status_code == 422
    assert not row.progress.exists()


def test_home_shows_what_is_late_in_every_campaign(cast, client):
    for number in (1, 2):
        campaign = make_campaign(cast)
        campaign.name = f"第{number}项活动"
        campaign.save()
    Assignment.objects.update(due_on="2000-01-01")
    client.login_as(cast.officer)

    shown = client.get("/").content.decode()

    assert "第1项活动 ·" in shown
    assert "第2项活动 ·" in shown


def test_my_tasks_name_the_notice_where_there_are_two(cast, client):
    receive(make_campaign(cast), by=cast.miner, unit=cast.mine)
    client.login_as(cast.miner)
    one = client.get(reverse("campaigns:mine")).content.decode()
    make_campaign(cast)

    two = client.get(reverse("campaigns:mine")).content.decode()

    assert "2023年全旗“安全生产月" not in one
    assert "2023年全旗“安全生产月" in two


def test_the_board_says_what_its_chapters_are(cast, client):
    campaign = make_campaign(cast)
    client.login_as(cast.officer)

    assert "二 主要活动</th>" in client.get(reverse("campaigns:board", args=[campaign.pk])).content.decode()
