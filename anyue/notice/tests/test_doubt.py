"""How sure a task is: less where less was there to go by."""

from dataclasses import replace

import pytest

from anyue.notice.actors import Actor
from anyue.notice.doubt import DOUBTFUL, confidence
from anyue.notice.task import Task

PLAIN = Task("一", 0, 24, [Actor("各苏木镇")], kind="drill", reasons=["own_subject", "verb:组织", "kind:演练"], verb="组织", kind_likelihood=0.95)


def test_a_plain_task_is_none_to_look_at() -> None:
    assert confidence(PLAIN) > 0.8


@pytest.mark.parametrize(
    "change",
    [
        {"kind_likelihood": 0.3},
        {"end": 4},
        {"verb": "", "reasons": ["own_subject", "modal_only"]},
        {"reasons": ["addressees", "verb:组织", "kind:likeness"], "kind_likelihood": 0.5},
        {"actors": [Actor("各旗县区矿山、危险化学品、建筑施工主管部门")]},
    ],
)
def test_less_to_go_by_is_less_sure(change: dict[str, object]) -> None:
    assert confidence(replace(PLAIN, **change)) < confidence(PLAIN) - 0.05  # type: ignore[arg-type]


def test_nothing_to_go_by_is_doubtful() -> None:
    assert confidence(replace(PLAIN, end=4, verb="", reasons=["addressees", "modal_only"], kind_likelihood=0.2)) < DOUBTFUL
