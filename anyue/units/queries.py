"""Units read across tables: members of groups, phrases of notices resolved to units."""

import difflib
import re
from dataclasses import dataclass, field
from datetime import date

from .models import Alias, Group, GroupPhrase, Unit, UnitQuerySet


def members_of(group: Group, *, under: Unit, on: date) -> UnitQuerySet:
    """Units of the group below `under` on the day: those of its kinds (and sectors), else those named."""
    units = Unit.objects.within(under).on(on)
    if not group.kinds and not group.sectors:
        return units.filter(groups=group)
    if group.kinds:
        units = units.filter(kind__in=group.kinds.split())
    if group.sectors:
        units = units.filter(sector__in=group.sectors.split())
    return units


@dataclass(frozen=True)
class Resolution:
    """What a printed name means: one unit, or a group (`is_rest`: its members not named elsewhere), or neither,
    then `suggestions` are the units and groups nearest in name."""

    name: str
    unit: Unit | None = None
    group: Group | None = None
    is_rest: bool = False
    suggestions: list[Unit | Group] = field(default_factory=list)

    @property
    def is_resolved(self) -> bool:
        """Whether the name means something known."""
        return self.unit is not None or self.group is not None


_REST = re.compile(r"^(?:其他|其余|其它)(?:各)?")


class Directory:
    """All names under one unit, read once, asked for every name of a notice."""

    def __init__(self, root: Unit, on: date) -> None:
        units = list(Unit.objects.within(root).on(on))
        by_pk = {unit.pk: unit for unit in units}
        self._units: dict[str, list[Unit]] = {}
        for unit in units:
            self._units.setdefault(_plain(unit.name), []).append(unit)
        for pk, name in Alias.objects.filter(unit__in=Unit.objects.within(root)).values_list("unit_id", "name"):
            if pk in by_pk and by_pk[pk] not in self._units.setdefault(_plain(name), []):
                self._units[_plain(name)].append(by_pk[pk])
        self._phrases = {_plain(p.phrase): p.group for p in GroupPhrase.objects.select_related("group")}

    def resolve(self, printed: str) -> Resolution:
        """The meaning of a printed name; two units of one name are no answer but suggestions."""
        name = _plain(printed)
        found = self._units.get(name, [])
        if len(found) == 1:
            return Resolution(printed, unit=found[0])
        group = self._phrases.get(name)
        if group is not None and not found:
            return Resolution(printed, group=group)
        rest = _REST.match(name)
        if rest and not found:
            stem = name[rest.end() :]
            group = self._phrases.get(stem) or self._phrases.get("各" + stem)
            if group is not None:
                return Resolution(printed, group=group, is_rest=True)
        return Resolution(printed, suggestions=[*found, *self._near(name)][:5])

    def _near(self, name: str) -> list[Unit | Group]:
        out: list[Unit | Group] = []
        for near in difflib.get_close_matches(name, [*self._phrases, *list(self._units)[:3000]], n=4, cutoff=0.5):
            for item in [self._phrases.get(near), *self._units.get(near, [])]:
                if item is not None and item not in out:
                    out.append(item)
        return out


def _plain(name: str) -> str:
    return re.sub(r"[\s“”\"'（）()]", "", name)


def units_under(area: Unit, *, on: date, kind: str = "") -> UnitQuerySet:
    """Units below `area` on the day, of one kind where given."""
    units = Unit.objects.within(area).on(on).exclude(pk=area.pk)
    if kind in Unit.Kind.values:
        units = units.filter(kind=kind)
    return units.order_by("path")


def all_groups() -> list[Group]:
    """Every group that phrases can mean."""
    return list(Group.objects.all())
