"""One's sessions: seen, ended, and forgotten when they are over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from anyue.people import rules
from anyue.people.actions import drop_second_factor, forget_expired
from conftest import PASSWORD, TODAY, Browser

LIST = reverse("usersessions_list")
PHONE = "Mozilla/5.0 (Linux; Android 12; HarmonyOS) AppleWebKit/537.36 Chrome/114 Mobile Safari/537.36 MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


def browser(agent, who="clerk"):
    client = Browser(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": who, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "微信 · 鸿蒙"),
        (DESK, "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 wxwork/4.1 MicroMessenger/7.0", "企业微信 · iPhone"),
        ("curl/8", "其他设备"),
        ("", "其他设备"),
    ],
)
def test_device_in_two_words(agent, words):
    assert rules.device_of(agent) == words


def test_own_sessions_are_listed_and_others_ended(cast):
    phone, desk, stranger = browser(PHONE), browser(DESK), browser(PHONE, "stranger")

    page = desk.get(LIST).content.decode()
    desk.post(LIST)

    assert page.count("127.0.0.1") == 2
    assert "微信 · 鸿蒙" in page
    assert 'Edge · Windows <span class="tag">本机' in page
    assert [client.get(LIST).status_code for client in (phone, desk, stranger)] == [302, 200, 200]
    assert UserSession.objects.filter(user=cast.clerk).count() == 1


def test_use_is_noted_every_ten_minutes_and_no_oftener(cast):
    desk = browser(DESK)
    row = UserSession.objects.get()
    hour_ago = timezone.now() - timedelta(hours=1)

    def seen():
        UserSession.objects.update(last_seen_at=hour_ago)
        desk.get(reverse("messages"))
        return UserSession.objects.get().last_seen_at > hour_ago

    first, at_once = seen(), seen()
    cache.delete(f"seen:{row.session_key}")
    later = seen()

    assert (first, at_once, later) == (True, False, True)


def test_nothing_is_kept_of_who_signed_out(cast):
    desk = browser(DESK)

    desk.post(reverse("account_logout"))

    assert not UserSession.objects.exists()


@pytest.mark.parametrize("end", ["runs out", "is ended", "password", "closed"])
def test_where_a_session_came_from_is_forgotten_with_it(cast, end):
    browser(DESK)
    browser(DESK, "stranger")
    key = UserSession.objects.get(user=cast.clerk).session_key
    if end == "runs out":
        Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(1))
    elif end == "is ended":
        Session.objects.filter(pk=key).delete()
    elif end == "password":
        cast.clerk.set_password("another-long-password")
        cast.clerk.save()
    else:
        cast.clerk.is_active = False
        cast.clerk.save()

    assert forget_expired(by="worker", today=TODAY) == 1

    assert [row.user for row in UserSession.objects.all()] == [cast.stranger]
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()


def test_a_lost_device_is_signed_out(cast):
    phone = browser(PHONE, "officer")
    assert phone.get("/").status_code == 200

    drop_second_factor(cast.officer, by="command line")

    assert phone.get("/").status_code == 302
    assert not UserSession.objects.exists()
