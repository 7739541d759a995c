"""What must hold of any breakdown, on the corpus and on noise."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue.notice import break_down

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
sys.path.insert(0, str(CORPUS))
import score  # noqa: E402  # the scorer of the corpus, no package

LOOK = sorted((CORPUS / "look").glob("*.txt"))


@pytest.mark.parametrize("path", LOOK, ids=lambda p: p.stem)
def test_quotes_are_exact_slices(path):
    text = score.read_text(path)
    found = break_down(text).as_dict()

    assert found["tasks"]
    assert all(text[t["start"] : t["end"]] == t["quote"] != "" for t in found["tasks"])
    assert all(t["actors"] and t["reasons"] and 0 < t["confidence"] < 1 for t in found["tasks"])


def test_breakdowns_keep_the_shape_the_scorer_checks(tmp_path):
    for path in LOOK:
        text = score.read_text(path)
        found = break_down(text).as_dict()
        for task in found["tasks"]:
            for extra in ("confidence", "reasons", "urges"):
                del task[extra]
        del found["outline"]
        (tmp_path / path.name).write_text(text, encoding="utf-8")
        (tmp_path / f"{path.stem}.json").write_text(json.dumps({"id": path.stem, "provenance": "test", **found}), encoding="utf-8")
        errors, _warnings, _found = score.check_file(tmp_path, path.stem)
        wrong = [e for e in errors if "is not printed" not in e and "not in the text" not in e and "window repeats" not in e]
        assert wrong == []


def test_it_is_deterministic():
    text = score.read_text(LOOK[-1])

    assert break_down(text).as_dict() == break_down(text).as_dict()


def test_seed_keeps_what_the_issue_names():
    text = score.read_text(CORPUS / "look" / "seed.txt")
    found = {t["quote"]: t for t in break_down(text).as_dict()["tasks"]}

    liaison = next(t for q, t in found.items() if "联络员于5月31日前反馈" in q)
    assert (liaison["due"], liaison["kind"]) == ("2023-05-31", "liaison")
    experience = next(t for q, t in found.items() if "典型经验做法" in q)
    assert experience["quota"] == {"min": 1, "max": 2, "unit": "条", "per": "month"}
    broken = next(q for q in found if q.startswith("旗能源局负责"))
    assert broken.endswith("生产宣传活动")
    assert "\n" in broken


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="各镇要组织开展一次演练，。；：（）“”《》、第三周\n\t 　1234567890月日前报送.至每局", max_size=400))
def test_no_text_breaks_it(text):
    for task in break_down(text).tasks:
        assert text[task.start : task.end]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_noise_does_not_break_it(text):
    assert break_down(text).text == text


@pytest.mark.parametrize("word", ["0）、", "序号　工作任务　责任单位\n", "前", "在内", "每周", "组织", "（", "（责任单位：", "责任单位：", "\n时间：", "（一）\n", "各（"])
def test_endless_repetition_comes_to_an_end(word):
    # A run of 前 took exponential time, a run of 责任单位： recursed a thousand deep.
    text = f"关于开展活动的通知\n各单位：\n（一）各单位要组织{word * 1000}开展宣传，将情况{word * 100}报送办公室。\n{word * 1000}"

    assert break_down(text).text == text


@pytest.mark.parametrize(
    "text",
    ["关" + "\t" * 90_000 + "x", "关于印发《" * 18_000 + "》通知", "县局、" * 30_000 + "县局\n县局：\n", "各局：\n一、安排\n" + "县局、" * 30_000 + "县局\t组织演练", "（" * 90_000],
    ids=["blanks", "titles", "names", "cells", "brackets"],
)
def test_what_was_quadratic_comes_to_an_end(text):
    # Each of these took minutes or more.
    assert break_down(text).text == text


@pytest.mark.parametrize(
    "text",
    ["0000年5月是安全生产月。", "通知\n县局\n9999年12月30日\n一、活动时间\n3月\n", "决定于0000年5月开展", "一、活动时间\n0001年5月\n", "各局：\n一、0000年底前完成检查。"],
)
def test_years_that_are_none_raise_nothing(text):
    period = break_down(text).header.period

    assert period is None or not period["start"] or period["start"] > "1900"


def test_tasks_stand_in_order_and_apart():
    tasks = break_down("的，局要在，报应办。").tasks

    assert all(a.end <= b.start for a, b in zip(tasks, tasks[1:], strict=False))


def test_two_offices_head_the_page_and_a_period_begins_now():
    found = break_down(
        "示例县安全生产委员会办公室\n示例县消防安全委员会办公室\n关于开展隐患排查整治\n专项行动的通知\n安委办〔2023〕31号\n各乡镇人民政府：\n"
        "　　决定自即日起至2023年9月30日在全县开展专项行动。\n　　一、工作安排\n　　（一）排查（6月8日至6月15日）。各乡镇要组织排查。\n"
        "　　（二）整治（6月16日至9月30日）。各乡镇要组织整治。\n　　示例县安全生产委员会办公室\n　　2023年6月8日\n"
    )

    assert found.header.title == "关于开展隐患排查整治专项行动的通知"
    assert found.header.period == {"start": "2023-06-08", "end": "2023-09-30"}
