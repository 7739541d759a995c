"""The demonstration goes through the office's own actions, twice without harm, and all its pages open."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from anyue.campaigns.models import Assignment, Campaign, TaskActor
from anyue.people.models import Person
from anyue.site import demo


@pytest.fixture
def built(db):
    demo.build(lived=True)
    return Campaign.objects.get()


def test_seed_is_issued_with_no_name_unexplained(built):
    assert built.tasks.count() > 90
    assert not any(actor.is_open for actor in TaskActor.objects.all())
    assert Assignment.objects.filter(done__gt=0).exists()
    assert Assignment.objects.with_state(demo.date(2023, 6, 12)).in_states("overdue").exists()


def test_building_again_changes_nothing(built):
    before = (Campaign.objects.count(), Assignment.objects.count(), Person.objects.count())
    demo.build(lived=True)

    assert (Campaign.objects.count(), Assignment.objects.count(), Person.objects.count()) == before


def test_empty_leaves_the_campaign_to_be_reviewed(db):
    demo.build(lived=False)

    assert not Campaign.objects.get().is_confirmed


def test_every_page_opens_for_everyone_of_the_cast(built, client):
    for name, *_rest in demo.CAST:
        person = Person.objects.get(username=name)
        client.login_as(person)
        pages = [reverse("units:list"), reverse("campaigns:detail", args=[built.pk]), "/"]
        if person.is_office:
            pages += [reverse(f"campaigns:{n}", args=[built.pk]) for n in ("review", "board", "confirm")] + [
                "/workdays/"
            ]
        else:
            pages.append(reverse("campaigns:mine"))
        assert [p for p in pages if client.get(p, follow=True).status_code != 200] == []


def test_breakdown_in_the_shell(tmp_path):
    notice = Path(__file__).resolve().parents[3] / "corpus" / "look" / "huojing2024.txt"
    command = [sys.executable, "-m", "anyue.site.commands", "breakdown", str(notice)]

    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    subprocess.run([*command, "--xlsx", str(tmp_path / "a.xlsx"), "--docx", str(tmp_path / "a.docx")], check=True)

    assert "关门逃生" in shown
    assert "\x1b[" not in shown
    assert found["id"] == "huojing2024"
    assert found["issuer"] == "云浦市消防安全委员会办公室"
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == (tmp_path / "a.docx").read_bytes()[:2] == b"PK"


def test_unreadable_file_in_the_shell_is_a_sentence(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.4")
    found = subprocess.run(
        [sys.executable, "-m", "anyue.site.commands", "breakdown", str(path)], capture_output=True, text=True
    )

    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    assert "damaged" in found.stderr
