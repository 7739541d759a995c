"""Who gets what from every address, as one reviewed text file, for GET and for an empty POST.

Refresh with: UPDATE_MATRIX=1 make test ARGS=tests/test_access_matrix.py
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from anyue.campaigns.actions import (
    add_visit,
    apply_correction,
    import_correction,
    issue_plan,
    report_progress,
    say_asked_twice,
    write_plan,
)
from anyue.campaigns.models import AskedTwice, FormerNotice
from anyue.campaigns.tests.make import NOTICE, assignment_of, make_campaign, make_draft
from anyue.notice import read
from anyue.people.actions import make_codes, make_token, register
from anyue.people.models import Term
from anyue.units.actions import add_unit

FILE = Path(__file__).with_name("access_matrix.txt")
PEOPLE = ["officer", "clerk", "miner", "stranger", "foreign_officer", "nobody"]


def pages(patterns, prefix=""):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield "/" + route
        else:
            yield from pages(entry.url_patterns, route)


@pytest.fixture
def rows(cast):
    issued = make_campaign(cast)
    draft = make_draft(cast)
    village = add_unit(cast.town, by="test", name="东河嘎查", kind="village")
    code, other_code = make_codes([village, cast.town], by=cast.officer, expires_on=date(2023, 7, 1))
    row, _secret = register(code, by="test", unit=village, name="白音", post="", phone="0477-0000001")
    say_asked_twice(assignment_of(cast.mine, "应急演练"), by=cast.miner, where="市局月报", answer="两次")
    asked = AskedTwice.objects.get()
    data = f"{NOTICE}\n各企业要张贴标语。\n".encode()
    apply_correction(import_correction(issued, read(data), by=cast.officer, filename="更正.txt", data=data), by=cast.officer)
    said = {"title": "方案", "leaders": "组长：巴图", "funds": None, "funds_words": "", "demands": ""}
    plans = [write_plan(issued, unit, by=cast.clerk, fields=said, items={}) for unit in (cast.town, cast.bureau)]
    for plan in plans:
        issue_plan(plan, by=cast.clerk, fulfils=[])
    return {
        "campaigns": issued.pk,
        "former-notices": FormerNotice.objects.get().pk,
        "plans": plans[1].pk,  # of a unit none of the cast works in
        "visits": add_visit(plans[1], by=cast.clerk, unit=village, day=date(2023, 6, 12)).pk,
        "tasks": draft.tasks.first().pk,
        "assignments": assignment_of(cast.mine, "应急演练").pk,
        "api": issued.pk,
        "registrations": row.pk,
        "codes": other_code.pk,
        "asked-twice": asked.pk,
        "town": cast.town.pk,
        "liaisons": Term.objects.get(unit=cast.mine).pk,
        "join": code.token,
        "progress": report_progress(assignment_of(cast.mine, "应急演练"), by=cast.miner, amount=1).pk,
    }


def fill(route, rows):
    noun = route.split("/")[1]
    route = route.replace("codes/units/<int:pk>", f"codes/units/{rows['town']}").replace("<str:token>", str(rows["join"]))
    route = route.replace("<fileform:form>", "xlsx").replace("<path:path>", "x")
    return re.sub(r"<int:\w+>", str(rows.get(noun, 1)), route)


def test_access_matrix(cast, client, rows, settings):
    settings.DEBUG = False
    lines = [f"{'':44}" + " ".join(f"{p:>15}" for p in PEOPLE)]
    tokens = {p: make_token(getattr(cast, p), by="test") for p in PEOPLE if p != "nobody"}
    for route in sorted(set(pages(get_resolver().url_patterns))):
        for method in ("get", "post"):
            statuses = []
            for who in PEOPLE:
                client.logout()
                headers = {}
                if who != "nobody":
                    client.login_as(getattr(cast, who))
                    headers = {"authorization": f"Bearer {tokens[who]}"} if route.startswith("/api/") else {}
                response = getattr(client, method)(fill(route, rows), headers=headers)
                statuses.append(str(response.status_code))
            lines.append(f"{method.upper():5}{route:39}" + " ".join(f"{s:>15}" for s in statuses))
    found = "\n".join(lines) + "\n"
    if os.environ.get("UPDATE_MATRIX"):
        FILE.write_text(found, encoding="utf-8")
    assert found == FILE.read_text(encoding="utf-8")
    assert " 500" not in found
