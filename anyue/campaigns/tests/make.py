"""The smallest valid rows, with fixed values."""

from anyue.campaigns import actions
from anyue.campaigns.models import Assignment, Campaign, TaskActor
from anyue.notice import read

NOTICE = """示例旗安全生产委员会办公室关于印发《2023年全旗“安全生产月”活动方案》的通知
各苏木镇、安委会各成员单位、各企业：
　　现将方案印发给你们。
　　　　　　　　　　示例旗安全生产委员会办公室
　　　　　　　　　　2023年5月29日
2023年全旗“安全生产月”活动方案
一、活动时间
6月1日—6月30日。
二、主要活动
（一）开展宣讲。各苏木镇要组织开展一次宣讲活动。鼓励企业职工阅读一本安全读本。
（二）开展演练。各企业要组织两次应急演练。安委会各成员单位要每月报送1至2条典型经验做法。
（三）督促落实。各苏木镇要督促企业开展安全承诺践诺。
三、活动要求
各苏木镇于6月5日前报送联络员名单，6月30日前报送活动总结。
"""


def make_draft(cast, text: str = NOTICE) -> Campaign:
    """A campaign as imported, nothing reviewed."""
    data = text.encode()
    return actions.import_notice(read(data), by=cast.officer, filename="通知.txt", data=data)


def make_campaign(cast, text: str = NOTICE) -> Campaign:
    """A campaign whose tasks are issued; names that mean nothing are left out."""
    campaign = make_draft(cast, text)
    TaskActor.objects.filter(task__campaign=campaign, unit=None, group=None).update(is_ignored=True)
    actions.confirm_campaign(campaign, by=cast.officer)
    return campaign


def assignment_of(unit, words: str) -> Assignment:
    """The assignment of a unit whose task quotes these words."""
    return Assignment.objects.get(unit=unit, task__quote__contains=words)
