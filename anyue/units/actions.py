"""Everything that writes units: one function a use case."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import CharField, Model, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext as _

from anyue.kernel import audit
from anyue.kernel.errors import RuleBroken

from .models import MAX_DEPTH, NAME_LENGTH, SECTOR_LENGTH, STEP, Alias, Group, GroupPhrase, Unit


@transaction.atomic
def add_unit(parent: Unit | None, *, by: object, name: str, kind: str, **fields: Any) -> Unit:
    """A new unit below `parent` (None: a root)."""
    unit = Unit(parent=parent, name=name, kind=kind, **fields)
    unit.full_clean(exclude=["path"])
    unit.save()
    unit.path = (parent.path if parent else "") + str(unit.pk).zfill(STEP)
    unit.save(update_fields=["path"])
    audit.record("unit.added", unit, by=by, after=name)
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, by: object, parent: Unit) -> None:
    """The unit and all below it go under another; one UPDATE of the branch."""
    if unit.contains(parent):
        raise RuleBroken(_("单位不能移到自己的下级。"))
    if Unit.objects.filter(parent=parent, name=unit.name).exclude(pk=unit.pk).exists():
        raise RuleBroken(_("“%(parent)s”下已有同名单位。") % {"parent": parent})
    old = unit.path
    new = parent.path + str(unit.pk).zfill(STEP)
    table = Unit._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET path = %s || substr(path, %s) WHERE path >= %s AND path < %s",  # noqa: S608  # own table name
            [new, len(old) + 1, old, unit.path_end],
        )
    before = str(unit.parent)
    unit.parent, unit.path = parent, new
    unit.save(update_fields=["parent"])
    audit.record("unit.moved", unit, by=by, before=before, after=str(parent))


@dataclass
class Row:
    """One line of a directory: names of kind, parent and groups as people write them. None: the file has no such
    column, and what is known stays."""

    name: str
    kind: str
    parent: str | None = None
    sector: str | None = None
    aliases: list[str] | None = None
    groups: list[str] | None = None
    is_assumed: bool | None = None
    is_invented: bool | None = None


def kind_code(label: str) -> str | None:
    """The code of a kind written as code or in Chinese; None where it is neither."""
    for code, text in Unit.Kind.choices:
        if label in (code, str(text)):
            return code
    return None


@transaction.atomic
def import_directory(root: Unit, rows: list[Row], *, by: object) -> tuple[int, int]:
    """(units added, units changed) by a directory under `root`; all rows or none.

    A row is known by its name; what a file says of a unit (superior, aliases, groups) replaces what was known.
    Raises ValidationError with one message a wrong row.
    """
    known = {unit.name: unit for unit in Unit.objects.within(root).exclude(pk=root.pk)}
    groups = {group.name: group for group in Group.objects.all()}
    _check(rows, root, known, groups)
    old = [row for row in rows if row.name in known]
    known[""] = root
    added = 0
    waiting = [row for row in rows if row.name not in known]
    while waiting:
        ready = [row for row in waiting if (row.parent or "") in known]
        _create(ready, known)
        added += len(ready)
        waiting = [row for row in waiting if row.name not in known]
    changed = _update(old, known, by=by)
    _name(rows, root, known)
    _join(rows, root, known, groups)
    audit.record("directory.imported", root, by=by, after=f"+{added} ~{changed}")
    return added, changed


def _check(rows: list[Row], root: Unit, known: dict[str, Unit], groups: dict[str, Group]) -> None:
    errors: list[str] = []
    names = {row.name for row in rows}
    seen: set[str] = set()
    for n, row in enumerate(rows, start=2):
        errors += [_("第 %(n)s 行：%(what)s") % {"n": n, "what": what} for what in _wrong(row, groups)]
        if row.name in seen:
            errors.append(_("第 %(n)s 行：“%(name)s”重复。") % {"n": n, "name": row.name})
        if row.name == root.name:
            errors.append(_("第 %(n)s 行：“%(name)s”是名录本身所属的单位，不能在名录中。") % {"n": n, "name": row.name})
        seen.add(row.name)
        if row.parent and row.parent not in known and row.parent not in names:
            errors.append(_("第 %(n)s 行：找不到上级单位“%(name)s”。") % {"n": n, "name": row.parent})
    if not errors:
        errors = _too_deep(rows, root, known)
    if errors:
        raise ValidationError(errors[:50])


def _wrong(row: Row, groups: dict[str, Group]) -> list[str]:
    """What a row says that no unit can be, by itself."""
    out = []
    if not row.name or len(row.name) > NAME_LENGTH:
        out.append(_("单位名称为空或超过 100 字。"))
    if kind_code(row.kind) is None:
        out.append(_("没有“%(kind)s”这一类别。") % {"kind": row.kind[:40]})
    if len(row.sector or "") > SECTOR_LENGTH:
        out.append(_("行业领域超过 40 字。"))
    if any(len(alias) > NAME_LENGTH for alias in row.aliases or []):
        out.append(_("别名超过 100 字。"))
    unknown = [name for name in row.groups or [] if name not in groups]
    if unknown:
        out.append(_("没有“%(names)s”这一分组。") % {"names": "、".join(unknown)[:60]})
    return out


def _too_deep(rows: list[Row], root: Unit, known: dict[str, Unit]) -> list[str]:
    """Rows whose superiors, as they will be, go round in a circle or more levels down than a path holds."""
    above = {unit.name: unit.parent.name for unit in known.values() if unit.parent}
    above.update({row.name: row.parent or root.name for row in rows if row.parent is not None or row.name not in known})
    room = MAX_DEPTH - root.depth
    for n, row in enumerate(rows, start=2):
        at, steps = row.name, 0
        while at != root.name and steps <= room:
            at, steps = above[at], steps + 1
        if steps > room:
            return [_("第 %(n)s 行：“%(name)s”的上级关系成环，或超过 %(most)s 级。") % {"n": n, "name": row.name, "most": room}]
    return []


def set_paths() -> None:
    """Paths of units inserted in bulk, whose parents have theirs: one UPDATE, whatever their number."""
    above = Unit.objects.filter(pk=OuterRef("parent")).values("path")
    own = LPad(Cast("pk", CharField()), STEP, Value("0"))
    Unit.objects.filter(path="").exclude(parent=None).update(path=Concat(Subquery(above), own))


def _create(rows: list[Row], known: dict[str, Unit]) -> None:
    made = Unit.objects.bulk_create(
        Unit(
            name=row.name,
            kind=kind_code(row.kind) or "",
            sector=row.sector or "",
            parent=known[row.parent or ""],
            is_assumed=bool(row.is_assumed),
            is_invented=bool(row.is_invented),
        )
        for row in rows
    )
    known.update({unit.name: unit for unit in made})
    set_paths()


_COLUMNS = ("kind", "sector", "is_assumed", "is_invented")


def _update(rows: list[Row], known: dict[str, Unit], *, by: object) -> int:
    touched: dict[str, Unit] = {}
    for row in rows:
        unit = known[row.name]
        wanted = {"kind": kind_code(row.kind), "sector": row.sector, "is_assumed": row.is_assumed, "is_invented": row.is_invented}
        for column in _COLUMNS:
            if wanted[column] not in (None, getattr(unit, column)):
                setattr(unit, column, wanted[column])
                touched[row.name] = unit
    Unit.objects.bulk_update(touched.values(), _COLUMNS, batch_size=1000)
    # From the top down, so that a unit goes under a superior that stands where it belongs already.
    moving = [row for row in rows if row.parent is not None and known[row.name].parent_id != known[row.parent].pk]
    for row in sorted(moving, key=lambda row: known[row.parent or ""].depth):
        unit = Unit.objects.get(pk=known[row.name].pk)
        move_unit(unit, by=by, parent=Unit.objects.get(pk=known[row.parent or ""].pk))
        touched[row.name] = unit
    return len(touched)


def _name(rows: list[Row], root: Unit, known: dict[str, Unit]) -> None:
    said = {known[row.name].pk: set(row.aliases) for row in rows if row.aliases is not None}
    have = Alias.objects.filter(unit__in=Unit.objects.within(root)).values_list("pk", "unit_id", "name")
    _delete(Alias, [pk for pk, unit_id, name in have if unit_id in said and name not in said[unit_id]])
    wanted = [Alias(unit_id=pk, name=name) for pk, names in said.items() for name in names]
    Alias.objects.bulk_create(wanted, ignore_conflicts=True)


def _join(rows: list[Row], root: Unit, known: dict[str, Unit], groups: dict[str, Group]) -> None:
    through = Group.members.through
    said = {known[row.name].pk: {groups[name].pk for name in row.groups} for row in rows if row.groups is not None}
    have = through.objects.filter(unit__in=Unit.objects.within(root)).values_list("pk", "unit_id", "group_id")
    _delete(through, [pk for pk, unit_id, group_id in have if unit_id in said and group_id not in said[unit_id]])
    wanted = [through(group_id=group_id, unit_id=pk) for pk, members in said.items() for group_id in members]
    through.objects.bulk_create(wanted, ignore_conflicts=True)


def _delete(model: type[Model], keys: list[int]) -> None:
    # In lengths: SQLite takes no more than 999 parameters everywhere.
    for at in range(0, len(keys), 900):
        model._default_manager.filter(pk__in=keys[at : at + 900]).delete()


@transaction.atomic
def set_group(*, by: object, name: str, phrases: list[str], kinds: str = "", sectors: str = "") -> Group:
    """The group of that name with these phrases; made where there is none."""
    group, made = Group.objects.update_or_create(name=name, defaults={"kinds": kinds, "sectors": sectors})
    for phrase in phrases:
        GroupPhrase.objects.update_or_create(phrase=phrase, defaults={"group": group})
    audit.record("group.added" if made else "group.changed", group, by=by, after=" ".join(phrases))
    return group
