"""Everything that writes units: one function a use case."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext as _

from anyue.kernel import audit
from anyue.kernel.errors import RuleBroken

from .models import STEP, Alias, Group, GroupPhrase, Unit


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
    """One line of a directory: names of kind, parent and groups as people write them."""

    name: str
    kind: str
    parent: str = ""
    sector: str = ""
    aliases: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    is_assumed: bool = False
    is_invented: bool = False


def kind_code(label: str) -> str | None:
    """The code of a kind written as code or in Chinese; None where it is neither."""
    for code, text in Unit.Kind.choices:
        if label in (code, str(text)):
            return code
    return None


@transaction.atomic
def import_directory(root: Unit, rows: list[Row], *, by: object) -> tuple[int, int]:
    """(units added, units changed) by a directory under `root`; all rows or none.

    A row is known by its name. Raises ValidationError with one message a wrong row.
    """
    known = {unit.name: unit for unit in Unit.objects.within(root)}
    known[""] = root
    _check(rows, known)
    groups = {group.name: group for group in Group.objects.all()}
    added = changed = 0
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if row.parent in known]
        fresh = [row for row in ready if row.name not in known]
        added += len(fresh)
        _create(fresh, known)
        changed += _update([row for row in ready if row not in fresh], known)
        waiting = [row for row in waiting if row.parent not in known or row.name not in known]
        if not ready:
            break
    _name(list(rows), known, groups)
    audit.record("directory.imported", root, by=by, after=f"+{added} ~{changed}")
    return added, changed


def _check(rows: list[Row], known: dict[str, Unit]) -> None:
    errors = []
    names = {row.name for row in rows}
    seen: set[str] = set()
    for n, row in enumerate(rows, start=2):
        if not row.name or len(row.name) > 100:
            errors.append(_("第 %(n)s 行：单位名称为空或超过 100 字。") % {"n": n})
        elif row.name in seen:
            errors.append(_("第 %(n)s 行：“%(name)s”重复。") % {"n": n, "name": row.name})
        seen.add(row.name)
        if kind_code(row.kind) is None:
            errors.append(_("第 %(n)s 行：没有“%(kind)s”这一类别。") % {"n": n, "kind": row.kind})
        if row.parent and row.parent not in known and row.parent not in names:
            errors.append(_("第 %(n)s 行：找不到上级单位“%(name)s”。") % {"n": n, "name": row.parent})
        if row.parent == row.name:
            errors.append(_("第 %(n)s 行：单位不能是自己的上级。") % {"n": n})
    if not errors:
        errors = _cycles(rows, known)
    if errors:
        raise ValidationError(errors[:50])


def _cycles(rows: list[Row], known: dict[str, Unit]) -> list[str]:
    parent = {row.name: row.parent for row in rows}
    for row in rows:
        steps, at = 0, row.name
        while at in parent and at not in known and steps <= len(rows):
            at, steps = parent[at], steps + 1
        if steps > len(rows):
            return [_("“%(name)s”的上级关系成环。") % {"name": row.name}]
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
            sector=row.sector,
            parent=known[row.parent],
            is_assumed=row.is_assumed,
            is_invented=row.is_invented,
        )
        for row in rows
    )
    known.update({unit.name: unit for unit in made})
    set_paths()


def _update(rows: list[Row], known: dict[str, Unit]) -> int:
    touched = []
    for row in rows:
        unit = known[row.name]
        kind = kind_code(row.kind) or ""
        if (unit.kind, unit.sector) != (kind, row.sector):
            unit.kind, unit.sector = kind, row.sector
            touched.append(unit)
    Unit.objects.bulk_update(touched, ["kind", "sector"], batch_size=1000)
    return len(touched)


def _name(rows: list[Row], known: dict[str, Unit], groups: dict[str, Group]) -> None:
    Alias.objects.bulk_create(
        [Alias(unit=known[row.name], name=alias) for row in rows for alias in row.aliases], ignore_conflicts=True
    )
    through = Group.members.through
    through.objects.bulk_create(
        [
            through(group_id=groups[name].pk, unit_id=known[row.name].pk)
            for row in rows
            for name in row.groups
            if name in groups
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def set_group(*, by: object, name: str, phrases: list[str], kinds: str = "", sectors: str = "") -> Group:
    """The group of that name with these phrases; made where there is none."""
    group, made = Group.objects.update_or_create(name=name, defaults={"kinds": kinds, "sectors": sectors})
    for phrase in phrases:
        GroupPhrase.objects.update_or_create(phrase=phrase, defaults={"group": group})
    audit.record("group.added" if made else "group.changed", group, by=by, after=" ".join(phrases))
    return group
