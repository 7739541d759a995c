"""Every channel against a real receiver on this machine that takes, refuses, stalls and lies."""

import json
import socket
import threading
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller

from anyue.kernel import channels
from anyue.kernel.errors import RuleBroken
from anyue.people import outbox, rules
from anyue.people.actions import Said, say, set_email, set_robot
from anyue.people.models import Delivery, Message

MORNING = datetime(2023, 6, 12, 9, tzinfo=timezone(timedelta(hours=8)))


class Receiver:
    """A robot's host: answers what the test says, and keeps what it was sent."""

    def __init__(self):
        self.answer, self.status, self.drips, self.got = b'{"errcode": 0, "code": 0, "Code": "OK"}', 200, False, []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                receiver.got.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
                self.send_response(receiver.status)
                self.send_header("Content-Length", str(len(receiver.answer)))
                self.end_headers()
                try:
                    for n in range(len(receiver.answer)):
                        self.wfile.write(receiver.answer[n : n + 1])
                        self.wfile.flush()
                        if receiver.drips and receiver.stop.wait(0.05):
                            return
                except OSError:
                    return

            def log_message(self, *args):
                """Says nothing."""

        self.stop = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}/send?key=k"


@pytest.fixture
def receiver(settings):
    found = Receiver()
    settings.ROBOT_HOSTS = [found.host]
    yield found
    found.stop.set()
    found.server.shutdown()
    found.server.server_close()


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_robot_that_takes_it(receiver, kind):
    assert channels.send_robot(kind, receiver.url, "SEC", "还有 2 项")
    path, body = receiver.got[0]
    data = json.loads(body)
    assert "还有 2 项" in (data.get("text") or data["content"])[{"feishu": "text"}.get(kind, "content")]
    assert ("sign=" in path or "sign" in data) == (kind != "wecom")


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
@pytest.mark.parametrize(("status", "answer", "for_good"), [
    (200, b'{"errcode": 310000, "code": 19021}', True), (200, b"", False), (200, b"<html>ok</html>", False), (200, b"[]", False),
    (200, b"{}", False), (200, b'{"errcode": false, "code": false}', False), (200, b'{"errcode": "0", "code": "0"}', False),
    (200, b'{"errcode": -1, "code": 9499}', False), (500, b'{"errcode": 0, "code": 0}', False), (302, b'{"errcode": 0, "code": 0}', False),
    (404, b"", True),
])  # fmt: skip
def test_a_robot_that_refuses_or_lies_is_not_believed(receiver, kind, status, answer, for_good):
    receiver.status, receiver.answer = status, answer
    with pytest.raises(channels.NotSent) as refusal:
        channels.send_robot(kind, receiver.url, "", "x")
    assert refusal.value.for_good is for_good


def test_a_robot_that_stalls_or_is_gone_costs_its_time_and_no_more(receiver, monkeypatch):
    monkeypatch.setattr(channels, "SECONDS", 0.5)
    receiver.drips, receiver.answer = True, b'{"errcode": 0' + b" " * 2000 + b"}"
    with pytest.raises(channels.NotSent):
        channels.send_robot("wecom", receiver.url, "", "x")
    silent = socket.create_server(("127.0.0.1", 0))
    with pytest.raises(channels.NotSent):
        channels.send_robot("wecom", f"http://127.0.0.1:{silent.getsockname()[1]}/", "", "x")
    silent.close()
    with pytest.raises(channels.NotSent):
        channels.send_robot("wecom", f"http://127.0.0.1:{silent_port()}/", "", "x")


def silent_port():
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def test_sms_says_who_signs_and_is_signed(receiver):
    account = f"http://KEY:SECRET@{receiver.host}/?sign=%E7%A4%BA%E4%BE%8B&template=SMS_1"
    assert channels.send_sms(account, "10000000001", {"subject": "还有 2 项"})
    fields = {k: v[0] for k, v in parse_qs(receiver.got[0][1]).items()}
    signature = fields.pop("Signature")
    assert (fields["SignName"], fields["TemplateCode"], fields["PhoneNumbers"]) == ("示例", "SMS_1", "10000000001")
    assert signature == channels.aliyun_signature(fields, "SECRET")
    receiver.answer = b'{"Code": "isv.MOBILE_NUMBER_ILLEGAL"}'
    with pytest.raises(channels.NotSent) as refusal:
        channels.send_sms(account, "1", {})
    assert refusal.value.for_good
    receiver.answer = b'{"Code": "isv.BUSINESS_LIMIT_CONTROL"}'
    with pytest.raises(channels.NotSent) as refusal:
        channels.send_sms(account, "1", {})
    assert not refusal.value.for_good


class MailServer:
    """What aiosmtpd asks for each recipient and each message."""

    def __init__(self):
        self.rcpt, self.data, self.got = "250 OK", "250 OK", []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content.decode())
        return self.data


@pytest.fixture
def mail(settings):
    handler = MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=silent_port())
    controller.start()
    settings.EMAIL_BACKEND = "anyue.kernel.channels.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


def test_mail_taken_refused_and_put_off(mail, settings):
    assert channels.send_email("clerk@town.example", "还有 2 项", "内容") == "handed over"
    assert len(mail.got) == 1
    for rcpt, data, for_good in [("550 no such user", "", True), ("451 later", "", False), ("250 OK", "554 spam", True), ("250 OK", "452 full", False)]:
        mail.rcpt, mail.data = rcpt, data
        with pytest.raises(channels.NotSent) as refusal:
            channels.send_email("clerk@town.example", "x", "x")
        assert refusal.value.for_good is for_good
    settings.EMAIL_PORT = silent_port()
    with pytest.raises(channels.NotSent) as refusal:
        channels.send_email("clerk@town.example", "x", "x")
    assert not refusal.value.for_good


def test_a_mail_server_that_drips_its_greeting_is_left(mail, settings, monkeypatch):
    monkeypatch.setattr(channels, "SECONDS", 1)
    stop = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def drip():
        sock, _address = server.accept()
        with suppress(OSError):
            while not stop.wait(0.05):
                sock.sendall(b"2")

    threading.Thread(target=drip, daemon=True).start()
    settings.EMAIL_PORT = server.getsockname()[1]
    with pytest.raises(channels.NotSent) as refusal:
        channels.send_email("clerk@town.example", "x", "x")
    stop.set()
    server.close()
    assert not refusal.value.for_good


def send(at=MORNING):
    return dict(outbox.send_due(at))


@pytest.fixture
def waiting(cast, receiver):
    """A message of the clerk's that waits for the robot of the town."""
    set_robot(cast.town, by=cast.clerk, kind="wecom", url=receiver.url, secret="")
    say([Said(cast.clerk, "还有 2 项任务要办", "…")], by="test", kind=Message.Kind.DIGEST)
    Delivery.objects.update(next_at=MORNING - timedelta(minutes=1))
    return Delivery.objects.get()


def test_sent_once_and_on_record(waiting, receiver):
    assert send() == {"sent": 1}
    assert send() == {}
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, "errcode" in waiting.answer, len(receiver.got)) == ("sent", 1, True, 1)


def test_refused_for_good_is_not_tried_again(waiting, receiver):
    receiver.answer = b'{"errcode": 93000}'
    assert send() == {"refused": 1}
    assert send(MORNING + timedelta(days=1)) == {}


def test_tried_again_and_given_up_at_last(waiting, receiver):
    receiver.answer = b""
    at, tries = MORNING, 0
    while Delivery.objects.filter(state="waiting").exists() and tries < 99:
        send(at)
        tries += 1
        at = at + timedelta(days=1)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, tries) == ("given_up", len(rules.TRY_AGAIN), len(rules.TRY_AGAIN))


def test_nothing_goes_out_in_quiet_hours(waiting, receiver):
    for hour in (21, 23, 0, 7):
        assert send(MORNING.replace(hour=hour) + timedelta(days=1)) == {}
    assert receiver.got == []


def test_a_dead_host_holds_up_nobody_else(cast, waiting, receiver, mail, settings):
    settings.ROBOT_HOSTS = [receiver.host]
    receiver.answer = b""
    for n in range(9):
        say([Said(cast.clerk, f"督促 {n}", "…")], by="test", kind=Message.Kind.URGE)
    set_email(cast.miner, by=cast.miner, email="miner@mine.example")
    cast.miner.refresh_from_db()
    say([Said(cast.miner, "还有 1 项", "…")], by="test", kind=Message.Kind.DIGEST)
    Delivery.objects.update(next_at=MORNING - timedelta(minutes=1))
    assert send() == {"waiting": outbox.DEAD_AFTER, "sent": 1}
    assert len(receiver.got) == outbox.DEAD_AFTER


def test_a_sender_that_died_half_way_loses_nothing(waiting, receiver, monkeypatch):
    monkeypatch.setattr(outbox, "_send", lambda row: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send()
    monkeypatch.undo()
    assert send() == {}
    assert send(MORNING + outbox.LEASE + timedelta(minutes=1)) == {"sent": 1}


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "https://qyapi.weixin.qq.com.evil.example/", "ftp://oapi.dingtalk.com/", "https://oapi.dingtalk.com:22/", "x", "https://[", "http://open.feishu.cn/"])
def test_a_robot_stands_at_a_known_service(cast, url):
    with pytest.raises(RuleBroken):
        set_robot(cast.town, by=cast.clerk, kind="wecom", url=url, secret="")
    assert urlsplit("https://open.feishu.cn/x").hostname == "open.feishu.cn"
    assert outbox.is_robot_address("https://open.feishu.cn/x")
