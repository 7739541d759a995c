"""Which of the old quotes became which of the new."""

from hypothesis import given
from hypothesis import strategies as st

from anyue.notice.compare import pair

QUOTES = st.lists(st.text("开展演练宣讲报送总结", min_size=1, max_size=8), max_size=12)


def test_equal_quotes_are_the_same_whatever_their_blanks():
    assert pair(["开展演练", "报 送总结"], ["开展 演练", "报送总结"]) == [(0, 0), (1, 1)]


def test_a_reworded_quote_is_found_between_its_neighbours():
    old = ["开展宣讲", "6月5日前报送联络员名单", "开展演练"]
    new = ["开展宣讲", "6月8日前报送联络员名单", "开展演练"]
    assert pair(old, new) == [(0, 0), (1, 1), (2, 2)]


def test_what_moves_is_the_same_and_what_is_gone_stands_where_it_was():
    assert pair(["甲一二三", "乙四五六", "丙七八九"], ["丙七八九", "甲一二三"]) == [(1, None), (2, 0), (0, 1)]
    assert pair(["甲一二三", "乙四五六", "丙七八九"], ["甲一二三", "丙七八九"]) == [(0, 0), (1, None), (2, 1)]


def test_another_quote_is_not_taken_for_a_new_wording():
    assert pair(["组织一次应急演练"], ["报送活动总结"]) == [(None, 0), (0, None)]


@given(QUOTES, QUOTES)
def test_every_quote_is_accounted_for_once(old, new):
    pairs = pair(old, new)
    assert sorted(i for i, _j in pairs if i is not None) == list(range(len(old)))
    assert [j for _i, j in pairs if j is not None] == list(range(len(new)))


@given(QUOTES)
def test_nothing_changed_is_nothing_changed(quotes):
    assert pair(quotes, quotes) == [(n, n) for n in range(len(quotes))]
