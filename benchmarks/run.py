"""How fast it is: figures beside limits measured in the same run, so that ratios hold on any machine.

    make bench                     all, on SQLite and, where it answers, PostgreSQL
    make bench ARGS=notice         one part: notice, tree, issue, board, remind
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tools"))
PARTS = {"notice": [], "tree": ["database"], "issue": ["database"], "board": ["database"], "remind": ["database"]}


def main() -> int:
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        print(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    from run_tests import postgres

    databases = {"SQLite": None, "PostgreSQL": postgres()}
    status = 0
    for part in wanted:
        for name, url in databases.items() if PARTS[part] else [("", None)]:
            if name == "PostgreSQL" and url is None:
                print("PostgreSQL does not answer here.")
                continue
            print(f"\n== {part} {name}", flush=True)
            with tempfile.TemporaryDirectory() as home:
                environment = {
                    **os.environ,
                    "ANYUE_HOME": home,
                    "ANYUE_DATABASE_URL": url or f"sqlite:///{home}/bench.sqlite3",
                    "DJANGO_SETTINGS_MODULE": "anyue.settings",
                    "ANYUE_STAND_ON": "2023-06-12",
                    "PYTHONPATH": str(TOP),
                }
                status = subprocess.run([sys.executable, str(TOP / "benchmarks" / f"{part}.py")], env=environment).returncode or status
    return status


if __name__ == "__main__":
    sys.exit(main())
