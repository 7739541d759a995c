"""The seed notice broken down, and the same text 10 and 100 times over: the time must grow with the length alone."""

from pathlib import Path

from clock import best, line

from anyue.notice import break_down

TEXT = (Path(__file__).resolve().parent.parent / "corpus" / "look" / "seed.txt").read_text(encoding="utf-8")


def main() -> None:
    break_down(TEXT)
    limit = best(lambda: [c for c in TEXT if c.isalpha()], runs=20)
    once = best(lambda: break_down(TEXT), runs=15)
    line("limit: one look at every character", limit)
    line(f"seed notice, {len(TEXT)} characters", once, limit, "(at most 20 ms wanted)")
    for times, runs in ((10, 3), (100, 1)):
        seconds = best(lambda n=times: break_down(TEXT * n), runs=runs)
        line(f"the same {times} times over", seconds, limit, f"{seconds / once / times:.2f} × linear")


if __name__ == "__main__":
    main()
