"""What a task wants handed in: 将X报送…, 报送X, X报…."""

import re

from . import names
from .task import Task

_THING_HEAD = re.compile(r"^(?:(?:一|两|\d+)次|本单位的?|各自的?|当[日周月]|本[日周月季年]度?的?|上[周月]|开展的?|活动开展|有关|相关|及时|至少|一|不少于)+")
_THING_TAIL = re.compile(r"(?:至少|不少于)?(?:\d+|[一二两三四五六七八九十]+)(?:至(?:\d+|[一二三四五]+))?(?:条|篇|份|个|期|张|件|幅|例|名|部)(?:以上)?$")
_THING_LEAD = re.compile(r"^(?:(?:不少于|至少)?(?:\d+|[一二两三四五六七八九十]+)(?:至(?:\d+|[一二三四五]+))?(?:条|篇|份|个|期|张|件|幅|例|名|部)(?:以上)?的?)")


def _things(phrase: str, masked: str) -> list[str]:
    """Single things handed in: brackets and 《》 left out, amounts left out."""
    out: list[str] = []
    start = 0
    parts = []
    for found in re.finditer(r"[、，]|(?<=.)(?:以及|和|及|与)(?=.)", masked):
        left = masked[start : found.start()]
        if found.group() not in "、，" and (len(left) < 2 or not re.search(r"(?:方案|总结|人数|数量|安排|动态|线索|收入|联络员|信息员|表|图片|照片|名单|信息|情况|资料|材料|报告|报表|案例|小结|台账|计划|简报|清单|单|作品|视频|影像|总结〓+|表〓+|书|数据|进展|册|文|稿|PPT|条|个|篇|份)$", left)):
            continue
        parts.append((start, found.start()))
        start = found.end()
    parts.append((start, len(phrase)))
    for a, b in parts:
        word = re.sub(r"[（(][^（）()]*[）)]", "", phrase[a:b]).strip("等 的")
        word = word.replace("《", "").replace("》", "")
        word = _THING_LEAD.sub("", word)
        word = _THING_HEAD.sub("", word)
        word = _THING_TAIL.sub("", word)
        if 1 < len(word) <= 30 and word not in out:
            out.append(word)
    return out


def handed_in(text: str, masked: str, task: Task, head: int) -> list[str]:
    """What is handed in, single names: 将X报送…, 报送X, X报…."""
    # Possessive: one way to cut a run of adverbs, else 前前前… takes exponential time.
    adverbs = r"(?:书面|统一|集中|及时|电话|逐级|按时|分别|通过.{2,20}|以.{2,12}形式|于?[^，]{0,12}前|在?[^，]{0,10}内)*+"
    before = re.search(rf"[将把](.+?){adverbs}$", masked[task.start : head])
    if before:
        a, b = task.start + before.start(1), task.start + before.end(1)
    else:
        a, b = head + len(task.verb), task.end
        to = re.compile(r"(?:至|到|给|旗|市|县|区|镇|公司|我|省|总局|校|院|委)[^、，]{1,20}?(?:办公室|安委办|办|局|科|部|处|委|中心|邮箱)(?:（[^）]*）)?$").search(masked, a, b)
        if to and to.start() > a + 1:
            b = to.start()
        elif to and to.start() <= a or not re.search(r"[、和及]|\d", masked[a:b]) and names.is_named(masked[a:b]) or re.match(r"(?:至|到|给)|[^、，和]{2,16}(?:局|办公室|总调度室|值班室|调度室|办|厅|所|中心|备案|委|邮箱|平台)$", masked[a:b]):
            return object_before(text, task, head)
        if a >= b:
            return object_before(text, task, head)
    phrase, phrase_masked = text[a:b], masked[a:b]
    return _things(phrase, phrase_masked)


def object_before(text: str, task: Task, head: int) -> list[str]:
    """发现重大隐患的，在2小时内报…; 明确1名联络员于…前反馈: what is handed in stands before the verb."""
    before = text[task.start : head]
    found = re.search(r"发现([^，的]{2,14}?)(?:后|的|立即|及时|\d|在)|发生([^，的]{2,14})(?:的|后)", before)
    if found:
        return [found[1] or found[2]]
    found = re.search(r"遇(?:有)?([^，的须应要立]{2,10}?)(?:的|须|应|要|立即|时)", before)
    if found:
        return [found[1]]
    found = re.search(r"《([^》]{2,20})》", before) or re.search(r"(?:填写|选出|遴选)(?:一批)?([一-龥]{2,10})(?:，|并|向|$)", before)
    if found:
        return [found[1]]
    found = re.search(r"(联络员名单|联络员|信息员|联系人|作品|方案)", text[task.start : task.end])
    if found:
        return [found[1]]
    found = re.match(r"([一-龥]{2,8}(?:和[一-龥]{2,8})?)(?:要|可|须|应)", before)
    if found and not task.own_actor:
        return _things(found[1], found[1])
    return []


_MADE = re.compile(r"(?:制定|制订|拟定|编制|形成|建立|填写|汇总)(?:本单位|本地区?|本)?《?([^，、》]{2,16}(?:方案|计划|预案|清单|报告|台账|名单|总结|表))》?$")


def made_before(text: str, last: Task | None) -> list[str]:
    """制定活动方案，5月28日前报…: what the task before made is what is handed in."""
    made = _MADE.search(text[last.start : last.end]) if last else None
    return [made[1]] if made else []
