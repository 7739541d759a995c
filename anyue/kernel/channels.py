"""Words to somebody outside: e-mail, the group robots of WeCom, DingTalk and Feishu, SMS through Aliyun.

By hand where a library reports success for a refused message (ecosystem.md, 13). Every function returns the other
side's answer when it says that it took the message, and raises NotSent for everything else, silence included. Sources:
the robots' and Aliyun's public documents (custom robot webhooks; SendSms of 2017-05-25, RPC signature 1.0).
"""

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import socket
import ssl
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp

SECONDS = 10  # for one message, from connecting to the last byte of the answer
MOST_BYTES = 64 * 1024


class NotSent(Exception):
    """The other side refused, or did not say clearly that it took the message. `for_good`: trying again is no use."""

    def __init__(self, answer: str, *, for_good: bool = False) -> None:
        super().__init__(answer[:200])
        self.for_good = for_good


def _shut(sock: socket.socket) -> None:
    with suppress(OSError):  # closed already
        sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _ends(sock: socket.socket) -> Iterator[None]:
    """Shuts the socket when the time is up: a time-out of its own starts anew with every byte that drips in."""

    timer = threading.Timer(SECONDS, _shut, [sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def post(url: str, body: bytes, content_type: str) -> tuple[int, bytes]:
    """(status, body) of the answer; no redirect is followed. Raises NotSent where there is none in time."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.connect()
        with _ends(connection.sock):
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            connection.request("POST", path, body, {"Content-Type": content_type})
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_BYTES)
    except (OSError, http.client.HTTPException, ssl.SSLError) as error:
        raise NotSent(f"{type(error).__name__} {error}") from error
    finally:
        connection.close()


def _post_json(url: str, data: dict[str, Any]) -> dict[str, Any]:
    status, body = post(url, json.dumps(data, ensure_ascii=False).encode(), "application/json; charset=utf-8")
    return _object(status, body)


def _object(status: int, body: bytes) -> dict[str, Any]:
    words = body[:200].decode(errors="replace")
    if status != 200:
        raise NotSent(f"HTTP {status} {words}", for_good=status in (400, 401, 403, 404, 410))
    try:
        answer = json.loads(body)
    except ValueError:
        raise NotSent(f"no JSON: {words}") from None
    if not isinstance(answer, dict):
        raise NotSent(f"no object: {words}")
    return answer


# Codes that say: too fast, or busy. Any other refusal is for good.
_LATER = {"wecom": {-1, 45009}, "dingtalk": {-1, 130101, 130102, 410100, 90030}, "feishu": {9499, 11232, 11233}}


def send_robot(kind: str, url: str, secret: str, words: str) -> str:
    """A text into the group whose robot (wecom, dingtalk, feishu) this is; `secret` signs it where the robot asks."""
    if kind == "feishu":
        answer = _post_json(url, {**_feishu_sign(secret), "msg_type": "text", "content": {"text": words}})
        code = answer.get("code", answer.get("StatusCode"))
    else:
        address = url + ("&" if "?" in url else "?") + _dingtalk_sign(secret) if kind == "dingtalk" and secret else url
        answer = _post_json(address, {"msgtype": "text", "text": {"content": words}})
        code = answer.get("errcode")
    shown = json.dumps(answer, ensure_ascii=False)[:200]
    if type(code) is not int or code != 0:  # false is no 0
        raise NotSent(shown, for_good=type(code) is int and code not in _LATER[kind])
    return shown


def _dingtalk_sign(secret: str) -> str:
    stamp = str(round(time.time() * 1000))
    signed = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return urlencode({"timestamp": stamp, "sign": base64.b64encode(signed).decode()})


def _feishu_sign(secret: str) -> dict[str, str]:
    if not secret:
        return {}
    stamp = str(round(time.time()))
    signed = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(signed).decode()}


def send_sms(account: str, number: str, values: dict[str, str]) -> str:
    """An SMS of an approved template. `account` is https://KEY:SECRET@dysmsapi.aliyuncs.com/?sign=…&template=…"""
    parts = urlsplit(account)
    options = dict(parse_qsl(parts.query))
    fields = {
        "AccessKeyId": unquote(parts.username or ""), "Action": "SendSms", "Format": "JSON", "PhoneNumbers": number,
        "RegionId": "cn-hangzhou", "SignName": options.get("sign", ""), "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": uuid.uuid4().hex, "SignatureVersion": "1.0", "TemplateCode": options.get("template", ""),
        "TemplateParam": json.dumps(values, ensure_ascii=False), "Timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Version": "2017-05-25",
    }  # fmt: skip
    fields["Signature"] = aliyun_signature(fields, unquote(parts.password or ""))
    host = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    answer = _object(*post(f"{host}/", urlencode(fields).encode(), "application/x-www-form-urlencoded"))
    shown = json.dumps(answer, ensure_ascii=False)[:200]
    code = str(answer.get("Code", ""))
    if code != "OK":
        raise NotSent(shown, for_good=code.startswith(("isv.", "isp.RAM")) and "LIMIT_CONTROL" not in code)
    return shown


def aliyun_signature(fields: dict[str, str], secret: str) -> str:
    """The signature of a POST by Aliyun's RPC rules, version 1.0."""
    sorted_fields = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in sorted(fields.items()))
    to_sign = f"POST&%2F&{quote(sorted_fields, safe='~')}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), to_sign.encode(), hashlib.sha1).digest()).decode()


class _InTime:
    """A mail connection that is shut when the time is up, also while the server drips its greeting."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]  # smtplib's hook
        timer = threading.Timer(SECONDS, _shut, [sock])
        timer.daemon = True
        timer.start()
        return sock


class _Plain(_InTime, smtplib.SMTP):
    pass


class _Sealed(_InTime, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, in time."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Django's hook."""
        return _Sealed if self.use_ssl else _Plain


def send_email(address: str, subject: str, words: str) -> str:
    """A plain message through the mail server of the settings."""
    connection = get_connection(timeout=SECONDS)
    try:
        connection.open()
        smtp = getattr(connection, "connection", None)
        if smtp is None or smtp.sock is None:  # kept in memory or printed: there is nothing to wait for
            EmailMessage(subject, words, to=[address], connection=connection).send()
            return "handed over"
        with _ends(smtp.sock):
            EmailMessage(subject, words, to=[address], connection=connection).send()
        return "handed over"
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise NotSent(f"{code} {answer!r}", for_good=code >= 500) from error
    except smtplib.SMTPResponseException as error:
        for_good = error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise NotSent(f"{error.smtp_code} {error.smtp_error!r}", for_good=for_good) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"{type(error).__name__} {error}") from error
    finally:
        with suppress(smtplib.SMTPException, OSError):  # the server is gone: nothing to say goodbye to
            connection.close()
