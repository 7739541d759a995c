"""The tests on SQLite and, where it answers, on PostgreSQL (127.0.0.1:5432, database test, user root or postgres).

    --require-postgres   fail where PostgreSQL does not answer
    anything else        is passed to pytest
"""

import os
import subprocess
import sys
import tempfile

import psycopg

USERS = ("root", "postgres")


def postgres() -> str | None:
    """The address of a PostgreSQL that answers, None where none does."""
    for user in USERS:
        try:
            psycopg.connect(f"host=127.0.0.1 port=5432 dbname=test user={user}", connect_timeout=3).close()
        except psycopg.OperationalError:
            continue
        return f"postgres://{user}@127.0.0.1:5432/test"
    return None


def run(name: str, url: str, words: list[str]) -> int:
    """pytest once; its exit status."""
    print(f"== tests on {name}", flush=True)
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "ANYUE_DATABASE_URL": url, "ANYUE_HOME": home, "ANYUE_SECRET_KEY": "for-tests-only"}
        for setting in ("ANYUE_STAND_ON", "ANYUE_DEMO", "ANYUE_DEBUG", "ANYUE_SECOND_FACTOR"):
            environment.pop(setting, None)
        return subprocess.run([sys.executable, "-m", "pytest", *words], env=environment).returncode


def main() -> int:
    words = sys.argv[1:]
    required = "--require-postgres" in words
    words = [word for word in words if word != "--require-postgres"]
    url = postgres()
    if url is None and required:
        print("PostgreSQL does not answer on 127.0.0.1:5432 (database test, user root or postgres).", file=sys.stderr)
        return 1
    status = run("SQLite", "sqlite:///:memory:", words)
    if url is None:
        print("== PostgreSQL does not answer here: its half of the tests was not run.")
        return status
    return run("PostgreSQL", url, words) or status


if __name__ == "__main__":
    sys.exit(main())
