"""The stops of a route: where, how long, what to see and to ask there, and how one goes on."""

from __future__ import annotations

from typing import Annotated

from macros.records.model.fields import Line, NumberField, Reference, To
from macros.records.model.groups import FieldGroup, choice, optional, several
from macros.records.model.terms import Term

TRAVEL = choice(
    "means-of-travel",
    {"walk": "步行", "bicycle": "骑车", "bus": "公交", "coach": "大巴", "car": "自驾", "ferry": "轮渡"},
)


class RouteStop(FieldGroup):
    """One stop, and the way from it to the next."""

    place: Annotated[Reference, To(("bases", "incubators", "platforms"))] | None = optional(
        "地点", "本站有的地方写它的 id；地址、开放时间、电话由那一页来"
    )
    name: Line | None = optional("名称", "本站没有的地方写名称；本站有的，写去的是哪一部分，例如 二楼展厅")
    address: Line | None = optional("地址", "本站没有的地方写，到门牌号")
    minutes: NumberField | None = optional("停留", "多少分钟，只写数字", example="60", expected=True)
    see: Line | None = optional("看什么", "这一站看什么、做什么")
    ask: tuple[Line, ...] = several("问什么", "到了可以问的问题，一项一个，印在打印单上")
    travel: Annotated[Term, TRAVEL] | None = optional(
        "怎么去下一站", "步行、骑车、公交、大巴、自驾 或 轮渡；最后一站不写"
    )
    travel_minutes: NumberField | None = optional("路上", "到下一站多少分钟，只写数字", example="15")
    travel_note: Line | None = optional("路上说明", "坐哪一路车，从哪个门进，过马路要注意什么")


def duration_in_words(minutes: int) -> str:
    """Return minutes as people say them: ``45 分钟``, ``3 小时``, ``3 小时 20 分钟``."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} 小时"] if hours else []), *([f"{rest} 分钟"] if rest or not hours else [])])
