"""Numbers as notices print them: 31, ３１, 三十一, 两百零五, 二〇二三."""

import re

import cn2an

NUMBER = r"(?:\d{1,7}(?:,\d{3})*|[〇零一二两三四五六七八九十百千万]{1,9})"
_CHINESE = re.compile(r"[〇零一二两三四五六七八九十百千万]+")


def to_int(word: str) -> int | None:
    """The whole number a word prints, None where it prints none (百十千 alone, fractions, nonsense)."""
    word = word.replace(",", "")
    if word.isdigit():
        return int(word)
    if not _CHINESE.fullmatch(word):
        return None
    if word.startswith("十"):
        word = "一" + word
    try:
        return int(cn2an.cn2an(word.replace("零", "零"), "smart"))
    except ValueError:
        return None
