"""The types of fields: how a value that an editor wrote as text becomes what it means, or a complaint in Chinese.

Values reach these readers as text, exactly as written, since YAML's own guesses turn ``0750123`` into a number and
``NO`` into false. pydantic's own types for such values refuse or rewrite what editors write, so these are types of our
own. A reader refuses a value through `complain`; the place of the fault is added by the loader.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from macros.records.model.annotations import EMPTY, FromText, complain, schema_of
from macros.records.model.dates import PartialDate, Time
from macros.records.model.festivals import EXAMPLES as HOLIDAY_EXAMPLES
from macros.records.model.festivals import HolidayName
from macros.records.model.periods import Period
from macros.records.model.seasons import Season
from macros.records.model.terms import shorten
from macros.text import file_names, paragraphs, prose, telephones, web_addresses
from macros.text.characters import UNSEEN, described

LONGEST_LINE = 1000
PERIODS = "2022、2022-05、2022上半年、2022第三季度、2022年底 或 2021—2025"
"""Examples of what may be written for a period."""

STAMP_VERSION = "k1"
"""How stamps of the passport are made; another way gets another sign (`macros.editing.stamp`)."""

_STAMP = re.compile(rf"{STAMP_VERSION}-([a-z][a-z0-9-]*)-[0-9a-f]{{32}}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FALSE_NUMBER = re.compile(
    r"[-+]?[\d_,.]*\d(?:[\d_,.]*|(?: \d{3})+)(?:e[-+]?\d+)?|[-+.]*(?:nan|inf(?:inity)?)", re.IGNORECASE
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")


class Prose(str):
    """CommonMark text of a record; rendered and checked by `macros.text.prose`."""

    __slots__ = ()


class Phones(str):
    """Telephone numbers as written."""

    __slots__ = ()

    @property
    def numbers(self) -> tuple[telephones.Telephone, ...]:
        """The numbers, each with what a telephone dials."""
        return telephones.read(self)


class FileName(str):
    """Name of a file in the record's own folder ``content/files/KIND/ID/``."""

    __slots__ = ()


class Stamp(str):
    """What stands in a file for the word on the wall of a base."""

    __slots__ = ()

    @property
    def identifier(self) -> str:
        """The id that the base had when the stamp was made."""
        return self.split("-", 1)[1].rpartition("-")[0]


class Reference(str):
    """Id of another record.

    Attributes:
        kinds: the kinds that may be referred to; empty means any.
    """

    __slots__ = ("kinds",)

    kinds: tuple[str, ...]

    def __new__(cls, text: str, kinds: tuple[str, ...] = ()) -> Reference:
        """Make a reference of an id."""
        reference = super().__new__(cls, text)
        reference.kinds = kinds
        return reference


def read_line(text: str) -> str:
    """Read one line of text without control or invisible characters."""
    if text.isprintable() and len(text) <= LONGEST_LINE and (line := text.strip()):
        return line
    if "\n" in text:
        complain("not-one-line", "这里只能写一行；请删掉换行")
    _refuse_invisible(text)
    if not text.strip():
        complain("empty", EMPTY)
    if len(text) > LONGEST_LINE:
        complain("too-long", f"这一项有 {len(text)} 个字，太长；最多 {LONGEST_LINE} 个字，长文字请写进 body（正文）")
    return text.strip()


def read_name(text: str) -> str:
    """Read a name: a line of at most 100 characters."""
    if len(text) > 100:
        complain("too-long", f"名称有 {len(text)} 个字，太长；最多 100 个字")
    return read_line(text)


def read_prose(text: str) -> Prose:
    """Read CommonMark; its own laws are checked with the records."""
    _refuse_invisible(text, besides="\n")
    if len(text) > prose.LONGEST:
        complain("too-long", f"这一段有 {len(text)} 个字，太长；最多 {prose.LONGEST} 个字")
    return Prose(text.strip("\n"))


def _each_line_on_its_own(text: Prose) -> Prose:
    return Prose(paragraphs.each_on_its_own(text))


def _refuse_invisible(text: str, besides: str = "") -> None:
    for found in UNSEEN.finditer(text) if not text.isprintable() else ():
        if found[0] not in besides:
            before = text[max(found.start() - 10, 0) : found.start()].rpartition("\n")[2].strip()
            place = f"在 “{before}” 后面" if before else "在开头"
            complain("invisible-character", f"有{described(found[0])}，{place}；请删掉它", found.start())


def read_date(text: str) -> PartialDate:
    """Read a date known to the year, the month or the day."""
    try:
        return PartialDate.parse(text.strip())
    except ValueError:
        complain("wrong-date", f"日期 “{shorten(text)}” 不对；要写成 2016、2016-05 或 2016-05-03，并且确有这一天")


def read_full_date(text: str) -> PartialDate:
    """Read a date that must be known to the day."""
    date = read_date(text)
    if not date.is_full:
        complain("wrong-date", f"日期 “{shorten(text)}” 不完整；这里要写到日，例如 2016-05-03")
    return date


def read_period(text: str) -> Period:
    """Read a date or half a year."""
    try:
        return Period.parse(text.strip())
    except ValueError:
        complain("wrong-period", f"时段 “{shorten(text)}” 不对；要写成 {PERIODS}")


def read_time(text: str) -> Time:
    """Read a time of day."""
    try:
        # Spreadsheets write the seconds that nobody typed.
        return Time.parse(_NO_SECONDS.sub("", text.strip()))
    except ValueError:
        complain("wrong-time", f"时间 “{shorten(text)}” 不对；要写成 9:30 或 17:00，用半角冒号")


_NO_SECONDS = re.compile(r"(?<=:\d\d):00$")


def read_season(text: str) -> Season:
    """Read a season: months or days of every year, or words; that words tell no days is a law."""
    return Season(read_line(text))


def read_holiday_name(text: str) -> HolidayName:
    """Read the name of a holiday or of one of its days."""
    holiday = HolidayName(read_line(text))
    if not holiday.name:
        complain(
            "wrong-holiday", f"节日 “{shorten(text)}” 不认识；可以写：{HOLIDAY_EXAMPLES}；春节的日子写 除夕、初一、初二"
        )
    return holiday


def read_bool(text: str) -> bool:
    """Read yes or no."""
    answer = {"是": True, "true": True, "否": False, "false": False}.get(text.strip().lower())
    if answer is None:
        complain("wrong-bool", f"“{shorten(text)}” 不明确；请写 是 或 否")
    return answer


def read_number(text: str) -> Decimal:
    """Read a number in plain digits."""
    if not _NUMBER.fullmatch(text.strip()):
        complain("wrong-number", f"“{shorten(text)}” 不是数字；只写数字和小数点，例如 563 或 12.5，不加逗号、单位")
    return Decimal(text.strip())


def read_number_or_line(text: str) -> Decimal | str:
    """Read a number, or a line such as ``50 多家`` where no exact number is known."""
    return Decimal(text.strip()) if _NUMBER.fullmatch(text.strip()) else _refuse_false_number(read_line(text))


def _refuse_false_number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if _FALSE_NUMBER.fullmatch(plain):
        complain("wrong-number", f"“{shorten(text)}” 不是数字；只写数字和小数点，例如 563 或 12.5，不加逗号、单位")
    return text


def read_url(text: str) -> str:
    """Read a web address that citizens can reach; only http and https, kept as written."""
    address = read_line(text)
    if message := web_addresses.objection(address):
        complain("wrong-url", message)
    return address


def read_phone(text: str) -> Phones:
    """Read telephone numbers, kept as written."""
    numbers = read_line(text)
    if message := telephones.objection(numbers):
        complain("wrong-phone", message)
    return Phones(numbers)


def read_email(text: str) -> str:
    """Read an e-mail address."""
    address = read_line(text)
    if not _EMAIL.fullmatch(address):
        complain("wrong-email", f"邮箱 “{shorten(address)}” 不对；要写成 name@example.cn")
    return address


def read_file_name(text: str) -> FileName:
    """Read the plain name of a file; it can't lead out of the record's folder."""
    name = read_line(text)
    if message := file_names.objection(name):
        complain("wrong-file-name", message)
    return FileName(name)


def read_stamp(text: str) -> Stamp:
    """Read a stamp; a word in its place would be published."""
    line = read_line(text)
    if not _STAMP.fullmatch(line):
        complain(
            "wrong-stamp",
            "这里不写墙上的词，它会公开；请运行 kepu stamp 这个基地的id 墙上的词，把它给的那一串写在这里",
        )
    return Stamp(line)


@dataclass(frozen=True)
class To:
    """Annotation of a field that refers to a record.

    Attributes:
        kinds: names of the kinds that may be referred to; empty means any.
    """

    kinds: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_of(self.read)

    def read(self, text: str) -> Reference:
        """Read an id; that the record exists is a law."""
        return Reference(read_line(text), self.kinds)


def read_reference_or_url(text: str) -> Reference | str:
    """Read the id of a policy or a web address."""
    return read_url(text) if ":" in text or "/" in text else To(("policies",)).read(text)


Line = Annotated[str, FromText(read_line)]
Name = Annotated[str, FromText(read_name)]
ProseField = Annotated[Prose, FromText(read_prose)]
ProseLines = Annotated[Prose, FromText(read_prose), AfterValidator(_each_line_on_its_own)]
DateField = Annotated[PartialDate, FromText(read_date)]
FullDateField = Annotated[PartialDate, FromText(read_full_date)]
PeriodField = Annotated[Period, FromText(read_period)]
TimeField = Annotated[Time, FromText(read_time)]
SeasonField = Annotated[Season, FromText(read_season)]
HolidayNameField = Annotated[HolidayName, FromText(read_holiday_name)]
BoolField = Annotated[bool, FromText(read_bool)]
NumberField = Annotated[Decimal, FromText(read_number)]
NumberOrLine = Annotated[Decimal | str, FromText(read_number_or_line)]
Url = Annotated[str, FromText(read_url)]
Phone = Annotated[Phones, FromText(read_phone)]
Email = Annotated[str, FromText(read_email)]
StampField = Annotated[Stamp, FromText(read_stamp)]
FileNameField = Annotated[FileName, FromText(read_file_name)]
ReferenceOrUrl = Annotated[Reference | str, FromText(read_reference_or_url)]
