"""A setting nobody reads is a lie; a dangerous default is worse."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import global_settings

from anyue import settings as ours

FOREIGN = ("ACCOUNT_", "ALLAUTH_", "HTMX_", "MFA_", "SOCIALACCOUNT_")


def test_every_setting_is_read():
    known = set(dir(global_settings)) | {"ROOT_URLCONF", "PACKAGE", "HOME", "HTTPS", "DEMO"}
    mine = [n for n in dir(ours) if n.isupper() and n not in known and not n.startswith(FOREIGN)]
    source = "\n".join(p.read_text(encoding="utf-8") for p in Path("anyue").rglob("*.py") if p.name != "settings.py")
    assert [n for n in mine if f"settings.{n}" not in source] == []


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    code = "import anyue.settings as s; print(s.DEBUG, len(s.SECRET_KEY) > 40)"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PATH": os.environ["PATH"], **environment}
    )


def test_debug_is_off_and_the_secret_is_made_once(tmp_path):
    first = start(ANYUE_HOME=str(tmp_path))
    secret = (tmp_path / "secret").read_text()
    second = start(ANYUE_HOME=str(tmp_path))

    assert first.stdout == second.stdout == "False True\n"
    assert (tmp_path / "secret").read_text() == secret
    assert oct((tmp_path / "secret").stat().st_mode)[-3:] == "600"


def test_half_right_values_are_refused(tmp_path):
    for name, value in (("ANYUE_DEBUG", "true"), ("ANYUE_STAND_ON", "12 June"), ("ANYUE_DATABASE_URL", "mysql://x"), ("ANYUE_PROXIES", "one"), ("ANYUE_SECOND_FACTOR", "off")):
        found = start(ANYUE_HOME=str(tmp_path), **{name: value})
        assert found.returncode != 0
        assert name in found.stderr
