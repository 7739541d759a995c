"""The second factor: set up, asked for, once only, compulsory for the office, taken away when lost."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import URLPattern, get_resolver, reverse

from anyue.kernel.models import AuditEvent
from anyue.people.actions import drop_second_factor, make_codes, make_token, register
from anyue.people.middleware import OPEN
from anyue.people.tests.device import Device
from conftest import PASSWORD, TODAY, Browser

HOME, SETUP = reverse("home"), reverse("mfa_index")
APP, ENTER, CODES = reverse("mfa_activate_totp"), reverse("mfa_authenticate"), reverse("mfa_view_recovery_codes")
ADD = reverse("mfa_add_webauthn")


@pytest.fixture(autouse=True)
def own_cache(settings, request, db):
    """Locks and used codes of one test are not those of another."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.name}}
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """The clock of codes stands early in a stretch of 30 seconds; at(60) is a minute later."""
    real = time.time() // 30 * 30 + 5
    monkeypatch.setattr(time, "time", lambda: real)

    def move(seconds):
        monkeypatch.setattr(time, "time", lambda: real + seconds)

    return move


def code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, who="officer", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": who, "password": password})


def set_up_app(client):
    """An app for who is signed in; returns its secret and the recovery codes."""
    secret = client.get(APP).context["form"].secret
    assert client.post(APP, {"code": code(secret)}).status_code == 302
    codes = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())
    return secret, codes


def other_code(secret):
    """Six digits that are wrong now."""
    return f"{(int(code(secret)) + 1) % 1_000_000:06}"


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def officer(cast, client):
    """Signed in, with an app; then signed out."""
    sign_in(client)
    secret, codes = set_up_app(client)
    client.post(reverse("account_logout"))
    return secret, codes


def test_setting_up_an_app_shows_recovery_codes_once(cast, client):
    sign_in(client, "clerk")
    page = client.get(APP)
    secret = page.context["form"].secret

    wrong = client.post(APP, {"code": other_code(secret)})
    right = client.post(APP, {"code": code(secret)})
    first, second = client.get(CODES), client.get(CODES)

    assert secret in page.content.decode()
    assert "<svg" in page.content.decode()
    assert "没有通过验证" in wrong.content.decode()
    assert right["Location"] == CODES
    assert len(re.findall(r"<code>\d{8}</code>", first.content.decode())) == 10
    assert not re.search(r"\d{8}", second.content.decode())
    assert AuditEvent.objects.filter(verb="person.totp_activated", by="clerk").count() == 1


def test_right_code_lets_in(officer, client, at):
    at(60)

    first = sign_in(client)
    assert (first["Location"], is_in(client)) == (ENTER, False)
    second = client.post(ENTER, {"code": code(officer[0])})

    assert (second.status_code, is_in(client)) == (302, True)
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("odd", ["000000x", "", "12345", "１２３４５６", "9" * 5000])
def test_wrong_code_does_not(officer, client, odd):
    sign_in(client)

    response = client.post(ENTER, {"code": odd})

    assert (response.status_code, is_in(client)) == (200, False)
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))


def test_code_is_good_once(officer, client, at):
    at(60)
    used = code(officer[0])
    sign_in(client)
    client.post(ENTER, {"code": used})
    client.post(reverse("account_logout"))
    sign_in(client)

    again = client.post(ENTER, {"code": used})

    assert (again.status_code, is_in(client)) == (200, False)


def test_code_of_an_hour_ago_is_refused(officer, client, at):
    old = code(officer[0])
    at(3600)
    sign_in(client)

    assert client.post(ENTER, {"code": old}).status_code == 200
    assert not is_in(client)


def test_five_wrong_codes_lock_also_the_right_one(officer, client, at):
    at(60)
    sign_in(client)
    for _ in range(5):
        client.post(ENTER, {"code": other_code(officer[0])})

    locked = client.post(ENTER, {"code": code(officer[0])})
    at(60 + 301)
    sign_in(client)
    free = client.post(ENTER, {"code": code(officer[0])})

    assert "5 分钟后再试" in locked.content.decode()
    assert (free.status_code, is_in(client)) == (302, True)


def test_half_way_in_one_may_turn_back(officer, client):
    sign_in(client)
    halfway = client.get(reverse("account_login"))

    client.post(reverse("account_logout"))
    after = client.get(reverse("account_login"))

    assert (halfway.status_code, after.status_code) == (302, 200)
    assert client.get(ENTER).status_code == 302


def test_new_password_is_on_record(cast, client):
    sign_in(client, "clerk")
    new = "another-long-password"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert AuditEvent.objects.filter(verb="person.password_changed", by="clerk").count() == 1


def test_recovery_code_lets_in_once(officer, client):
    _secret, codes = officer
    sign_in(client)
    first = client.post(ENTER, {"code": codes[3]})
    client.post(reverse("account_logout"))
    sign_in(client)

    second = client.post(ENTER, {"code": codes[3]})

    assert first.status_code == 302
    assert (second.status_code, is_in(client)) == (200, False)


def pages(patterns=None, prefix="/"):
    """Every address with its view, the parts that vary filled in."""
    for entry in patterns or get_resolver().url_patterns:
        route = prefix + re.sub(r"<int:\w+>", "1", re.sub(r"<(str|path):\w+>", "x", str(entry.pattern))).replace("<fileform:form>", "xlsx")
        if isinstance(entry, URLPattern):
            yield route, entry
        else:
            yield from pages(entry.url_patterns, route)


def test_office_without_one_is_led_to_set_it_up_from_every_page(cast, client):
    sign_in(client)

    closed = [url for url, entry in pages() if getattr(entry.callback, "login_required", True) and entry.name not in OPEN]
    answers = {(method, url): getattr(client, method)(url).get("Location") for url in closed for method in ("get", "post")}

    assert len(closed) > 50
    assert {where: leads for where, leads in answers.items() if leads != SETUP} == {}
    assert "先设置二次验证" in client.get(SETUP).content.decode()
    assert not AuditEvent.objects.exclude(by="test").exists()


def test_office_with_one_works_at_once(cast, client):
    sign_in(client)
    set_up_app(client)

    assert client.get(HOME).status_code == 200


def test_liaisons_and_keys_of_the_interface_need_none(cast, client):
    token = make_token(cast.officer, by="test")

    sign_in(client, "clerk")

    assert client.get("/mine/").status_code == 200
    assert client.get("/api/v1/campaigns", headers={"authorization": f"Bearer {token}"}).status_code == 200


def test_switched_off_it_is_not_asked_for(cast, client, settings):
    settings.SECOND_FACTOR = False
    sign_in(client)

    assert client.get(HOME).status_code == 200


def test_password_is_asked_again_before_it_is_taken_away(officer, client, at):
    sign_in(client)
    at(60)
    client.post(ENTER, {"code": code(officer[0])})
    at(3600)

    asked = client.post(reverse("mfa_deactivate_totp"))
    page = client.get(asked["Location"])
    wrong = client.post(asked["Location"], {"password": "wrong"})
    still = Authenticator.objects.count()
    done = client.post(asked["Location"], {"password": PASSWORD}, follow=True)

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "改用验证码" in page.content.decode()
    assert (wrong.status_code, still) == (200, 2)
    assert done.status_code == 200
    assert Authenticator.objects.count() == 0
    assert AuditEvent.objects.filter(verb="person.totp_deactivated").count() == 1
    assert client.get(HOME)["Location"] == SETUP


def test_new_recovery_codes_replace_the_old(officer, client, at):
    secret, codes = officer
    sign_in(client)
    at(60)
    client.post(ENTER, {"code": code(secret)})

    assert "换一组恢复码" in client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    client.post(reverse("mfa_generate_recovery_codes"))
    new = re.findall(r"<code>(\d{8})</code>", client.get(CODES).content.decode())

    assert len(new) == 10
    assert not set(new) & set(codes)


def test_who_lost_the_device_starts_again(officer, cast, client):
    assert drop_second_factor(cast.officer, by="command line") == 2

    sign_in(client)

    assert is_in(client)
    assert client.get(HOME)["Location"] == SETUP
    assert AuditEvent.objects.get(verb="person.second_factor_dropped").by == "command line"


def enter_by_code(cast, client, person):
    """The device that registered as `person` and was confirmed."""
    code = make_codes([person.unit], by=cast.officer, expires_on=TODAY)[0]
    row, secret = register(code, by="test", unit=person.unit, name="白音", post="", phone="0477-0000001")
    row.state, row.person, row.decided_by, row.decided_at = "confirmed", person, cast.officer, row.made_at
    row.save()
    session = client.session
    session["registration"] = secret
    session.save()
    return client.post(reverse("join_enter"))


def test_device_of_a_liaison_is_asked_too(cast, client):
    desk = Browser()
    sign_in(desk, "clerk")
    _secret, codes = set_up_app(desk)

    asked = enter_by_code(cast, client, cast.clerk)
    before = is_in(client)
    client.post(ENTER, {"code": codes[0]})

    assert (asked["Location"], before, is_in(client)) == (ENTER, False, True)
    assert client.session.get_expiry_age() > 100 * 24 * 3600


def test_nobody_gets_into_the_office_by_a_code_on_a_wall(cast, client):
    assert enter_by_code(cast, client, cast.officer).status_code == 422
    assert not is_in(client)


def add_passkey(client, device, **more):
    options = client.get(ADD).context["js_data"]["creation_options"]
    return client.post(ADD, {"name": "办公室电脑", "credential": device.create(options), **more})


def test_passkey_after_the_password(cast, client):
    device = Device(verified=False)
    sign_in(client)
    added = add_passkey(client, device)
    assert "办公室电脑" in client.get(SETUP).content.decode()
    client.post(reverse("account_logout"))
    sign_in(client)

    options = client.get(ENTER).context["js_data"]["request_options"]
    entered = client.post(ENTER, {"credential": device.get(options)})

    assert added["Location"] == CODES
    assert (entered.status_code, is_in(client)) == (302, True)
    assert client.get(HOME).status_code == 200


def test_answer_of_a_passkey_is_good_once_and_here(cast, client):
    device = Device()
    sign_in(client)
    add_passkey(client, device)
    client.post(reverse("account_logout"))
    sign_in(client)

    options = client.get(ENTER).context["js_data"]["request_options"]
    elsewhere = client.post(ENTER, {"credential": device.get(options, origin="https://evil.example")})
    stale = client.post(ENTER, {"credential": device.get(options)})
    other = client.post(ENTER, {"credential": Device().get(client.get(ENTER).context["js_data"]["request_options"])})

    assert [r.status_code for r in (elsewhere, stale, other)] == [200, 200, 200]
    assert not is_in(client)


def ask_alone(client):
    return client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()["request_options"]


def test_passkey_instead_of_the_password(cast, client):
    device = Device()
    sign_in(client)
    add_passkey(client, device, passwordless="on")
    client.post(reverse("account_logout"))

    entered = client.post(reverse("mfa_login_webauthn"), {"credential": device.get(ask_alone(client))})

    assert (entered.status_code, is_in(client)) == (302, True)
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("change", ["unverified", "closed"])
def test_passkey_alone_needs_who_is_there_and_an_open_account(cast, client, change):
    device = Device()
    sign_in(client)
    add_passkey(client, device, passwordless="on")
    client.post(reverse("account_logout"))
    if change == "unverified":
        device.flags = 1
    else:
        cast.officer.is_active = False
        cast.officer.save()

    client.post(reverse("mfa_login_webauthn"), {"credential": device.get(ask_alone(client))})

    assert not is_in(client)


def test_removing_the_last_passkey_takes_the_codes_with_it(cast, client):
    sign_in(client)
    add_passkey(client, Device())
    key = Authenticator.objects.get(type="webauthn")
    client.post(reverse("account_logout"))
    sign_in(client, "clerk")
    foreign = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    client.post(reverse("account_logout"))
    client.login_as(cast.officer)
    asked = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    client.post(asked["Location"], {"password": PASSWORD})

    assert foreign.status_code == 404
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert not Authenticator.objects.exists()


@pytest.fixture
def hour_later(cast, client, at):
    """The officer, signed in with an app and a passkey, an hour later; the passkey and the secret."""
    device = Device()
    sign_in(client)
    add_passkey(client, device)
    secret = client.get(APP).context["form"].secret
    client.post(APP, {"code": code(secret)})
    at(3600)
    return device, secret


@pytest.mark.parametrize("way", ["code", "passkey"])
def test_it_is_oneself_by_code_or_passkey_too(hour_later, client, way):
    device, secret = hour_later
    new, again = reverse("mfa_generate_recovery_codes"), reverse("mfa_reauthenticate" if way == "code" else "mfa_reauthenticate_webauthn")
    again += f"?next={new}"
    before = client.get(new)
    page = client.get(again)
    wrong = {"code": other_code(secret)} if way == "code" else {"credential": device.get(page.context["js_data"]["request_options"], origin="https://evil.example")}
    client.post(again, wrong)
    still = client.get(new)

    right = {"code": code(secret)} if way == "code" else {"credential": device.get(client.get(again).context["js_data"]["request_options"])}
    done = client.post(again, right)

    assert "改用密码" in page.content.decode()
    assert (before.status_code, still.status_code, done["Location"]) == (302, 302, new)
    assert client.get(new).status_code == 200


def test_both_are_taken_away_from_their_pages(hour_later, client):
    app, key = reverse("mfa_deactivate_totp"), reverse("mfa_remove_webauthn", args=[Authenticator.objects.get(type="webauthn").pk])
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    pages = [client.get(url).content.decode() for url in (app, key)]
    left = [client.post(url)["Location"] for url in (app, key)]

    assert "停用验证器应用？" in pages[0]
    assert "办公室电脑" in pages[1]
    assert left == [SETUP, SETUP]
    assert not Authenticator.objects.exists()


GARBAGE = ["", "1", "[]", "{}", "null", '"x"', "[" * 5000, '{"rawId": 5}', '{"rawId": "eA", "id": "eA", "response": "x"}',
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "attestationObject": "oA"}}',
    '{"rawId": "eA", "response": {"clientDataJSON": "e30", "authenticatorData": "eA", "signature": "eA", "userHandle": 5}}',
    '{"rawId": "eA", "response": {"clientDataJSON": "!", "attestationObject": "////"}}']


def test_what_no_device_says_is_refused(cast, client):
    sign_in(client)
    add_passkey(client, Device())
    outside, halfway = Browser(), Browser()
    sign_in(halfway)

    for words in GARBAGE:
        client.get(ADD), halfway.get(ENTER), ask_alone(outside)
        sent = {"credential": words}
        answers = client.post(ADD, sent), halfway.post(ENTER, sent), outside.post(reverse("mfa_login_webauthn"), sent)
        assert [answer.status_code for answer in answers] == [200, 200, 302], words

    assert Authenticator.objects.filter(type="webauthn").count() == 1
    assert not is_in(halfway)
    assert not is_in(outside)


def test_pages_are_in_english_too(officer, client):
    client.post(reverse("language"), {"language": "en", "next": "/"})
    sign_in(client)

    words = client.get(ENTER).content.decode()

    assert "Second factor" in words
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<header.*?</header>", "", words, flags=re.S))
