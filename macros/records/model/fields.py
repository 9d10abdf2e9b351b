"""The types of fields: how a value that an editor wrote as text becomes what it means, or a complaint in Chinese.

Values reach these readers as text, exactly as written, since YAML's own guesses turn ``0750123`` into a number and
``NO`` into false. pydantic's own types for such values refuse or rewrite what editors write, so these are types of our
own. A reader refuses a value through `complain`; the place of the fault is added by the loader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from macros.records.model.dates import PartialDate, Period, Time
from macros.records.model.terms import Term, Vocabulary, describe, near, shorten
from macros.text import prose
from macros.text.allowed_links import FILE_NAME

EMPTY = "这一项没有内容；请填写，或把整行删掉"
LONGEST_LINE = 1000
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
PHONE = re.compile(r"(0\d{2,3}-\d{7,8}(-\d{1,6})?|1\d{10}|400-?\d{3}-?\d{4}|12345|123\d{2})", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_URL = re.compile(r"https?://[^\s/?#\\@<>\"'`{}|^]+([/?#][^\s\\<>\"`{}|^]*)?")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}

Reader = Callable[[str], object]


class Prose(str):
    """CommonMark text of a record; rendered and checked by `macros.text.prose`."""

    __slots__ = ()


class FileName(str):
    """Name of a file in the record's own folder ``content/files/KIND/ID/``."""

    __slots__ = ()


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


def complain(rule: str, message: str) -> NoReturn:
    """Refuse a value, with a message in Chinese that says what is allowed and what to do."""
    raise PydanticCustomError("complaint", "{message}", {"message": message, "rule": rule})


def as_text(value: object) -> str:
    """Return a value as the text that the editor wrote; lists and mappings are refused."""
    if isinstance(value, str):
        return value
    if value is None:
        complain("empty", EMPTY)
    complain("not-text", "这里只能写一个值，不能写列表或下一层内容")


def _reading(read: Reader) -> CoreSchema:
    """Return the schema of a value that a reader makes of text; it runs for every value, so it calls one function."""

    def validate(value: object) -> object:
        return read(value if type(value) is str else as_text(value))

    return core_schema.no_info_plain_validator_function(validate)


@dataclass(frozen=True)
class FromText:
    """Annotation that makes pydantic read a field from text.

    Attributes:
        read: turns the text into the value.
    """

    read: Reader

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _reading(self.read)


@dataclass(frozen=True)
class In:
    """Annotation of a field whose value is a term of the vocabulary ``data/terms/NAME.yml``.

    Attributes:
        vocabulary: the vocabulary's name.
    """

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def _read(self, value: object, info: core_schema.ValidationInfo) -> Term:
        context: Mapping[str, Any] = info.context or {}
        kind: str = context.get("kind", "")
        whole: Vocabulary = context.get("vocabularies", {}).get(self.vocabulary) or Vocabulary(self.vocabulary, ())
        allowed = whole.for_kind(kind)
        word = as_text(value)
        if term := allowed.find(word.strip()):
            return term
        if other := whole.find(word.strip()):
            complain("unknown-term", f"“{other}” 只用于别的种类（{other.kind}）。可以写：{describe(allowed)}")
        return find_term(word, allowed, f"词表 data/terms/{self.vocabulary}.yml 里没有")


@dataclass(frozen=True)
class OneOf:
    """Annotation of a field whose value is a term of a closed choice that the program depends on.

    Attributes:
        choice: the closed vocabulary.
    """

    choice: Vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _reading(lambda text: find_term(text, self.choice, "不能写"))


@dataclass(frozen=True)
class To:
    """Annotation of a field that refers to a record.

    Attributes:
        kinds: names of the kinds that may be referred to; empty means any.
    """

    kinds: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _reading(self.read)

    def read(self, text: str) -> Reference:
        """Read an id; that the record exists is a law."""
        return Reference(read_line(text), self.kinds)


def find_term(word: str, allowed: Vocabulary, complaint: str) -> Term:
    """Return the term with this id or label, or complain with the near and the allowed ones."""
    if term := allowed.find(word.strip()):
        return term
    words = [term.label for term in allowed] + [term.id for term in allowed]
    hint = f"；相近的有：{'、'.join(close)}" if (close := near(word, words)) else ""
    complain("unknown-term", f"{complaint} “{shorten(word)}”{hint}。可以写：{describe(allowed) or '（词表是空的）'}")


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
    _refuse_invisible(text.replace("\n", ""))
    if len(text) > prose.LONGEST:
        complain("too-long", f"这一段有 {len(text)} 个字，太长；最多 {prose.LONGEST} 个字")
    return Prose(text.strip("\n"))


def _refuse_invisible(text: str) -> None:
    if text.isprintable():
        return
    for position, character in enumerate(text):
        if unicodedata.category(character) in _INVISIBLE:
            before = text[max(position - 10, 0) : position].strip()
            place = f"在 “{before}” 后面" if before else "在开头"
            complain("invisible-character", f"有看不见的字符 U+{ord(character):04X}，{place}；请删掉它")


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
        complain("wrong-period", f"时段 “{shorten(text)}” 不对；要写成 2022、2022-05、2022上半年 或 2022下半年")


def read_time(text: str) -> Time:
    """Read a time of day."""
    try:
        return Time.parse(text.strip())
    except ValueError:
        complain("wrong-time", f"时间 “{shorten(text)}” 不对；要写成 9:30 或 17:00，用半角冒号")


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
    if re.fullmatch(r"[-+]?[\d_,.]*\d[\d_,.]*([eE][-+]?\d+)?|[-+.]*(nan|inf(inity)?)", text, re.IGNORECASE):
        complain("wrong-number", f"“{shorten(text)}” 不是数字；只写数字和小数点，例如 563 或 12.5，不加逗号、单位")
    return text


def read_url(text: str) -> str:
    """Read a web address; only http and https, kept as written."""
    address = read_line(text)
    if not _URL.fullmatch(address):
        complain(
            "wrong-url", f"网址 “{shorten(address)}” 不能用；要以 http:// 或 https:// 开头，写全，不带空格和反斜杠"
        )
    return address


def read_phone(text: str) -> str:
    """Read a telephone number: area code and number, a mobile number or a service line."""
    number = read_line(text)
    if not PHONE.fullmatch(number):
        complain("wrong-phone", f"电话 “{shorten(number)}” 不完整；要有区号和号码，例如 0750-1234567")
    return number


def read_email(text: str) -> str:
    """Read an e-mail address."""
    address = read_line(text)
    if not _EMAIL.fullmatch(address):
        complain("wrong-email", f"邮箱 “{shorten(address)}” 不对；要写成 name@example.cn")
    return address


def read_file_name(text: str) -> FileName:
    """Read the plain name of a file; it can't lead out of the record's folder."""
    name = read_line(text)
    if not FILE_NAME.fullmatch(name):
        complain("wrong-file-name", f"文件名 “{shorten(name)}” 不能用；只写文件名，不写路径，例如 outside.jpg")
    return FileName(name)


def read_reference_or_url(text: str) -> Reference | str:
    """Read the id of a policy or a web address."""
    return read_url(text) if ":" in text or "/" in text else To(("policies",)).read(text)


Line = Annotated[str, FromText(read_line)]
Name = Annotated[str, FromText(read_name)]
ProseField = Annotated[Prose, FromText(read_prose)]
DateField = Annotated[PartialDate, FromText(read_date)]
FullDateField = Annotated[PartialDate, FromText(read_full_date)]
PeriodField = Annotated[Period, FromText(read_period)]
TimeField = Annotated[Time, FromText(read_time)]
BoolField = Annotated[bool, FromText(read_bool)]
NumberField = Annotated[Decimal, FromText(read_number)]
NumberOrLine = Annotated[Decimal | str, FromText(read_number_or_line)]
Url = Annotated[str, FromText(read_url)]
Phone = Annotated[str, FromText(read_phone)]
Email = Annotated[str, FromText(read_email)]
FileNameField = Annotated[FileName, FromText(read_file_name)]
ReferenceOrUrl = Annotated[Reference | str, FromText(read_reference_or_url)]
