"""A passkey from setting it up to signing in by it alone, and the way back from another service, in a real browser."""

import browsing
import pytest

# Passkeys know no addresses of numbers.
BASE = browsing.BASE.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(page):
    """A device that holds passkeys and says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})


def test_a_passkey_lets_in_instead_of_the_password(page, demo, device):
    page.goto(f"{BASE}/account/login/")
    page.click("[data-fill=media]")  # whom no other test signs in: the demonstration is shared
    page.click("form button:has-text('登录')")
    page.wait_for_url(f"{BASE}/mine/")
    page.goto(f"{BASE}/account/second-factor/passkeys/")
    page.fill("[name=name]", "办公室电脑")
    page.check("[name=passwordless]")
    page.click("main form button")
    page.wait_for_url("**/second-factor/codes/**")  # recovery codes, shown once
    page.context.clear_cookies()
    page.goto(f"{BASE}/account/login/")
    page.click("button:has-text('使用通行密钥')")
    page.wait_for_url(f"{BASE}/mine/")
    page.goto(f"{BASE}/account/second-factor/")

    assert "办公室电脑" in page.inner_text("main")
    assert page.complaints == []


def test_a_device_that_refuses_says_so(page, demo):
    page.goto(f"{BASE}/account/login/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")  # no device at all
    options = {"protocol": "u2f", "transport": "usb"}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.click("button:has-text('使用通行密钥')")
    page.wait_for_selector("[data-failed]:visible", timeout=90_000)

    assert "设备没有完成验证" in page.inner_text("[data-failed]")
