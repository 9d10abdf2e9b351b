"""What is nobody's business: mobile numbers, identity cards, bank cards, where people live, and lists of people.

Identity cards by GB 11643-1999 (province, day of birth, check digit by ISO 7064, MOD 11-2); bank cards by their issuers' first
digits and lengths and the check digit of ISO/IEC 7812-1 (Luhn); mobile numbers by the prefixes that the ministry gave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from macros.editing.inspection.findings import InspectionFinding, ScannedText
from macros.records.divisions import cities

PRIVACY = "privacy"
_GAP = r"[ \u3000-]?"
_BEFORE, _AFTER = r"(?<![0-9A-Za-z_.%/=])", r"(?![0-9A-Za-z_%]|\.\d)"
_MOBILE = re.compile(
    rf"{_BEFORE}(?:\+?86{_GAP})?(1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9]){_GAP}\d{{4}}{_GAP}\d{{4}}){_AFTER}(?! ?(?:次|米|元|千|万|公里|平方|立方|吨|个|字节|赫|亩|度))"
)
_IDENTITY = re.compile(rf"{_BEFORE}([1-9]\d{{5}}{_GAP}(?:18|19|20)\d\d[01]\d[0-3]\d{_GAP}\d{{3}}[\dXx]){_AFTER}")
_OLD_IDENTITY = re.compile(rf"身份证(?:件)?(?:号码?)?[:：\s]{{0,3}}([1-9]\d{{7}}[01]\d[0-3]\d{{4}}){_AFTER}")
_CARD = re.compile(
    rf"{_BEFORE}([2-69]\d{{3}}(?:{_GAP}\d{{4}}){{2,3}}(?:{_GAP}\d{{1,4}})?|3[47]\d\d{_GAP}\d{{6}}{_GAP}\d{{5}}){_AFTER}"
)
_ISSUERS = (
    (re.compile(r"62\d+"), range(16, 20)),
    (re.compile(r"4\d+"), (16, 19)),
    (re.compile(r"5[1-5]\d+|222[1-9]\d+|22[3-9]\d+|2[3-6]\d+|27[01]\d+|2720\d+"), (16,)),
    (re.compile(r"3[47]\d+"), (15,)),
    (re.compile(r"35(?:2[89]|[3-8]\d)\d+"), (16,)),
    (re.compile(r"9558\d+"), (19,)),
)
_NOT_A_PERSON = re.compile(r"(?:统一社会信用代码|信用代码|组织机构代码|批准文号|备案号|订单号|标准号)[^\n]{0,12}$")
_RESIDENCE = r"(?:小区|花园|新村|公寓|家园|名居|豪庭|雅苑|新苑|华庭|嘉园|宿舍|住宅)"
_HOME = re.compile(
    r"(?:住址|家庭地址|居住地址|户籍地址|户籍所在地)[ \t]{0,3}[:：|,，\t][ \t]{0,3}(?P<labelled>[^|,，；;。\n\t]{5,60})"
    rf"|(?<=[\u4e00-\u9fff]{{2}})(?P<plain>{_RESIDENCE}[\u4e00-\u9fff]{{0,4}}{_GAP}\d{{1,3}}{_GAP}(?:栋|幢|座|号楼)"
    rf"{_GAP}(?:[A-Za-z\d一二三四五六七八九十]{{1,3}}{_GAP}单元{_GAP})?\d{{3,4}}{_GAP}(?:室|房|号)?)"
)
_HOUSE = re.compile(r"\d|[栋幢座巷弄组村]")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董"
    "梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚"
    "程邢裴陆荣翁荀羊甄曲封储靳焦巴弓牧隗山谷车侯班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶司韶郜黎蓟薄印宿白怀蒲邰从鄂索赖卓蔺屠蒙"
    "池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都"
    "耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空曾毋沙乜养鞠须丰关蒯相查后荆红游竺权盖益桓公仝岳"
)
_PERSON = re.compile(rf"(?<![\u4e00-\u9fff])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])")
_NO_NAME = frozenset(
    [
        "姓名",
        "电话",
        "手机",
        "性别",
        "地址",
        "单位",
        "备注",
        "序号",
        "联系人",
        "时间",
        "公告",
        "高三",
        "高二",
        "高一",
    ]
)
_FEWEST_IN_LIST = 2
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83)
)


@cache
def _places() -> frozenset[str]:
    """Return short names of provinces and cities, many of which begin like a surname: 云南, 安庆."""
    return frozenset(name[:2] for name in cities())


def find_personal_data(text: ScannedText) -> Iterator[InspectionFinding]:
    """Yield each number, address and list that belongs to private people."""
    joined, taken = text.joined, set[int]()
    numbers: list[int] = []
    for start, end, what, remedy in (*_identities(joined), *_cards(joined), *_mobiles(joined)):
        if start not in taken:
            taken.update(range(start, end))
            numbers += [start] if what in _OF_PEOPLE else []
            yield _finding(text, start, f"{what} “{masked(joined[start:end])}”", remedy, joined[start:end])
    yield from _homes(text)
    yield from _lists(text, numbers)


def masked(text: str) -> str:
    """Return a number whose middle can't be read: the report is printed and passed on.

    >>> masked("13800138000")
    '138****8000'
    """
    shown = 3 if len(text) <= len("138 0013 8000") else 4
    return f"{text[:shown]}{'*' * max(len(text) - shown - 4, 4)}{text[-4:]}"


_OF_PEOPLE = ("手机号码", "身份证号码")
_MOBILE_REMEDY = "请换成办公电话；是单位对外公布的，请写进 data/terms/permitted.yml，写明理由"
_REMOVE = "请删掉；附件要去掉这一列再发布"


def _mobiles(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _MOBILE.finditer(text):
        yield match.start(1), match.end(1), "手机号码", _MOBILE_REMEDY


def _identities(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _IDENTITY.finditer(text):
        if is_identity(match[1]) and not _NOT_A_PERSON.search(text, max(match.start() - 30, 0), match.start()):
            yield match.start(1), match.end(1), "身份证号码", _REMOVE
    for match in _OLD_IDENTITY.finditer(text):
        yield match.start(1), match.end(1), "身份证号码", _REMOVE


def _cards(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _CARD.finditer(text):
        if is_bank_card(match[1]) and not _NOT_A_PERSON.search(text, max(match.start() - 30, 0), match.start()):
            yield match.start(1), match.end(1), "银行卡号", _REMOVE


def is_identity(written: str) -> bool:
    """Tell whether a text is a number of an identity card: a province, a day that there is, and the check digit.

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    """
    digits = re.sub(r"[^\dXx]", "", written).upper()
    if len(digits) != 18 or int(digits[:2]) not in _PROVINCES:
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def is_bank_card(written: str) -> bool:
    """Tell whether a text is a number of a bank card: an issuer's first digits and length, and the check digit.

    >>> is_bank_card("6222 0212 3456 7890 128"), is_bank_card("6222 0212 3456 7890 123")
    (True, False)
    """
    digits = re.sub(r"\D", "", written)
    if len(set(digits)) < 4 or not any(p.fullmatch(digits) and len(digits) in lengths for p, lengths in _ISSUERS):
        return False
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0


def _homes(text: ScannedText) -> Iterator[InspectionFinding]:
    for match in _HOME.finditer(text.joined):
        group = "labelled" if match["labelled"] else "plain"
        line = text.joined[text.joined.rfind("\n", 0, match.start()) + 1 : match.start()]
        is_of_place = group == "plain" and re.match(
            r"\s*(?:- )?(?:address|place|meeting_point|地址|办公地址|单位地址)", line
        )
        if _HOUSE.search(match[group]) and not is_of_place:
            start = match.start(group)
            yield _finding(text, start, f"住址 “{match[group][:6]}……”", _REMOVE, match[group])


def _lists(text: ScannedText, numbers: list[int]) -> Iterator[InspectionFinding]:
    """Yield the place where a list of people begins: lines, one after another, with a name beside a number of somebody."""
    rows: dict[int, int] = {}
    for number in numbers:
        start = text.joined.rfind("\n", 0, number) + 1
        end = text.joined.find("\n", number)
        line = text.joined[start : end if end >= 0 else len(text.joined)]
        if any(match[0] not in _NO_NAME | _places() for match in _PERSON.finditer(line)):
            rows.setdefault(start, number)
    if len(rows) >= _FEWEST_IN_LIST:
        first = min(rows)
        said = f"名单：{len(rows)} 行里姓名和号码写在一起"
        yield _finding(text, first, said, "请只公布名单要求公布的内容，去掉号码", text.joined[first : rows[first] + 11])


def _finding(text: ScannedText, start: int, found: str, remedy: str, matched: str) -> InspectionFinding:
    return InspectionFinding(text.path, *text.place(start), PRIVACY, found, remedy, matched)
