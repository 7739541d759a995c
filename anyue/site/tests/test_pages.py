"""The frame: headers, languages, sign-in, working days."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from anyue.campaigns.tests.make import make_campaign
from anyue.kernel.workdays import Workdays, is_known
from anyue.site import days
from conftest import PASSWORD


def test_pages_allow_nothing_inline_and_no_other_host(client, db):
    response = client.get(reverse("account_login"))

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_health(client, db):
    assert client.get("/healthz").content == b"ok"


def test_language_follows_the_choice(client, db):
    client.post(reverse("language"), {"language": "en", "next": "/account/login/"})

    assert "Sign in" in client.get("/account/login/").content.decode()


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "abc", "²", ""])
def test_the_way_back_stays_here(client, db, url):
    response = client.post(reverse("language"), {"language": "en", "next": url})

    assert response["Location"] == "/"


def test_large_type_is_one_class(client, db):
    client.post(reverse("type_size"), {"next": "/account/login/"})

    assert 'class="large"' in client.get("/account/login/").content.decode()


def test_sign_in_leads_to_ones_own_page(cast, client):
    response = client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0] == reverse("campaigns:mine")


def test_five_wrong_passwords_lock(cast, client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "lock"}}
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"})

    response = client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})

    assert response.status_code == 200
    assert "5 分钟后再试" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_lock_is_not_pushed_out_by_other_names(cast, client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "pushed"}}
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "clerk", "password": "wrong"})

    for n in range(1000):
        cache.set(f"another-name-{n}", 1)
    response = client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})

    assert "5 分钟后再试" in response.content.decode()


def test_too_many_sign_ins_from_one_address_are_refused_there_and_only_there(cast, client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "address"}}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def sign_in(n, address):
        return client.post(reverse("account_login"), {"login": f"x{n}", "password": "y"}, headers={"x-forwarded-for": address})

    for n in range(31):
        refused = sign_in(n, "203.0.113.7")
    elsewhere = sign_in(99, "203.0.113.8")

    assert (refused.status_code, elsewhere.status_code) == (429, 200)
    assert "请等一分钟再试" in refused.content.decode()


def test_nobody_signs_up(client, db):
    client.post(reverse("account_signup"), {"username": "x", "password1": PASSWORD})

    from anyue.people.models import Person

    assert not Person.objects.filter(username="x").exists()


def test_working_days_follow_the_table_the_office_edits(cast, client):
    days.fill(2023, 2023)
    client.login_as(cast.officer)
    # 端午 2023: 22–24 June off, Sunday 25 June worked.
    assert Workdays(2023, 2023).after(date(2023, 6, 21), 1) == date(2023, 6, 25)

    client.post(reverse("workdays"), {"day": "2023-06-26", "is_off": "1", "name": "补休"})

    assert Workdays(2023, 2023).after(date(2023, 6, 25), 1) == date(2023, 6, 27)


def test_days_on_end_are_one_line(cast, client, settings):
    settings.STAND_ON = date(2023, 6, 12)
    days.fill(2023, 2023)
    client.login_as(cast.officer)

    chinese = client.get(reverse("workdays")).content.decode()
    client.post(reverse("language"), {"language": "en", "next": "/"})
    english = client.get(reverse("workdays")).content.decode()

    dragon = [s for s in days.years(2023)[1].stretches() if s.name == "端午节"]
    assert [(s.first, s.last, s.is_off) for s in dragon] == [
        (date(2023, 6, 22), date(2023, 6, 24), True),
        (date(2023, 6, 25), date(2023, 6, 25), False),
    ]
    assert "端午节" in chinese
    assert "Dragon Boat Festival" in english


def test_a_year_without_holidays_says_so(cast, client, settings):
    settings.STAND_ON = date(2035, 6, 12)
    client.login_as(cast.officer)

    assert not is_known(date(2035, 6, 1))
    assert "尚未录入" in client.get(reverse("workdays")).content.decode()
    assert Workdays(2035, 2035).is_workday(date(2035, 6, 12))


def test_unknown_pages_say_what_they_are(cast, client):
    client.login_as(cast.clerk)

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "没有找到" in response.content.decode()


@pytest.mark.parametrize("odd", ["%00", "²", "9" * 5000, "-1", "%F0%9F"])
@pytest.mark.parametrize(
    "where",
    ["/units/?q=", "/units/?kind=", "/units/?page=", "/campaigns/{}/review/?task=", "/campaigns/{}/board/?kind="],
)
def test_odd_addresses_are_no_error(cast, client, where, odd):
    campaign = make_campaign(cast)
    client.login_as(cast.officer)

    assert client.get(where.format(campaign.pk) + odd).status_code in (200, 400)


def test_number_no_column_holds_is_not_found(cast, client):
    client.login_as(cast.officer)

    assert client.get(f"/campaigns/{'9' * 40}/").status_code == 404


def test_null_in_a_cookie_is_refused(client, db):
    client.cookies["sessionid"] = "\0" * 32

    assert client.get("/").status_code == 400


def test_other_character_sets_are_refused(client, db):
    response = client.generic("POST", "/account/login/", b"a=1", "application/x-www-form-urlencoded; charset=utf-16")

    assert response.status_code == 415


def test_what_may_only_be_sent_has_a_page_that_says_so(cast, client):
    client.login_as(cast.officer)

    response = client.get("/language/")

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "不能这样打开" in response.content.decode()


def test_signing_in_says_nothing_that_the_page_does_not_show(cast, client):
    cast.officer.set_password("orchid-meadow-71")
    cast.officer.save()

    response = client.post("/account/login/", {"login": cast.officer.username, "password": "orchid-meadow-71"}, follow=True)

    assert response.status_code == 200
    assert 'class="messages"' not in response.content.decode()
