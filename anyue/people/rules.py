"""What holds for keys, phone numbers, registrations, and for how long persons' data is kept."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from anyue.kernel.errors import RuleBroken


def digest(token: str) -> str:
    """What is kept of a key. A key of 256 random bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


DEVICE_DAYS = 180  # for so long a phone stays signed in
SEEN_SECONDS = 600  # the use of a session is noted no oftener
CODE_DAYS = 60  # for so long a code on the wall is good, unless the office says otherwise
MOST_WAITING = 5  # registrations for one unit through one code that wait at a time
A_FLOOD = 20  # from so many that wait through one code the office may refuse them all at once
MOST_AN_HOUR = 600  # registrations through one code: a county's forty units never come near it


# Nobody's phone rings between these hours of Beijing time.
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(8, 0)
# After the n-th try that got no clear answer so long a wait; then it is given up: two days in all.
TRY_AGAIN = [timedelta(minutes=n) for n in (0, 2, 10, 30, 120, 360, 720, 1440)]


def is_quiet(at: time) -> bool:
    """Whether nothing is sent outside at this time of the day."""
    return at >= QUIET_FROM or at < QUIET_UNTIL


def takes_sms(phone: str) -> bool:
    """Whether the number is a mobile's."""
    return bool(re.fullmatch(r"1\d{10}", phone))


@dataclass(frozen=True)
class Kept:
    """A kind of persons' data: what for, on what basis (《个人信息保护法》第十三条), for how many days after what."""

    what: str | Promise
    purpose: str | Promise
    basis: str | Promise
    days: int
    after: str | Promise


# The one place that says so; `actions.forget_expired` keeps to it, the page of registration shows it. [K: durations]
KEPT = {
    "liaison": Kept(
        _lazy("联络员的姓名、职务、电话"), _lazy("通知任务、提醒期限、核实情况"), _lazy("履行法定职责"), 180, _lazy("不再担任联络员"),
    ),
    "message": Kept(
        _lazy("发给本人的提醒和通知"), _lazy("提醒期限、留存已提醒的依据"), _lazy("履行法定职责"), 365, _lazy("发送"),
    ),
    "session": Kept(
        _lazy("登录的设备、网络地址和时间"), _lazy("让本人看到并结束自己的登录"), _lazy("履行法定义务"), 1, _lazy("登录结束"),
    ),
    "outside": Kept(
        _lazy("绑定的外部账号的标识"), _lazy("用它登录"), _lazy("本人同意"), 0, _lazy("解除绑定或换人"),
    ),
    "registration": Kept(
        _lazy("未通过或无人确认的登记"), _lazy("确认谁是联络员"), _lazy("履行法定职责"), 30, _lazy("提交登记"),
    ),
}

# In this order: WeCom says that it is WeChat, Edge that it is Chrome, everybody that it is Safari.
_BROWSERS = {
    "wxwork": _lazy("企业微信"), "MicroMessenger": _lazy("微信"), "DingTalk": _lazy("钉钉"),
    "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Harmony": _lazy("鸿蒙"), "Android": "Android",
    "Windows": "Windows", "Macintosh": "macOS", "Linux": "Linux",
}


def device_of(agent: str) -> str:
    """A browser's long name of itself in two words: 微信 · Android."""
    found = [next((str(label) for sign, label in names.items() if sign in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or _("其他设备")


_DIGITS = str.maketrans("０１２３４５６７８９＋－", "0123456789+-")
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,5})?")


def phone_of(typed: str) -> str | None:
    """The number as it is kept: 11 digits, or area code and number (0477-0000000); None where it is none."""
    number = re.sub(r"[\s()（）]", "", typed.translate(_DIGITS))
    number = re.sub(r"^(?:\+86|0086(?=-?(?:1\d{10}|0\d{2,3}-?\d{7,8})$)|86(?=1\d{10}$))-?", "", number)
    if re.fullmatch(r"1[\d-]+", number):
        number = number.replace("-", "")
    return number if _PHONE.fullmatch(number) else None


def masked(phone: str) -> str:
    """The number as lists show it, its first three and last three characters: 100*****001, 047*-****001."""
    hidden = re.sub(r"\d", "*", phone[3:-3])
    return phone[:3] + hidden + phone[-3:] if len(phone) > 6 else "*" * len(phone)


def check_code(*, expires_on: date, revoked: bool, today: date) -> None:
    """A code is good until its day, unless it was taken out of use."""
    if revoked:
        raise RuleBroken(_("这个二维码已经停用。请向安委办要新的二维码。"))
    if expires_on < today:
        raise RuleBroken(_("这个二维码已于 %(day)s 过期。请向安委办要新的二维码。") % {"day": expires_on})


def check_room(*, n_waiting: int, n_last_hour: int) -> None:
    """A unit has few candidates, a code few callers an hour: a robot is stopped here. What came through one code takes no
    room from another: a unit's own code works when the one for all is flooded."""
    if n_waiting >= MOST_WAITING:
        raise RuleBroken(_("这个单位已有 %(n)s 份登记等待确认，请先与安委办联系。") % {"n": n_waiting})
    if n_last_hour >= MOST_AN_HOUR:
        raise RuleBroken(_("现在登记的人太多，请一小时后再试，或打电话给安委办。"))


def end_of(kept: str, since: date) -> date:
    """The day on which data of this kind goes."""
    return since + timedelta(KEPT[kept].days)
