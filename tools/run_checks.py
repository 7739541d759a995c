"""Everything a machine can say of the code without running the tests; all of it runs, then the worst status."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "mypy": [str(BIN / "mypy"), "anyue"],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "deployment": [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
    "catalogue": [sys.executable, "tools/catalogue.py", "--check"],
}


def main() -> int:
    status = 0
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "anyue.settings",
            "ANYUE_HOME": home,
            "ANYUE_HTTPS": "1",
        }
        for name, command in CHECKS.items():
            print(f"== {name}", flush=True)
            status = subprocess.run(command, cwd=TOP, env=environment).returncode or status
    return status


if __name__ == "__main__":
    sys.exit(main())
