"""Subtrees of 500,000 units: the path's range against the table's own primary key and against walking the tree."""

import time

from clock import best, line
from world import database

COUNTIES, TOWNSHIPS, ENTERPRISES = 50, 20, 500  # 50 × 20 × 500 = 500,000 enterprises


def main() -> None:
    with database():
        from django.db import connection

        from anyue.units.actions import add_unit, move_unit
        from anyue.units.models import Unit

        root = add_unit(None, by="bench", name="国", kind="banner")
        start = time.perf_counter()
        parents = [root]
        for count, kind in ((COUNTIES, "banner"), (TOWNSHIPS, "township"), (ENTERPRISES, "enterprise")):
            parents = _children(parents, count, kind, Unit)
        line(f"made {Unit.objects.count():,} units", time.perf_counter() - start)
        county = Unit.objects.filter(parent=root).order_by("pk")[7]
        township = Unit.objects.filter(parent=county).order_by("pk")[3]
        with connection.cursor() as cursor:
            limit = best(lambda: _one(cursor, "SELECT count(*) FROM units_unit WHERE id BETWEEN %s AND %s", [5000, 15000]), wall=True)
            line("limit: count 10,001 rows by primary key", limit)
            line("subtree of a county, 10,021 units, by path", best(lambda: Unit.objects.within(county).count(), wall=True), limit)
            line("subtree of a township, 501 units, by path", best(lambda: Unit.objects.within(township).count(), wall=True), limit)
            walk = (
                "WITH RECURSIVE t(id) AS (SELECT id FROM units_unit WHERE id = %s UNION ALL "
                "SELECT u.id FROM units_unit u JOIN t ON u.parent_id = t.id) SELECT count(*) FROM t"
            )
            line("the same county by walking the tree", best(lambda: _one(cursor, walk, [county.pk]), wall=True), limit)
        other = Unit.objects.filter(parent=root).order_by("pk")[8]
        township.name = "迁来的镇"
        township.save(update_fields=["name"])
        start = time.perf_counter()
        move_unit(township, by="bench", parent=other)
        line("move a township with 501 units", time.perf_counter() - start, limit)


def _children(parents: list, count: int, kind: str, unit_class: type) -> list:
    from anyue.units.actions import set_paths

    made = []
    rows = [unit_class(name=f"{kind}{n}", kind=kind, parent=parent) for parent in parents for n in range(count)]
    for first in range(0, len(rows), 20000):
        made += unit_class.objects.bulk_create(rows[first : first + 20000])
    set_paths()
    return made


def _one(cursor, sql: str, values: list) -> object:
    cursor.execute(sql, values)
    return cursor.fetchone()[0]


if __name__ == "__main__":
    main()
