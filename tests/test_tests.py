"""Assertions that cannot fail, and tests without any."""

import ast
from pathlib import Path

import pytest

TESTS = sorted({*Path("anyue").rglob("test_*.py"), *Path("tests").glob("test_*.py")})
NEEDS_WITH = {"assertNumQueries", "assertRaises", "raises", "django_assert_num_queries", "django_assert_max_num_queries"}
NOT_A_CHECK = {"called_with", "called_once", "called_once_with", "not_called"}


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_no_empty_assertion(path):
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            name = getattr(node.value.func, "attr", getattr(node.value.func, "id", ""))
            if name in NEEDS_WITH and len(node.value.args) < 2:
                wrong.append(node.lineno)
        if isinstance(node, ast.Attribute) and node.attr in NOT_A_CHECK:
            wrong.append(node.lineno)
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant | ast.Tuple):
            wrong.append(node.lineno)
    assert wrong == []


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_every_test_asserts(path):
    silent = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(isinstance(n, ast.Assert) or isinstance(n, ast.With) and "raises" in ast.dump(n) for n in ast.walk(node))
    ]
    assert silent == []
