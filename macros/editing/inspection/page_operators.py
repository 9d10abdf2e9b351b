"""The text of one page of a PDF, from the operators that set text, and from no others.

pypdf makes an object of every number that a page holds, lines and curves included, and reads the fonts of each page anew: a page
printed by a browser, which sets each character on its own, takes it a fifth of a second. Here one expression cuts the page, and
fonts are read once a file, by pypdf. Whatever is unusual about a page is left to pypdf's own reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TYPE_CHECKING, Any

from macros.editing.inspection.content_stream import Unusual, operations

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import DictionaryObject

_DEEPEST = 8
_NEW_LINE, _USUAL_SPACE = 0.5, 200.0
_THOUSAND = 0.001

Matrix = tuple[float, float, float, float, float, float]
_UNCHANGED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Spent(Exception):
    """More would have to be read than may be."""


@dataclass
class _FontReading:
    """What strings of a font say, and how wide they are.

    Attributes:
        text: a string's bytes → its characters, its width in thousandths of the size, how many codes it has.
        half_space: half the width of a space, in thousandths of the size: a wider gap parts words.
    """

    text: Callable[[bytes], tuple[str, float, int]]
    half_space: float


@dataclass(slots=True)
class _State:
    """What `q` keeps and `Q` brings back."""

    matrix: Matrix = _UNCHANGED
    font: _FontReading | None = None
    size: float = 0.0
    leading: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0


class PageTexts:
    """Reads the pages of one file.

    Args:
        most: bytes, unpacked, of what draws all pages together.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._fonts: dict[object, _FontReading] = {}

    def read(self, page: PageObject) -> str:
        """Return the text of a page.

        Raises:
            Spent: with it more would have been read than may be.
            Exception: whatever pypdf raises of a broken file.
        """
        contents = page.get_contents()
        data = b"" if contents is None else contents.get_data()
        self._spend(data)
        try:
            return _Setting(self, page.get("/Resources"), 0).run(data, _State())
        except Spent:
            raise
        # What its library makes of a page that is broken or strange is taken, whatever went wrong here.
        except Exception:
            return page.extract_text() or ""

    def _spend(self, data: bytes) -> None:
        self._left -= len(data)
        if self._left < 0:
            raise Spent

    def form(self, form: Any, state: _State, resources: Any, depth: int) -> str:
        """Return the text of a page within a page; nothing where they stand too deep within each other."""
        if form.get("/Subtype") != "/Form" or depth > _DEEPEST:
            return ""
        data = form.get_data()
        self._spend(data)
        given = form.get("/Matrix")
        matrix = _product(_matrix([float(one) for one in given]), state.matrix) if given else state.matrix
        own = form.get("/Resources")
        return _Setting(self, resources if own is None else own, depth).run(data, replace(state, matrix=matrix))

    def font(self, resources: Any, name: str) -> _FontReading:
        """Return a font by the name that a page has for it; it is read once."""
        fonts = _resolved(resources).get("/Font")
        entry = _resolved(fonts).raw_get(name) if fonts is not None and name in _resolved(fonts) else None
        if entry is None:
            raise Unusual
        key = (entry.idnum, entry.generation) if hasattr(entry, "idnum") else (id(fonts), name)
        if key not in self._fonts:
            self._fonts[key] = _reading(_resolved(entry))
        return self._fonts[key]


@dataclass
class _Setting:
    """The setting of text by one stream of operators."""

    texts: PageTexts
    resources: Any
    depth: int
    state: _State = field(default_factory=_State)
    line: Matrix = _UNCHANGED
    at: Matrix = _UNCHANGED
    stack: list[_State] = field(default_factory=list)
    fonts: dict[str, _FontReading] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    end: tuple[float, float] | None = None

    def run(self, data: bytes, state: _State) -> str:
        """Return what a stream sets."""
        self.state = state
        operators: Mapping[bytes, Callable[[list[Any]], None]] = {
            b"q": self._save, b"Q": self._restore, b"cm": self._transform, b"BT": self._begin, b"Tf": self._font, b"Td": self._move, b"TD": self._move_and_lead,
            b"Tm": self._place, b"T*": self._next, b"TL": self._lead, b"Tc": self._space_characters, b"Tw": self._space_words, b"Tz": self._stretch, b"Tj": self._show,
            b"TJ": self._show_all, b"'": self._show_below, b'"': self._show_spaced, b"Do": self._form,
        }  # fmt: skip
        for operator, operands in operations(data):
            if act := operators.get(operator):
                act(operands)
        return "".join(self.said)

    def _save(self, operands: list[Any]) -> None:
        self.stack.append(replace(self.state))

    def _restore(self, operands: list[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def _transform(self, operands: list[Any]) -> None:
        self.state.matrix = _product(_matrix(operands), self.state.matrix)

    def _begin(self, operands: list[Any]) -> None:
        self.line = self.at = _UNCHANGED

    def _font(self, operands: list[Any]) -> None:
        name = operands[-2]
        font = self.fonts.get(name) or self.fonts.setdefault(name, self.texts.font(self.resources, name))
        self.state.font, self.state.size = font, float(operands[-1])

    def _move(self, operands: list[Any]) -> None:
        x, y = operands[-2:]
        a, b, c, d, e, f = self.line
        self.line = self.at = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)

    def _move_and_lead(self, operands: list[Any]) -> None:
        self._lead([-operands[-1]])
        self._move(operands)

    def _place(self, operands: list[Any]) -> None:
        self.line = self.at = _matrix(operands)

    def _next(self, operands: list[Any]) -> None:
        self._move([0.0, -self.state.leading])

    def _lead(self, operands: list[Any]) -> None:
        self.state.leading = float(operands[-1])

    def _space_characters(self, operands: list[Any]) -> None:
        self.state.character_space = float(operands[-1])

    def _space_words(self, operands: list[Any]) -> None:
        self.state.word_space = float(operands[-1])

    def _stretch(self, operands: list[Any]) -> None:
        self.state.stretch = float(operands[-1]) / 100

    def _show_below(self, operands: list[Any]) -> None:
        self._next([])
        self._show(operands)

    def _show_spaced(self, operands: list[Any]) -> None:
        self._space_words(operands[-3:-2])
        self._space_characters(operands[-2:-1])
        self._show_below(operands)

    def _show_all(self, operands: list[Any]) -> None:
        for one in operands[-1]:
            if isinstance(one, bytes):
                self._show([one])
            elif isinstance(one, float):
                self._advance(-one * self.state.size * _THOUSAND * self.state.stretch)

    def _show(self, operands: list[Any]) -> None:
        state = self.state
        if state.font is None or not isinstance(operands[-1], bytes):
            raise Unusual
        text, width, count = state.font.text(operands[-1])
        if not text:
            return
        self._part(state)
        self.said.append(text)
        spaces = text.count(" ") * state.word_space if state.word_space else 0.0
        self._advance((width * state.size * _THOUSAND + count * state.character_space + spaces) * state.stretch)
        self.end = self._origin()

    def _advance(self, by: float) -> None:
        a, b, c, d, e, f = self.at
        self.at = (a, b, c, d, by * a + e, by * b + f)

    def _origin(self) -> tuple[float, float]:
        a, b, c, d, e, f = self.state.matrix
        x, y = self.at[4:]
        return x * a + y * c + e, x * b + y * d + f

    def _part(self, state: _State) -> None:
        """Part what comes from what stands before it: by a line break, or by a space where there is a gap."""
        if self.end is None:
            return
        (x, y), (before_x, before_y) = self._origin(), self.end
        a, b, c, d, *_ = _product(self.at, state.matrix)
        across, along = hypot(c, d), hypot(a, b)
        last = self.said[-1][-1:]
        if not across or not along or last == "\n":
            return
        x, y = x - before_x, y - before_y
        # How far from the line of what stands before: the move, without what goes in the direction of the writing.
        if abs(x * b - y * a) / along > _NEW_LINE * abs(state.size) * across:
            self.said.append("\n")
        elif last != " " and state.font:
            gap = (x * a + y * b) / along
            if gap >= state.font.half_space * _THOUSAND * abs(state.size) * along:
                self.said.append(" ")

    def _form(self, operands: list[Any]) -> None:
        forms = _resolved(self.resources).get("/XObject")
        form = _resolved(_resolved(forms or {}).get(operands[-1]))
        if form is not None and (text := self.texts.form(form, self.state, self.resources, self.depth + 1)):
            self.said += ["\n", text, "\n"]
            self.end = None


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = operands[-6:]
    return a, b, c, d, e, f


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, p, q, r = then
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _reading(resource: DictionaryObject) -> _FontReading:
    from pypdf.generic._font import Font

    font = Font.from_font_resource(resource)
    scale = abs(float(_resolved(resource["/FontMatrix"])[0])) / _THOUSAND if "/FontMatrix" in resource else 1.0
    space = font.space_width if font.character_widths.get(font.space_char, 0) else _USUAL_SPACE / scale
    found: dict[bytes, tuple[str, float, int]] = {}

    def text(raw: bytes) -> tuple[str, float, int]:
        if raw not in found:
            said = _decoded(font.encoding, raw)
            codes = raw.decode("latin-1") if isinstance(font.encoding, dict) else said
            width = sum(font.space_width if one == font.space_char else font.get_text_width(one) for one in codes)
            found[raw] = "".join(font.character_map.get(one, one) for one in said), width * scale, len(codes)
        return found[raw]

    return _FontReading(text, space * scale / 2)


def _decoded(encoding: str | dict[int, str], raw: bytes) -> str:
    if isinstance(encoding, dict):
        return "".join(encoding.get(one, chr(one)) for one in raw)
    return raw.decode(encoding, "replace" if len(raw) % 2 else "surrogatepass")
