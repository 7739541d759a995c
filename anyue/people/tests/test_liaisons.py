"""From the code on the wall to a liaison: who may, who may not, and what stays when somebody hands over."""

from datetime import date, timedelta

import pytest
from allauth.core import ratelimit
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel.errors import Conflict, RuleBroken
from anyue.kernel.models import AuditEvent
from anyue.people import actions, rules
from anyue.people.models import JoinCode, Person, Registration, Term
from anyue.units.actions import add_unit, move_unit

TODAY = date(2023, 6, 12)
PHONE = "0477-0000001"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def village(cast):
    """A unit for which nobody speaks."""
    return add_unit(cast.town, by="test", name="东河嘎查", kind="village")


@pytest.fixture
def code(cast):
    return actions.make_codes([cast.banner], by=cast.officer, for_all=True, expires_on=TODAY)[0]


def ask(code, unit, name="白音", phone=PHONE):
    return actions.register(code, by=name, unit=unit, name=name, post="", phone=phone)[0]


def fields(**more):
    return {"name": "白音", "post": "文书", "phone": PHONE, **more}


def test_from_scan_to_work_without_a_password(cast, client, village, code):
    page = reverse("join", args=[code.token])
    assert "收集" in client.get(page).content.decode()
    assert village.name in client.get(reverse("join_units", args=[code.token]) + "?words=东河嘎").content.decode()
    client.post(page, fields(words="东河嘎查"))
    status = reverse("join_status")
    assert "等安委办或本单位确认" in client.get(status).content.decode()
    assert client.post(reverse("join_enter")).status_code == 422

    row = Registration.objects.get()
    actions.confirm_registration(row, by=cast.clerk)
    body = client.get(status).content.decode()
    assert "进入我的任务" in body
    assert PHONE not in body
    client.post(reverse("join_enter"))
    assert village.name in client.get(reverse("campaigns:mine")).content.decode()
    assert client.session.get_expiry_age() > 100 * 24 * 3600
    assert Term.objects.get(unit=village, until=None).person.username == PHONE


def test_unit_is_chosen_among_those_found(cast, client, code):
    add_unit(cast.town, by="test", name="东河小学", kind="school")
    page = reverse("join", args=[code.token])
    body = client.post(page, fields(words="东河"))
    assert body.status_code == 422
    assert "东河小学" in body.content.decode()
    assert client.post(page, fields(words="没有这样的")).status_code == 422
    assert client.post(page, fields(words="东河", unit=str(cast.mine.pk))).status_code == 302
    assert Registration.objects.get().unit == cast.mine


@pytest.mark.parametrize("change", [{"phone": "12345"}, {"phone": ""}, {"name": ""}, {"words": ""}, {"unit": "x", "words": "东"}])
def test_bad_fields_are_refused_and_nothing_is_kept(client, village, code, change):
    assert client.post(reverse("join", args=[code.token]), fields(words="东河嘎查") | change).status_code == 422
    assert not Registration.objects.exists()


def test_no_code_no_page(client, cast):
    assert client.get(reverse("join", args=["nothing"])).status_code == 404
    assert client.get(reverse("join_status")).status_code == 404
    assert client.post(reverse("join_enter")).status_code == 404


def test_expired_and_revoked_codes_say_what_to_do(cast, client, code, settings):
    page = reverse("join", args=[code.token])
    settings.STAND_ON = TODAY + timedelta(1)
    answer = client.get(page)
    assert (answer.status_code, "过期" in answer.content.decode()) == (422, True)
    settings.STAND_ON = TODAY
    new = actions.make_codes([cast.banner], by=cast.officer, for_all=True, expires_on=TODAY)[0]
    assert "停用" in client.get(page).content.decode()  # the old print
    actions.revoke_code(new, by=cast.officer)
    with pytest.raises(Conflict):
        actions.revoke_code(new, by=cast.officer)
    assert client.post(reverse("join", args=[new.token]), fields(words="东河镇")).status_code == 422


def test_a_code_serves_its_own_unit_and_a_closed_unit_none(cast, village, code):
    own = actions.make_codes([village], by=cast.officer, expires_on=TODAY)[0]
    with pytest.raises(RuleBroken, match="不能为"):
        ask(own, cast.mine)
    abroad = Person.objects.get(username="foreign_officer").unit
    with pytest.raises(RuleBroken, match="不能为"):
        ask(code, abroad)
    village.valid_to = date(2023, 1, 1)
    village.save()
    with pytest.raises(RuleBroken, match="已经撤销"):
        ask(own, village)


def test_two_who_claim_one_unit(cast, village, code):
    first, second = ask(code, village), ask(code, village, name="其木格", phone="0477-0000002")
    actions.confirm_registration(first, by=cast.officer)
    second.refresh_from_db()
    assert (second.state, second.because) == ("refused", "本单位已由另一位同志登记。")
    with pytest.raises(Conflict):
        actions.confirm_registration(second, by=cast.officer)
    with pytest.raises(Conflict):
        actions.refuse_registration(first, by=cast.officer, because="x")
    assert Term.objects.filter(unit=village, until=None).count() == 1


def test_same_person_on_another_phone_stays_the_same_account(cast, village, code):
    first = actions.confirm_registration(ask(code, village), by=cast.officer)
    again = actions.confirm_registration(ask(code, village), by=cast.officer)
    assert again.pk == first.pk
    assert Term.objects.filter(unit=village).count() == 1


def test_somebody_elses_number_changes_nobody(cast, village, code):
    holder = actions.confirm_registration(ask(code, village), by=cast.officer)
    row = ask(code, cast.mine, name="冒名")
    with pytest.raises(RuleBroken, match="已登记为"):
        actions.confirm_registration(row, by=cast.officer)
    holder.refresh_from_db()
    row.refresh_from_db()
    assert (holder.unit, str(holder), row.state) == (village, "白音", "waiting")


def test_number_may_come_back_after_a_hand_over(cast, village, code):
    old = actions.confirm_registration(ask(code, village), by=cast.officer)
    actions.confirm_registration(ask(code, village, name="其木格", phone="0477-0000002"), by=cast.officer)
    back = actions.confirm_registration(ask(code, cast.mine), by=cast.officer)
    assert back.pk != old.pk
    assert back.role == "enterprise"


def test_who_decides_stands_at_or_above_the_unit(cast, client, village, code):
    row = ask(code, village)
    url = reverse("registration_confirm", args=[row.pk])
    for person, status in [(cast.stranger, 404), (cast.foreign_officer, 404), (cast.miner, 404), (cast.clerk, 302)]:
        client.login_as(person)
        assert client.post(url).status_code == status
    row.refresh_from_db()
    assert row.decided_by == cast.clerk


def test_refusal_needs_a_reason_which_the_person_reads(cast, client, village, code):
    client.post(reverse("join", args=[code.token]), fields(words="东河嘎查"))
    row = Registration.objects.get()
    with pytest.raises(RuleBroken):
        actions.refuse_registration(row, by=cast.officer, because=" ")
    actions.refuse_registration(row, by=cast.officer, because="请由村书记登记")
    assert "请由村书记登记" in client.get(reverse("join_status")).content.decode()
    assert client.post(reverse("join_enter")).status_code == 422


def test_a_robot_is_stopped_at_the_unit_the_code_and_the_address(cast, client, village, code, monkeypatch):
    for n in range(rules.MOST_WAITING):
        ask(code, village, phone=f"0477-000010{n}")
    with pytest.raises(RuleBroken, match="等待确认"):
        ask(code, village)
    monkeypatch.setattr(rules, "MOST_AN_HOUR", rules.MOST_WAITING)
    with pytest.raises(RuleBroken, match="一小时后"):
        ask(code, cast.town)
    monkeypatch.undo()
    page = reverse("join", args=[code.token])
    answers = [client.post(page, fields(words="东河镇", phone=f"0477-0002{n:03}")).status_code for n in range(125)]
    assert answers.count(302) == rules.MOST_WAITING
    assert answers[-1] == 429
    assert Registration.objects.count() == 2 * rules.MOST_WAITING


def test_attempts_from_many_addresses_do_not_make_it_forget_the_first(rf):
    def tried(address):
        return bool(ratelimit.consume(rf.post("/", REMOTE_ADDR=address), action="join"))

    assert [tried("10.0.0.1") for _ in range(121)].count(True) == 120
    assert all(tried(f"10.1.{n // 250}.{n % 250}") for n in range(1000))
    assert not tried("10.0.0.1")


def test_a_flood_through_one_code_leaves_room_in_another_and_goes_by_one_press(cast, client, village, code, monkeypatch):
    monkeypatch.setattr(rules, "A_FLOOD", rules.MOST_WAITING)
    for n in range(rules.MOST_WAITING):
        ask(code, village, phone=f"0477-000010{n}")
    own = actions.make_codes([village], by=cast.officer, expires_on=TODAY)[0]
    honest = ask(own, village)
    press = reverse("code_flood", args=[code.pk])
    client.login_as(cast.clerk)
    assert press not in client.get(reverse("liaisons")).content.decode()
    assert client.post(press).status_code == 404
    client.login_as(cast.officer)
    assert press in client.get(reverse("liaisons")).content.decode()
    assert client.post(press).status_code == 302
    assert client.post(press).status_code == 409
    assert list(Registration.objects.waiting()) == [honest]
    assert AuditEvent.objects.filter(verb="code.flood_refused").count() == 1
    with pytest.raises(RuleBroken, match="停用"):
        ask(JoinCode.objects.get(pk=code.pk), village)
    assert ask(actions.make_codes([cast.banner], by=cast.officer, for_all=True, expires_on=TODAY)[0], village)


def test_list_shows_who_is_missing_and_masks_numbers(cast, client, village, code):
    actions.confirm_registration(ask(code, village), by=cast.officer)
    client.login_as(cast.officer)
    body = client.get(reverse("liaisons") + "?kind=village").content.decode()
    assert PHONE not in body
    assert "047*-****001" in body
    client.login_as(cast.clerk)
    assert "○ 还没有登记" not in client.get(reverse("liaisons") + "?missing=1").content.decode()
    extra = add_unit(cast.town, by="test", name="东河社区", kind="community")
    assert extra.name in client.get(reverse("liaisons") + "?missing=1").content.decode()


def test_whole_numbers_are_given_on_record(cast, client, village, code):
    actions.confirm_registration(ask(code, village), by=cast.officer)
    term = Term.objects.get(unit=village)
    client.login_as(cast.stranger)
    assert client.post(reverse("liaison_phone", args=[term.pk])).status_code == 404
    assert client.post(reverse("liaison_file")).status_code == 403
    client.login_as(cast.officer)
    assert PHONE in client.post(reverse("liaison_phone", args=[term.pk])).content.decode()
    assert client.post(reverse("liaison_file")).content[:2] == b"PK"
    assert set(AuditEvent.objects.filter(verb__startswith="liaison.l").values_list("verb", "by")) == {
        ("liaison.looked_up", "officer"), ("liaison.list_taken", "officer"),
    }


def test_codes_for_all_and_for_each_unit(cast, client, village):
    client.login_as(cast.officer)
    client.post(reverse("code_for_all"), {"expires_on": "2023-07-01"})
    assert "<svg" in client.get(reverse("code_for_all")).content.decode()
    assert client.post(reverse("code_for_all"), {"expires_on": "2022-07-01"}).status_code == 422
    sheet = reverse("code_sheet") + "?kind=village"
    client.post(sheet)
    client.post(sheet)
    assert JoinCode.objects.filter(unit=village, revoked_at=None).count() == 1
    assert "<svg" in client.get(sheet).content.decode()
    client.login_as(cast.clerk)
    assert client.get(reverse("code_for_all")).status_code == 403
    client.post(reverse("code_of_unit", args=[cast.town.pk]), {"expires_on": "2023-07-01"})
    assert "<svg" in client.get(reverse("code_of_unit", args=[cast.town.pk])).content.decode()
    assert client.get(reverse("code_of_unit", args=[cast.other_town.pk])).status_code == 404


def test_data_goes_when_its_purpose_is_over(cast, village, code):
    old = actions.confirm_registration(ask(code, village), by=cast.officer)
    actions.confirm_registration(ask(code, village, name="其木格", phone="0477-0000002"), by=cast.officer)
    ask(code, cast.mine, phone="0477-0000003")
    assert actions.forget_expired(by="retention", today=TODAY + timedelta(30)) == 0
    assert actions.forget_expired(by="retention", today=TODAY + timedelta(31)) == 1
    assert actions.forget_expired(by="retention", today=TODAY + timedelta(180)) == 0
    assert actions.forget_expired(by="retention", today=TODAY + timedelta(181)) == 1
    old.refresh_from_db()
    assert (str(old), old.phone, old.registrations.count()) == ("原联络员", "", 0)
    assert Term.objects.filter(person=old).exists()
    assert actions.forget_expired(by="retention", today=TODAY + timedelta(400)) == 0


def test_a_unit_that_moved_is_still_found(cast, village, code):
    row = ask(code, village)
    move_unit(village, by="test", parent=cast.other_town)
    actions.confirm_registration(Registration.objects.get(pk=row.pk), by=cast.stranger)
    assert Term.objects.get(unit=village).person.registrations.get() == row


@pytest.mark.parametrize(("typed", "kept"), [
    ("１００ ００００ ０００１", "10000000001"), ("+86 100-0000-0001", "10000000001"), ("8610000000001", "10000000001"), ("0086-10000000001", "10000000001"), ("00860000000", "00860000000"),
    ("0477-0000000", "0477-0000000"), ("(0477)0000000", "04770000000"), ("1234", None), ("abc", None), ("", None),
])  # fmt: skip
def test_numbers(typed, kept):
    assert rules.phone_of(typed) == kept


@given(st.from_regex(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,5})?", fullmatch=True))
def test_a_mask_hides_three_digits_at_least(number):
    assert rules.phone_of(number) == number
    shown = rules.masked(number)
    assert shown.count("*") >= 3
    assert len(shown) == len(number)


def test_a_phone_that_scans_again_finds_its_registration(client, village, code):
    page = reverse("join", args=[code.token])
    assert reverse("join_status") not in client.get(page).text
    client.post(page, fields(words="东河嘎查"))
    assert reverse("join_status") in client.get(page).text
    assert AuditEvent.objects.get(verb="registration.made").by == "join"  # a name that anybody may type is no actor
