"""Why a field is expected: what the site does with it for its readers, in one short sentence for editors.

One sentence for each expected field, by the class that declares it; `macros.records.model.description` hands them on.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PURPOSES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Place": {
            "town": "读者按镇街找附近的地方",
            "address": "读者照着它找上门",
            "contact": "读者有疑问，要知道问谁",
        },
        "Base": {
            "category": "列表里按类别选，卡片上也写",
            "fields": "读者按想看的学科来选",
            "audience": "读者按谁去合适来选",
            "host_unit": "读者要知道这里由谁办",
            "opening": "页首写今天开不开，列表里按哪天开放来选",
            "programmes": "读者先看能看什么、做什么，再决定去不去",
            "admission": "页首写要不要钱，列表里也按它选",
            "reservation": "不写，读者可能没有预约就白跑一趟",
            "facilities": "带老人、孩子和坐轮椅的人先看有什么设施",
            "group_visit": "老师在“带班级去”里按年级和人数找，没有写的只能打电话问",
            "status": "已经关闭的不写明，读者会白跑一趟",
        },
        "Activity": {
            "type": "列表里按类型选，卡片上也写",
            "town": "读者按镇街找附近的活动",
            "organizers": "读者要知道是谁办的",
            "audience": "读者按谁去合适来选",
            "admission": "读者先看要不要钱，列表里也按它选",
            "booking": "不写，读者不知道要不要先报名",
        },
        "Route": {
            "themes": "列表里按主题选，卡片上也写",
            "stages": "老师按年级选线路",
            "group_max": "带队的人按人数选线路",
            "stops": "线路就是这些站，页上照它排出行程",
            "towns": "读者按镇街选线路",
        },
        "Incubator": {
            "type": "列表里按类型选，卡片上也写",
            "operator": "企业要知道和谁签约",
            "specialty": "企业先看合不合自己的行业",
            "area": "企业要知道场地有多大",
            "indicators": "读者由这些数看它办得怎样",
            "services": "企业要知道进来能得到什么",
            "entry_conditions": "企业先看自己能不能进",
            "status": "已经关闭的不写明，企业会白跑一趟",
        },
        "Policy": {
            "type": "列表里按体裁选",
            "doc_no": "找文件、引用文件都靠文号",
            "issuers": "读者要知道是谁发的、该问谁",
            "written": "读者由它核对是不是同一份文件",
            "published": "读者要知道是什么时候的文件",
            "effective_from": "读者要知道从哪天起照它办",
            "validity": "失效的文件不能再照着办，列表里也按它选",
            "theme": "列表里按主题选",
        },
        "Platform": {
            "type": "列表里按类型选，卡片上也写",
            "host_unit": "读者要知道由谁建设",
            "stage": "要建的和已有的要分清，列表里也按它选",
            "stage_as_of": "阶段会变，读者要知道说的是什么时候",
        },
        "Target": {
            "period": "读者要知道什么时候该做到",
            "actual": "读者最想知道做到了没有",
        },
        "Contact": {
            "person": "打电话时知道找谁",
            "phone": "读者出门前先打电话问",
            "url": "最新的通知在单位自己的网站上",
        },
        "Recognition": {
            "issuer": "读者要知道称号是谁给的",
            "year": "称号会过期，读者要知道是哪年的",
        },
        "Admission": {
            "free": "列表里按要不要钱来选",
            "concession": "老人、学生要知道能不能少付",
        },
        "Reservation": {"required": "列表里按要不要预约来选"},
        "GroupVisit": {
            "stages": "老师按年级找地方",
            "max": "老师按全班人数找地方",
            "minutes": "老师据此排一天的行程",
            "lead_days": "老师要知道最晚哪天联系",
        },
        "Booking": {"required": "不写，读者不知道要不要先报名"},
        "RouteStop": {"minutes": "整条线路要多久，由各站相加"},
    }
)
"""Class → field → why it is expected."""


def purpose_of(model: type, name: str) -> str:
    """Return why a field is expected; empty for one that is not.

    Args:
        model: the class of the record or group; one that it is made of may have declared the field.
        name: the field's name in Python.
    """
    return next((found for one in model.__mro__ if (found := PURPOSES.get(one.__name__, {}).get(name, ""))), "")
