"""Learn again what kinds of tasks are like: corpus/look into anyue/notice/words/likeness.json.

    make kinds

Only what stands in corpus/look is read. Weights too small to matter are left out, the others rounded to hundredths.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from anyue.notice import break_down, likeness
from anyue.notice.breakdown import seen_of

TOP = Path(__file__).resolve().parent.parent
OUT = TOP / "anyue" / "notice" / "words" / "likeness.json"
SMALLEST = 0.4
sys.path.insert(0, str(TOP / "corpus"))
import score  # noqa: E402  # the corpus is no package


def samples(folder: Path) -> tuple[list[dict[str, int]], list[str]]:
    """Features and kind of every task found that the annotation has too; the task before counts with its true kind."""
    rows: list[dict[str, int]] = []
    kinds: list[str] = []
    for name in score.names_in(folder):
        text = score.read_text(folder / f"{name}.txt")
        gold = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["tasks"]
        found = break_down(text)
        spans = [(task.start, task.end) for task in found.tasks]
        true = {j: gold[i]["kind"] for i, j in score.match(score.spans_of(gold, text), spans)}
        before = ""
        for n, task in enumerate(found.tasks):
            if n in true:
                groups = likeness.features(seen_of(found, n, before))
                rows.append({name: value for value, names in groups for name in names})
                kinds.append(true[n])
            before = true.get(n, task.kind)
    return rows, kinds


def main() -> int:
    rows, kinds = samples(TOP / "corpus" / "look")
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(rows)
    often = np.asarray((matrix != 0).sum(0)).ravel() >= 2
    model = LogisticRegression(C=20, max_iter=3000).fit(normalize(matrix)[:, often], kinds)
    names = vectors.get_feature_names_out()[often]
    weights = {}
    for name, column in zip(names, model.coef_.T, strict=True):
        kept = [int(v) for k, w in enumerate(column) if abs(w) >= SMALLEST for v in (k, round(w * 100))]
        if kept:
            weights[str(name)] = kept
    out = {"kinds": list(model.classes_), "biases": [round(b * 100) for b in model.intercept_], "weights": weights}
    OUT.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("],", "],\n") + "\n", encoding="utf-8")
    print(f"{len(rows)} tasks, {len(weights)} features, {OUT.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
