"""A real browser on a running demonstration. `make browser` runs these; they need an installed Chromium."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import browsing  # the tools are no package


@pytest.fixture(scope="session", params=["lived", "empty"])
def demo(request):
    """A demonstration, half lived or with its notice still to be reviewed."""
    with browsing.demonstration(empty=request.param == "empty"):
        yield request.param


@pytest.fixture(scope="session")
def chromium():
    """One browser for all."""
    with browsing.browser() as opened:
        yield opened


@pytest.fixture
def page(demo, chromium):
    """A fresh page whose console and requests are kept."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.complaints, page.foreign = [], []
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: request.url.startswith((browsing.BASE, "data:")) or page.foreign.append(request.url))
    yield page
    context.close()
