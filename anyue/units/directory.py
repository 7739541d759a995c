"""A directory of units as a file: the readable TOML that ships with the product, and .xlsx in and out."""

import io
import tomllib
from importlib.resources import files
from typing import Any

import python_calamine
import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anyue.paperwork import archive

from . import actions
from .models import Unit

COLUMNS = ["单位名称", "类别", "上级单位", "行业领域", "别名", "所属分组", "待核实"]
MAX_ROWS = 100_000


def load(name: str) -> dict[str, Any]:
    """A directory that ships with the product, e.g. `wushen`."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def install(name: str, *, by: object) -> Unit:
    """The root of a shipped directory, with its groups and units; harmless when repeated."""
    data = load(name)
    root = Unit.objects.filter(parent=None, name=data["root"]["name"]).first()
    if root is None:
        root = actions.add_unit(None, by=by, name=data["root"]["name"], kind=data["root"]["kind"])
    for group in data["group"]:
        actions.set_group(
            by=by,
            name=group["name"],
            phrases=group["phrases"],
            kinds=" ".join(group.get("kinds", [])),
            sectors=" ".join(group.get("sectors", [])),
        )
    actions.import_directory(root, [_row(unit) for unit in data["unit"]], by=by)
    return root


def _row(unit: dict[str, Any]) -> actions.Row:
    return actions.Row(
        name=unit["name"],
        kind=unit["kind"],
        parent=unit.get("under", ""),
        sector=unit.get("sector", ""),
        aliases=unit.get("aliases", []),
        groups=unit.get("groups", []),
        is_assumed=unit.get("assumed", False),
        is_invented=unit.get("invented", False),
    )


def read_xlsx(data: bytes) -> list[actions.Row]:
    """Rows of an uploaded workbook's first sheet. Raises ValidationError where it is no workbook or lacks a column."""
    try:
        archive.inspect(data)
        sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except (archive.BadArchive, python_calamine.CalamineError, IndexError) as error:
        raise ValidationError(_("这不是可以读取的 Excel 工作簿，请另存为 .xlsx 后再试。")) from error
    if sheet.height > MAX_ROWS:
        raise ValidationError(_("一次最多导入 %(n)s 行。") % {"n": MAX_ROWS})
    lines = sheet.to_python()
    head = [str(cell).strip() for cell in lines[0]] if lines else []
    missing = [column for column in COLUMNS[:2] if column not in head]
    if missing:
        raise ValidationError(_("第一行缺少表头：%(names)s。") % {"names": "、".join(missing)})
    return [_row_of(dict(zip(head, line, strict=False))) for line in lines[1:] if any(str(c).strip() for c in line)]


def _row_of(cells: dict[str, Any]) -> actions.Row:
    def cell(name: str) -> str | None:
        return str(cells[name] or "").strip() if name in cells else None

    def several(name: str) -> list[str] | None:
        words = cell(name)
        return None if words is None else [word for word in words.replace("，", "、").split("、") if word]

    assumed = cell("待核实")
    return actions.Row(
        name=cell("单位名称") or "",
        kind=cell("类别") or "",
        parent=cell("上级单位"),
        sector=cell("行业领域"),
        aliases=several("别名"),
        groups=several("所属分组"),
        is_assumed=None if assumed is None else assumed in ("是", "1", "True", "yes"),
    )


def write_xlsx(root: Unit) -> bytes:
    """The directory below `root` in the columns that `read_xlsx` takes back."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("单位名录")
    sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
    units = Unit.objects.within(root).exclude(pk=root.pk).select_related("parent").prefetch_related("aliases", "groups")
    for n, unit in enumerate(units, start=1):
        parent = "" if unit.parent_id == root.pk else str(unit.parent)
        names = "、".join(alias.name for alias in unit.aliases.all())
        groups = "、".join(group.name for group in unit.groups.all())
        row = [unit.name, str(unit.get_kind_display()), parent, unit.sector, names, groups, "是" if unit.is_assumed else ""]
        sheet.write_row(n, 0, row)
    sheet.set_column(0, 2, 28)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
