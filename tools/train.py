"""Learn from corpus/look what kinds of tasks are like, and what a wrong reading looks like.

    make kinds

Writes anyue/notice/words/likeness.json and doubt.json. Doubt is learnt from notices that the likeness in use for them
had not seen: the corpus in four parts, each read with what the other three teach.
"""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from anyue.notice import break_down, doubt, likeness
from anyue.notice.breakdown import seen_of

TOP = Path(__file__).resolve().parent.parent
WORDS = TOP / "anyue" / "notice" / "words"
SMALLEST = 0.4  # weights too small to matter are left out, the others rounded to hundredths
PARTS = 4
sys.path.insert(0, str(TOP / "corpus"))
import score  # noqa: E402  # the corpus is no package


class Sample(NamedTuple):
    """A notice and its annotated tasks."""

    text: str
    tasks: list[dict[str, Any]]


def kinds_of(samples: list[Sample]) -> dict[str, Any]:
    """What likeness.json holds, learnt from these notices; the task before counts with its true kind."""
    rows: list[dict[str, int]] = []
    kinds: list[str] = []
    for text, gold in samples:
        found = break_down(text)
        true = {j: gold[i]["kind"] for i, j in score.match(score.spans_of(gold, text), [(task.start, task.end) for task in found.tasks])}
        before = ""
        for n, task in enumerate(found.tasks):
            if n in true:
                groups = likeness.features(seen_of(found, n, before))
                rows.append({name: value for value, names in groups for name in names})
                kinds.append(true[n])
            before = true.get(n, task.kind)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    often = np.asarray((matrix != 0).sum(0)).ravel() >= 2
    model = LogisticRegression(C=20, max_iter=3000).fit(normalize(matrix)[:, often], kinds)
    weights = {}
    for name, column in zip(vectors.get_feature_names_out()[often], model.coef_.T, strict=True):
        kept = [int(v) for k, w in enumerate(column) if abs(w) >= SMALLEST for v in (k, round(w * 100))]
        if kept:
            weights[str(name)] = kept
    return {"kinds": list(model.classes_), "biases": [round(b * 100) for b in model.intercept_], "weights": weights}


def readings(samples: list[Sample]) -> tuple[list[dict[str, float]], list[bool]]:
    """Facts about every task found in these notices, and whether all of it is right."""
    rows, right = [], []
    for text, gold in samples:
        found = break_down(text)
        true = {j: gold[i] for i, j in score.match(score.spans_of(gold, text), [(task.start, task.end) for task in found.tasks])}
        for n, (task, shown) in enumerate(zip(found.tasks, found.as_dict()["tasks"], strict=True)):
            rows.append(doubt.facts(task))
            right.append(n in true and _core(true[n]) == _core(json.loads(json.dumps(shown))))
    return rows, right


def _core(task: dict[str, Any]) -> list[Any]:
    return [{actor["name"] for actor in task["actors"]}, *(task.get(key) for key in ("kind", "strength", "quota", "window", "due"))]


def doubt_of(samples: list[Sample]) -> dict[str, Any]:
    """What doubt.json holds."""
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    for part in range(PARTS):
        use(kinds_of([sample for n, sample in enumerate(samples) if n % PARTS != part]))
        more_rows, more_right = readings(samples[part::PARTS])
        rows += more_rows
        right += more_right
    vectors = DictVectorizer()
    model = LogisticRegression(max_iter=3000).fit(vectors.fit_transform(rows), right)
    weights = {str(name): round(float(w), 2) for name, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}
    return {"base": round(float(model.intercept_[0]), 2), "facts": weights}


def use(kinds: dict[str, Any]) -> None:
    """Breaks down with these weights from now on."""
    _write("likeness", kinds)
    likeness.model.cache_clear()


def _write(name: str, data: dict[str, Any]) -> None:
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("],", "],\n")
    (WORDS / f"{name}.json").write_text(words + "\n", encoding="utf-8")


def main() -> int:
    folder = TOP / "corpus" / "look"
    samples = [
        Sample(score.read_text(folder / f"{name}.txt"), json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["tasks"])
        for name in score.names_in(folder)
    ]
    _write("doubt", doubt_of(samples))
    kinds = kinds_of(samples)
    use(kinds)
    print(f"{len(samples)} notices, {len(kinds['weights'])} features, {(WORDS / 'likeness.json').stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
