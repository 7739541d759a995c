"""How well notices are broken down, on those developed against and on those never looked at.

    make score                      both tables
    make score ARGS=--errors        with missed and spurious tasks of corpus/look only
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from anyue.notice import break_down

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "corpus"))
import score  # noqa: E402  # the corpus is no package


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    for folder in ("look", "blind"):
        gold = TOP / "corpus" / folder
        with tempfile.TemporaryDirectory() as out:
            for name in score.names_in(gold):
                found = break_down(score.read_text(gold / f"{name}.txt")).as_dict()
                (Path(out) / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
            errors = args.errors and folder == "look"
            options = argparse.Namespace(gold=str(gold), pred=out, predict=None, timeout=0, only=None, errors=errors)
            print(f"\n=== corpus/{folder}")
            score.show(score.evaluate(options), errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
