import pytest
from django.core.exceptions import ValidationError

from anyue.kernel.errors import RuleBroken
from anyue.units import directory
from anyue.units.actions import Row, import_directory, move_unit
from anyue.units.models import Unit
from anyue.units.queries import Directory


def test_subtree_is_the_unit_and_all_below(cast):
    assert set(Unit.objects.within(cast.town)) == {cast.town, cast.mine}


def test_moving_a_branch_moves_all_below(cast):
    move_unit(cast.town, by="test", parent=cast.other_town)

    cast.mine.refresh_from_db()
    cast.town.refresh_from_db()
    assert cast.mine.path.startswith(cast.other_town.path)
    assert set(Unit.objects.within(cast.other_town)) == {cast.other_town, cast.town, cast.mine}


def test_a_unit_cannot_go_below_itself(cast):
    with pytest.raises(RuleBroken):
        move_unit(cast.town, by="test", parent=cast.mine)


def test_a_unit_cannot_go_where_its_name_is_taken(cast):
    import_directory(cast.banner, [Row("西河镇", "苏木镇"), Row("东河煤矿分矿", "企业", "东河镇")], by="test")
    twin = Unit.objects.create(name="东河煤矿", kind="enterprise", parent=cast.other_town, path=cast.other_town.path + "99999999")

    with pytest.raises(RuleBroken):
        move_unit(cast.mine, by="test", parent=twin.parent)


def test_directory_goes_out_and_comes_back(cast):
    rows = directory.read_xlsx(directory.write_xlsx(cast.banner))
    added, changed = import_directory(cast.banner, rows, by="test")

    assert (added, changed) == (0, 0)
    assert {row.name for row in rows} == {u.name for u in Unit.objects.within(cast.banner)} - {cast.banner.name}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([Row("", "enterprise")], "为空"),
        ([Row("甲厂", "飞船")], "类别"),
        ([Row("甲厂", "企业", "无此镇")], "找不到上级"),
        ([Row("甲厂", "企业"), Row("甲厂", "企业")], "重复"),
        ([Row("甲厂", "企业", "乙厂"), Row("乙厂", "企业", "甲厂")], "成环"),
        ([Row("东河镇", "苏木镇", "东河煤矿")], "成环"),
        ([Row(f"{n}厂", "企业", f"{n - 1}厂" if n else "") for n in range(21)], "超过 19 级"),
        ([Row("示例旗", "旗（县）")], "所属的单位"),
        ([Row("甲厂", "企业", groups=["无此组"])], "无此组"),
        ([Row("甲厂", "企业", aliases=["甲" * 101])], "别名"),
        ([Row("甲厂", "企业", sector="煤" * 41)], "行业领域"),
    ],
)
def test_wrong_rows_are_named_and_nothing_is_imported(cast, rows, words):
    before = Unit.objects.count()

    with pytest.raises(ValidationError, match=words):
        import_directory(cast.banner, rows, by="test")

    assert Unit.objects.count() == before


def test_a_file_says_the_superior_the_marks_and_all_other_names_of_a_unit(cast):
    first = Row("东河煤矿", "企业", "东河镇", "煤矿", ["东河矿", "老矿"], ["安委会成员单位"], is_assumed=True)
    import_directory(cast.banner, [first], by="test")

    again = Row("东河煤矿", "企业", "西河镇", "", ["东河矿"], [], is_assumed=False)
    assert import_directory(cast.banner, [again], by="test") == (0, 1)

    mine = Unit.objects.get(pk=cast.mine.pk)
    assert (mine.parent, mine.sector, mine.is_assumed) == (cast.other_town, "", False)
    assert mine in Unit.objects.within(cast.other_town)
    assert [alias.name for alias in mine.aliases.all()] == ["东河矿"]
    assert mine.groups.count() == 0


def test_columns_a_file_lacks_change_nothing(cast):
    import_directory(cast.banner, [Row("东河煤矿", "企业", aliases=["东河矿"])], by="test")

    assert import_directory(cast.banner, [Row("东河煤矿", "企业")], by="test") == (0, 0)

    mine = Unit.objects.get(pk=cast.mine.pk)
    assert (mine.parent, mine.sector, mine.aliases.get().name) == (cast.town, "煤矿", "东河矿")


def test_children_may_come_before_their_parents(cast):
    import_directory(cast.banner, [Row("丙厂", "企业", "新镇"), Row("新镇", "苏木镇")], by="test")

    assert Unit.objects.get(name="丙厂").parent.name == "新镇"


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(data):
    with pytest.raises(ValidationError):
        directory.read_xlsx(data)


def test_shipped_directory_installs_twice_without_harm(db):
    root = directory.install("wushen", by="test")
    n = Unit.objects.count()
    directory.install("wushen", by="test")

    assert Unit.objects.count() == n
    assert Unit.objects.within(root).filter(kind="township").count() == 6


@pytest.mark.parametrize(
    ("printed", "unit", "group", "rest"),
    [
        ("旗能源局", "旗能源局", None, False),
        ("乌审发布", "旗融媒体中心", None, False),
        ("旗安委办", "乌审旗安全生产委员会办公室", None, False),
        ("各苏木镇", None, "苏木镇", False),
        ("安委会各成员单位", None, "安委会成员单位", False),
        ("其他安委会成员单位", None, "安委会成员单位", True),
        ("企业", None, "企业", False),
        ("家庭", None, None, False),
    ],
)
def test_printed_names_resolve(db, printed, unit, group, rest):
    root = directory.install("wushen", by="test")
    from datetime import date

    found = Directory(root, date(2023, 6, 1)).resolve(printed)

    assert (found.unit.name if found.unit else None) == unit
    assert (found.group.name if found.group else None) == group
    assert found.is_rest == rest


def test_unknown_name_gets_suggestions_and_no_guess(db):
    root = directory.install("wushen", by="test")
    from datetime import date

    found = Directory(root, date(2023, 6, 1)).resolve("旗能源管理局")

    assert not found.is_resolved
    assert "旗能源局" in [s.name for s in found.suggestions]
