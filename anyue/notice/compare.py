"""Two versions of a list of quotes: which of the old became which of the new."""

from difflib import SequenceMatcher

LIKE = 0.6  # share of characters in common from which a quote counts as reworded, not as another


def pair(old: list[str], new: list[str]) -> list[tuple[int | None, int | None]]:
    """(index in old, index in new) of every quote, in the order of `new`, what is gone before what follows it.

    Equal quotes (white space apart) are the same, also where they moved. Of the rest, those between the same
    neighbours are paired by likeness (`LIKE`), the likest first. Whole lists are compared in line, never all with all.
    """
    a, b = ["".join(q.split()) for q in old], ["".join(q.split()) for q in new]
    of_new: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            of_new.update(zip(range(j1, j2), range(i1, i2), strict=True))
        else:
            gaps.append((range(i1, i2), range(j1, j2)))
    _moved(a, b, gaps, of_new)
    for left, right in gaps:
        _reworded(a, b, left, right, of_new)
    return _in_order(len(a), len(b), of_new)


def _moved(a: list[str], b: list[str], gaps: list[tuple[range, range]], of_new: dict[int, int]) -> None:
    places: dict[str, list[int]] = {}
    for left, _right in gaps:
        for i in left:
            places.setdefault(a[i], []).append(i)
    for _left, right in gaps:
        for j in right:
            if places.get(b[j]):
                of_new[j] = places[b[j]].pop(0)


def _reworded(a: list[str], b: list[str], left: range, right: range, of_new: dict[int, int]) -> None:
    taken = set(of_new.values())
    likeness = []
    for j in right:
        if j in of_new:
            continue
        match = SequenceMatcher(None, "", b[j], autojunk=False)
        for i in left:
            if i in taken:
                continue
            match.set_seq1(a[i])
            if match.quick_ratio() >= LIKE and (ratio := match.ratio()) >= LIKE:
                likeness.append((-ratio, i, j))
    for _ratio, i, j in sorted(likeness):
        if i not in taken and j not in of_new:
            of_new[j] = i
            taken.add(i)


def _in_order(n_old: int, n_new: int, of_new: dict[int, int]) -> list[tuple[int | None, int | None]]:
    gone = [i for i in range(n_old) if i not in set(of_new.values())]
    out: list[tuple[int | None, int | None]] = []
    for j in range(n_new):
        i = of_new.get(j)
        while gone and i is not None and gone[0] < i:
            out.append((gone.pop(0), None))
        out.append((i, j))
    return out + [(i, None) for i in gone]
