"""Pin every dependency with its hashes: a file of requirements/ for each use.

    make lock                    what is pinned stays, what is new in pyproject.toml is added
    make lock ARGS=--upgrade     new versions of everything
"""

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FILES = {
    # hatchling is there so that `pip install -e .` needs no second, unpinned environment.
    "run": ["pyproject.toml", "-"],
    "dev": ["pyproject.toml", "--group", "test", "--group", "check"],
    "kinds": ["pyproject.toml", "--group", "kinds"],
    "browser": ["pyproject.toml", "--group", "test", "--group", "check", "--group", "browser"],
}
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate", *sys.argv[1:]]


def main() -> int:
    for name, sources in FILES.items():
        out = TOP / "requirements" / f"{name}.txt"
        out.parent.mkdir(exist_ok=True)
        # The others hold what the product runs with at the very versions it runs with.
        same = [] if name == "run" else ["--constraint", str(TOP / "requirements" / "run.txt")]
        subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *same, *sources, "-o", str(out), "--quiet"],
            input="hatchling>=1.27\neditables\n",
            text=True,
            check=True,
            cwd=TOP,
        )
        lines = [line for line in out.read_text().splitlines() if not line.startswith(("--find", "--index", "--extra"))]
        out.write_text("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
