"""Sign-in by WeCom, DingTalk and WeChat against a service of our own that also refuses and lies."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured

from anyue import env
from anyue.kernel.models import AuditEvent
from anyue.people import provider

SERVICES = {"wecom": provider.WeComService, "dingtalk": provider.DingTalkService, "weixin": provider.WeixinService}
TRUTH = {"access_token": "t", "accessToken": "t", "userid": "batu", "unionId": "batu", "openid": "batu", "nick": "巴图", "mobile": "10000000001"}


class Service:
    """Answers every question with `answer`."""

    def __init__(self):
        service = self
        self.answer, self.status, self.asked = json.dumps(TRUTH), 200, []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                service.asked.append((self.path, body))
                data = service.answer.encode()
                self.send_response(service.status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_POST = do_GET

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service(settings, monkeypatch):
    found = Service()
    for known in SERVICES.values():
        monkeypatch.setattr(known, "base", f"http://127.0.0.1:{found.server.server_port}")
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": [{"client_id": "corp", "secret": "s3cret", "key": "1000"}]} for name in SERVICES}
    yield found
    found.server.shutdown()
    found.server.server_close()


def through(client, name, **more):
    """The browser goes to the service and comes back."""
    sent = client.post(f"/account/by/{name}/", more)
    asked = parse_qs(urlsplit(sent["Location"]).query)
    code = "authCode" if name == "dingtalk" else "code"
    back = f"/account/by/{name}/back/?{code}=c0de&state={asked['state'][0]}"
    assert "data-at-once" in client.get(back).text
    return client.post(back, follow=True)


def may_enter(client):
    return client.get("/mine/").status_code == 200


@pytest.mark.parametrize("name", SERVICES)
def test_who_linked_it_signs_in_by_it_and_nothing_else_is_kept(cast, client, service, name):
    client.login_as(cast.clerk)
    assert "已绑定，以后" in through(client, name, process="connect").text
    row = SocialAccount.objects.get()
    assert (row.user, row.uid, row.extra_data) == (cast.clerk, "batu", {})
    assert "解除绑定" in client.get("/account/").text
    client.logout()
    through(client, name)
    assert may_enter(client)
    assert client.get("/account/sessions/").status_code == 200
    client.post(f"/account/by/{row.pk}/unlink/")
    client.logout()
    assert "还没有绑定" in through(client, name).text
    assert not may_enter(client)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"person.account_connected", "person.outside_unlinked"} <= verbs


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    ("answer", "status"),
    [("{}", 200), ("[]", 200), ("no json", 200), ('{"errcode": 40029, "userid": "batu"}', 200), (json.dumps(TRUTH), 500), (json.dumps(TRUTH), 302),
     (json.dumps({**TRUTH, "userid": 7, "unionId": 7, "openid": 7}), 200), (json.dumps({**TRUTH, "userid": "", "unionId": "", "openid": "x" * 300}), 200)],
)
def test_a_service_that_refuses_or_lies_lets_nobody_in(cast, client, service, name, answer, status):
    SocialAccount.objects.create(user=cast.clerk, provider=name, uid="batu")
    service.answer, service.status = answer, status
    assert "没有登录成功" in through(client, name).text
    assert not may_enter(client)


def test_nobody_signs_up_and_nobody_takes_over(cast, client, service):
    through(client, "wecom")
    assert not SocialAccount.objects.exists()
    SocialAccount.objects.create(user=cast.clerk, provider="wecom", uid="batu")
    client.login_as(cast.miner)
    assert "另一位用户" in through(client, "wecom", process="connect").text
    assert SocialAccount.objects.get().user == cast.clerk
    client.login_as(cast.miner)
    assert client.post(f"/account/by/{SocialAccount.objects.get().pk}/unlink/").status_code == 404


def test_without_its_state_a_way_back_leads_nowhere(cast, client, service):
    SocialAccount.objects.create(user=cast.clerk, provider="wecom", uid="batu")
    for query in ({}, {"code": "c"}, {"code": "c", "state": "made-up"}, {"error": "access_denied", "state": "x"}):
        client.post(f"/account/by/wecom/back/?{urlencode(query)}")
        assert not may_enter(client)
    assert service.asked == []
    used = parse_qs(urlsplit(client.post("/account/by/wecom/")["Location"]).query)["state"][0]
    client.post(f"/account/by/wecom/back/?code=c&state={used}")
    client.logout()
    client.post(f"/account/by/wecom/back/?code=c&state={used}")
    assert not may_enter(client)


def test_a_second_factor_is_asked_for_here_too(cast, client, service):
    SocialAccount.objects.create(user=cast.clerk, provider="wecom", uid="batu")
    Authenticator.objects.create(user=cast.clerk, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    through(client, "wecom")
    assert not may_enter(client)


def test_a_person_who_handed_over_is_out(cast, client, service):
    SocialAccount.objects.create(user=cast.clerk, provider="wecom", uid="batu")
    cast.clerk.is_active = False
    cast.clerk.save()
    through(client, "wecom")
    assert not may_enter(client)


def test_off_until_it_is_named(cast, client):
    for name in SERVICES:
        assert client.post(f"/account/by/{name}/").status_code == 404
        assert client.get(f"/account/by/{name}/back/").status_code == 404
    assert "用企业微信登录" not in client.get("/account/login/").text


def test_the_page_of_the_service_gets_no_secret(db, client, service):
    for name in SERVICES:
        assert "s3cret" not in client.post(f"/account/by/{name}/")["Location"]


def test_settings_half_right_are_refused(monkeypatch):
    monkeypatch.delenv("ANYUE_SIGNIN_X", raising=False)
    assert env.service("x", "ANYUE_SIGNIN_X") == {}
    monkeypatch.setenv("ANYUE_SIGNIN_X", "key:a:secret")
    assert env.service("x", "ANYUE_SIGNIN_X", with_agent=True)["x"]["APPS"][0] == {"client_id": "key", "key": "a", "secret": "secret"}
    for wrong in ("key", "key:secret", "key::secret"):
        monkeypatch.setenv("ANYUE_SIGNIN_X", wrong)
        with pytest.raises(ImproperlyConfigured):
            env.service("x", "ANYUE_SIGNIN_X", with_agent=True)
