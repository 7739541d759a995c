"""The anyue command. What needs no database (breakdown) starts without Django."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from anyue import __version__

if TYPE_CHECKING:
    from anyue.people.models import Person


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of the console script; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["manage"]:
        return _manage(words[1:])
    args = _parser().parse_args(words)
    return int(args.run(args) or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anyue", description="An official notice goes in, duties come out.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="build the demonstration and serve it")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--empty", action="store_true", help="without the lived part")
    demo.add_argument("--no-serve", action="store_true", help="build it and stop")
    demo.set_defaults(run=_demo)

    serve = commands.add_parser("serve", help="migrate and serve")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    work = commands.add_parser("work", help="send reminders and messages, round after round (serve starts one)")
    work.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    work.add_argument("--once", action="store_true", help="one round and stop")
    work.set_defaults(run=_work)

    breakdown = commands.add_parser("breakdown", help="break a notice down into tasks")
    breakdown.add_argument("file", type=Path)
    breakdown.add_argument("--json", action="store_true", help="the shape of corpus/GUIDELINES.md on standard output")
    breakdown.add_argument("--xlsx", type=Path, metavar="OUT", help="write the 任务分解表")
    breakdown.add_argument("--docx", type=Path, metavar="OUT", help="write the 任务分解表")
    breakdown.set_defaults(run=_breakdown)

    token = commands.add_parser("token", help="print a new key of the HTTP interface for a user")
    token.add_argument("user")
    token.set_defaults(run=_token)

    drop = commands.add_parser("drop-factor", help="a user lost phone and recovery codes: take the second factor away")
    drop.add_argument("user")
    drop.set_defaults(run=_drop_factor)

    commands.add_parser("manage", help="Django's own commands")
    return parser


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anyue.settings")
    import django

    django.setup()


def _manage(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anyue.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["anyue manage", *words])
    return 0


def _demo(args: argparse.Namespace) -> int:
    os.environ.setdefault("ANYUE_STAND_ON", "2023-06-12")
    os.environ.setdefault("ANYUE_DEMO", "1")
    os.environ.setdefault("ANYUE_SECOND_FACTOR", "0")
    os.environ.setdefault("ANYUE_DATABASE_URL", f"sqlite:///{_home() / 'demo.sqlite3'}")
    _django()
    from . import demo, server

    server.prepare()
    demo.build(lived=not args.empty)
    print(demo.greeting(args.port), flush=True)
    return 0 if args.no_serve else server.serve("127.0.0.1", args.port)


def _home() -> Path:
    from anyue import env

    home = env.home()
    home.mkdir(parents=True, exist_ok=True)
    return home


def _serve(args: argparse.Namespace) -> int:
    _home()
    _django()
    from . import server

    server.prepare()
    return server.serve(args.host, args.port)


def _work(args: argparse.Namespace) -> int:
    _home()
    _django()
    from . import work

    if args.once:
        work.once()
    else:
        with suppress(KeyboardInterrupt):
            work.forever(parent=args.parent)
    return 0


def _person(username: str) -> "Person | None":
    if "ANYUE_DATABASE_URL" not in os.environ and (_home() / "demo.sqlite3").exists():
        os.environ["ANYUE_DATABASE_URL"] = f"sqlite:///{_home() / 'demo.sqlite3'}"
    _django()
    from anyue.people.models import Person

    person = Person.objects.filter(username=username).first()
    if person is None:
        print(f"anyue: no user {username!r}", file=sys.stderr)
    return person


def _token(args: argparse.Namespace) -> int:
    person = _person(args.user)
    if person is None:
        return 1
    from anyue.people.actions import make_token

    print(make_token(person, by="command line"))
    return 0


def _drop_factor(args: argparse.Namespace) -> int:
    person = _person(args.user)
    if person is None:
        return 1
    from anyue.people.actions import drop_second_factor

    n = drop_second_factor(person, by="command line")
    print(f"{args.user}: {n} removed" if n else f"{args.user} had no second factor")
    return 0


def _breakdown(args: argparse.Namespace) -> int:
    from anyue.notice import NoticeError, break_down, read

    from . import breakdown_print

    try:
        document = read(args.file)
    except NoticeError as error:
        print(f"anyue: {args.file}: {error.chinese} {error.english}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"anyue: {args.file}: {error.strerror}", file=sys.stderr)
        return 2
    found = break_down(document.text)
    if args.json:
        out = {"id": args.file.stem, "format": document.format, "sha256": document.sha256, **found.as_dict()}
        if document.format != "txt":
            out["text"] = document.text
        json.dump(out, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif not (args.xlsx or args.docx):
        breakdown_print.show(found)
    breakdown_print.write(found, xlsx=args.xlsx, docx=args.docx)
    return 0


if __name__ == "__main__":
    sys.exit(main())
