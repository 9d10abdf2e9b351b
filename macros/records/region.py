"""Where a site's places can lie: the province of its district, as a box in whole degrees, and what is spoken there.

A box is enough to notice a slip, and no border that anyone could argue about. The extents are those that the provinces'
governments print of themselves, rounded outward; waters with islands are part of Hainan's.
"""

from __future__ import annotations

from dataclasses import dataclass

TOWN_WORD = "镇街"
"""What the level below a district is called where a site says nothing else, as in the titles of fields."""

CANTONESE = "yue"
DIALECTS = {CANTONESE: "粤拼"}
"""The dialects whose romanization search knows, by their codes in ISO 639-3, and what their readers call it."""


@dataclass(frozen=True)
class Region:
    """A province, or the whole country.

    Attributes:
        name: its full name, e.g. 浙江省.
        west: the first degree of longitude.
        east: the degree of longitude at which it has ended.
        south: the first degree of latitude.
        north: the degree of latitude at which it has ended.
        dialects: codes of the dialects by whose romanization names are looked for.
        town_word: what the level below the district is called.
        area_code: of telephones that have none, e.g. 0571; empty to go by those of the records.
    """

    name: str
    west: int
    east: int
    south: int
    north: int
    dialects: tuple[str, ...] = ()
    town_word: str = TOWN_WORD
    area_code: str = ""

    @property
    def romanizations(self) -> str:
        """How names can be typed in Latin letters, for people: 拼音, or 拼音、粤拼."""
        return "、".join(["拼音", *(DIALECTS[code] for code in self.dialects)])

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether a point, in degrees, lies in the box."""
        return self.west <= longitude < self.east and self.south <= latitude < self.north


COUNTRY = Region("中国", 73, 136, 3, 54)
"""Where a place lies whose province is not configured."""

PROVINCES = {
    region.name: region
    for region in (
        Region("北京市", 115, 118, 39, 42),
        Region("天津市", 116, 119, 38, 41),
        Region("河北省", 113, 120, 36, 43),
        Region("山西省", 110, 115, 34, 41),
        Region("内蒙古自治区", 97, 127, 37, 54),
        Region("辽宁省", 118, 126, 38, 44),
        Region("吉林省", 121, 132, 40, 47),
        Region("黑龙江省", 121, 136, 43, 54),
        Region("上海市", 120, 123, 30, 32),
        Region("江苏省", 116, 122, 30, 36),
        Region("浙江省", 118, 124, 27, 32),
        Region("安徽省", 114, 120, 29, 35),
        Region("福建省", 115, 121, 23, 29),
        Region("江西省", 113, 119, 24, 31),
        Region("山东省", 114, 123, 34, 39),
        Region("河南省", 110, 117, 31, 37),
        Region("湖北省", 108, 117, 29, 34),
        Region("湖南省", 108, 115, 24, 31),
        Region("广东省", 109, 118, 20, 26, (CANTONESE,)),
        Region("广西壮族自治区", 104, 113, 20, 27, (CANTONESE,)),
        Region("海南省", 107, 120, 3, 21),
        Region("重庆市", 105, 111, 28, 33),
        Region("四川省", 97, 109, 26, 35),
        Region("贵州省", 103, 110, 24, 30),
        Region("云南省", 97, 107, 21, 30),
        Region("西藏自治区", 78, 100, 26, 37),
        Region("陕西省", 105, 112, 31, 40),
        Region("甘肃省", 92, 109, 32, 43),
        Region("青海省", 89, 104, 31, 40),
        Region("宁夏回族自治区", 104, 108, 35, 40),
        Region("新疆维吾尔自治区", 73, 97, 34, 50),
        Region("台湾省", 118, 125, 20, 27),
        Region("香港特别行政区", 113, 115, 22, 23, (CANTONESE,)),
        Region("澳门特别行政区", 113, 114, 22, 23, (CANTONESE,)),
    )
}
"""The provinces by their full names, in the order of their codes (GB/T 2260)."""


def province_named(name: str) -> Region | None:
    """Return the province of a name, full or short (浙江省, 浙江); None if there is none or several."""
    found = [region for full, region in PROVINCES.items() if full == name or (len(name) > 1 and full.startswith(name))]
    return found[0] if len(found) == 1 else None
