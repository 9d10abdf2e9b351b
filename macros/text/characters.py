"""Characters that nobody sees: where they stand, what they are called, and which may be taken out of a text.

They come with text that was copied from web pages, Word and PDF, and make two words that look alike differ.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = r"\t-\r\x85\u2028\u2029"
_CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_JOINERS = r"\u200c\u200d"
_FORMATS = (
    r"\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    r"\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_UNASSIGNED = r"\ud800-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

UNSEEN = re.compile(f"[{_BREAKS}{_CONTROLS}{_JOINERS}{_FORMATS}{_UNASSIGNED}]")
"""A character that nobody sees (Unicode's Cc, Cf, Cs, Co, Zl and Zp), among them tabs and line breaks."""

REMOVABLE = re.compile(f"[{_CONTROLS}{_FORMATS}]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001ffff])[{_JOINERS}]")
"""A character without which a text says the same: it parts no lines, and joins no signs to one picture."""


def described(character: str) -> str:
    """Return what messages call a character that nobody sees, e.g. ``看不见的字符 U+200B``."""
    is_control = unicodedata.category(character) in ("Cc", "Zl", "Zp")
    return f"{'控制字符' if is_control else '看不见的字符'} U+{ord(character):04X}"


def printable(text: str) -> str:
    """Return one line without what would steer a terminal: a record, a cell or a file's name may hold such characters."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\u3000" else _escaped(sign) for sign in text)


def _escaped(character: str) -> str:
    """Return a character as JSON writes it, so that printed JSON keeps its meaning."""
    return re.sub("(....)", r"\\u\1", character.encode("utf-16-be", "surrogatepass").hex())
