"""Single sentences: what is asked of whom, how often, by when."""

import pytest

from anyue.notice import break_down, subjects
from anyue.notice.names import split_recipients

NOTICE = "某县安委会办公室关于开展活动的通知\n各乡镇、各单位：\n一、工作任务\n（一）宣传。{}\n（二）报送。各单位要上报总结。\n某县安委会办公室\n2024年5月1日\n"


def tasks(sentence):
    found = break_down(NOTICE.format(sentence)).as_dict()["tasks"]
    return [task for task in found if task["section"] == "一/（一）"]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("企业主要负责人、实际控制人带头讲一堂公开课", ["企业主要负责人", "实际控制人"]),
        ("使用液氨的企业6月15日前开展一次泄漏应急演练", ["使用液氨的企业"]),
        ("各讲一次安全生产公开课", []),
        ("矿山、危化、冶金企业结合实际开展人员疏散演练", ["矿山、危化、冶金企业"]),
        ("化工、矿山、粉尘涉爆企业每个班组至少召开1次班前会", ["化工、矿山、粉尘涉爆企业每个班组"]),
        ("由旗安委会办公室牵头、旗纪委监委机关派员，开展两轮督查", ["旗安委会办公室", "旗纪委监委机关"]),
        ("园区管理机构应当会同自然资源部门于6月底前完成划定", ["园区管理机构", "自然资源部门"]),
        ("各水电站业主要在3月31日前修订度汛方案", ["各水电站业主"]),
        ("各村（社区）妇联通过大喇叭推送安全提示", ["各村（社区）妇联"]),
        ("指挥部工会联合各项目部开展评选", ["指挥部工会", "各项目部"]),
        ("典型案例在局门户网站公开曝光", []),
    ],
)
def test_who(words, who):
    assert subjects(words) == who


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("各县（区）消防安全委员会，高新区、港城新区管委会，各大队", ["各县（区）消防安全委员会", "高新区、港城新区管委会", "各大队"]),
        ("各乡镇、街道工会、团委、妇联，各有关企业工会", ["各乡镇、街道工会、团委、妇联", "各有关企业工会"]),
        ("各水库、水电站、在建水利工程管理单位", ["各水库、水电站、在建水利工程管理单位"]),
        ("各在建项目建设、施工、监理单位，各预拌混凝土企业", ["各在建项目建设、施工、监理单位", "各预拌混凝土企业"]),
        ("各瞭望台，场专业扑火队", ["各瞭望台", "场专业扑火队"]),
        ("各乡镇党委和人民政府，县直及驻县各单位", ["各乡镇党委和人民政府", "县直及驻县各单位"]),
        ("各苏木镇、安委会各成员单位", ["各苏木镇", "安委会各成员单位"]),
    ],
)
def test_names_that_share_a_head_stay_together(printed, names):
    assert split_recipients(printed) == names


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("鼓励员工举报身边违章行为。", ["鼓励员工举报身边违章行为"]),
        ("进社区：街道办事处清理楼道杂物，劝导居民不在楼道充电。各学校开展一次演练。",
         ["街道办事处清理楼道杂物", "劝导居民不在楼道充电", "各学校开展一次演练"]),
        ("不能当场整改的下达通知书。", ["不能当场整改的下达通知书"]),
        ("承办单位每日对配电箱、漏电保护装置检查1次。", ["承办单位每日对配电箱、漏电保护装置检查1次"]),
        ("遇大风、沙尘天气，提前12小时发布预警。", ["遇大风、沙尘天气，提前12小时发布预警"]),
        ("县司法局在服务中心设立法律援助工作站。", ["县司法局在服务中心设立法律援助工作站"]),
        ("各中小学以“光盘行动”为主题召开一次班会。", ["各中小学以“光盘行动”为主题召开一次班会"]),
        ("应当在24小时内书面报告县国家保密局。", ["在24小时内书面报告县国家保密局"]),
        ("活动当天安排专人维持秩序。", ["活动当天安排专人维持秩序"]),
        ("组织新入职员工消防培训，不少于2学时。", ["组织新入职员工消防培训，不少于2学时"]),
        ("各县推荐1个社区，于5月31日前将申报材料报市办。", ["各县推荐1个社区，于5月31日前将申报材料报市办"]),
        ("各校确定1名信息员，于9月3日前通过平台反馈。", ["各校确定1名信息员，于9月3日前通过平台反馈"]),
    ],
)
def test_what_is_one_task(sentence, quotes):
    assert [task["quote"] for task in tasks(sentence)] == quotes


@pytest.mark.parametrize(
    ("sentence", "key", "value"),
    [
        ("请于5月15日前确定1名联络员。", "due", "2024-05-15"),
        ("6月30日前报活动总结。", "deliverables", ["活动总结"]),
        ("灾情发生后2小时内报县防减办。", "deliverables", ["灾情"]),
        ("主要负责人带队检查每月不少于1次。", "quota", {"min": 1, "max": None, "unit": "次", "per": "month"}),
        ("围绕十五条硬措施开展一次研讨。", "quota", {"min": 1, "max": None, "unit": "次", "per": "campaign"}),
    ],
)
def test_what_it_says_beside(sentence, key, value):
    assert tasks(sentence)[0][key] == value


CELLS = [["序号", "排查任务", "责任单位", "配合单位", "完成时限"],
         ["1", "清理村内道路两侧的柴草垛", "各村（社区）", "镇综合执法队", "2024年6月10日前"],
         ["2", "开展1次疏散演练；上好安全课", "镇中心学校", "镇专职消防队", "6月13日前"]]


@pytest.mark.parametrize(
    "table",
    [
        "\n".join("\t".join(row) for row in CELLS),
        "\n".join("　".join(row) for row in CELLS),
        "\n".join("  |  ".join(row) for row in CELLS),
        "\n".join("\n".join(f"    {cell}" for cell in row) for row in CELLS),
        "\n\n".join("\n\n".join(row) for row in CELLS),
    ],
    ids=["tabs", "blanks", "bars", "lines", "lines apart"],
)
def test_a_table_is_read_however_its_cells_are_set_apart(table):
    text = f"某县安委会办公室关于开展活动的通知\n各乡镇、各单位：\n现将任务分解如下：\n一、任务清单\n{table}\n\n二、有关要求\n各单位要上报总结。\n某县安委会办公室\n2024年5月1日\n"
    found = [task for task in break_down(text).as_dict()["tasks"] if task["section"].startswith("一")]

    assert [(t["section"], t["quote"], [a["name"] for a in t["actors"]], t["due"]) for t in found] == [
        ("一/1", "清理村内道路两侧的柴草垛", ["各村（社区）", "镇综合执法队"], "2024-06-10"),
        ("一/2", "开展1次疏散演练", ["镇中心学校", "镇专职消防队"], "2024-06-13"),
        ("一/2", "上好安全课", ["镇中心学校", "镇专职消防队"], "2024-06-13"),
    ]
    assert [t["actors"][1]["role"] for t in found] == ["support"] * 3


def test_a_form_to_be_filled_in_asks_nothing():
    text = NOTICE.format("各单位要组织一次演练。") + "\n附件2\n活动情况统计表\n填报单位：\n组织演练（次）\n发放资料（份）\n1\n开展培训\n"

    assert [task["quote"] for task in break_down(text).as_dict()["tasks"]] == ["各单位要组织一次演练", "各单位要上报总结"]


@pytest.mark.parametrize(
    ("plan", "window"),
    [
        ("（一）1月：春运宣传\n各单位要开展一次宣讲。\n（二）2月：复工\n各单位要组织一次培训。", ("2024-01-01", "2024-01-31")),
        ("3月份 节后复工。各单位要开展一次宣讲。\n4月份 防火。各单位要组织一次培训。", ("2024-03-01", "2024-03-31")),
        ("三月：各单位要开展一次宣讲。\n四月：各单位要组织一次培训。", ("2024-03-01", "2024-03-31")),
        ("（一）第一季度：抓春运\n各单位要开展一次宣讲。\n（二）第二季度\n各单位要组织一次培训。", ("2024-01-01", "2024-03-31")),
        ("（一）10—12月防火\n各单位要开展一次宣讲。\n（二）其他\n各单位要组织一次培训。", ("2024-10-01", "2024-12-31")),
    ],
)
def test_months_in_a_heading_hold_for_what_stands_under_it(plan, window):
    text = f"某县交通运输局关于印发工作计划的通知\n各单位：\n一、工作安排\n{plan}\n二、要求\n各单位要上报总结。\n某县交通运输局\n2024年1月5日\n"
    first = break_down(text).as_dict()["tasks"][0]

    assert first["quote"] == "各单位要开展一次宣讲"
    assert first["window"] == dict(zip(("start", "end"), window, strict=True))
