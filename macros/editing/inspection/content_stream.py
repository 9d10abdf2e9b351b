"""The operators of a content stream of a PDF with their operands, cut by one expression.

>>> list(operations(b"/F1 12 Tf (a\\)b) Tj"))
[(b'Tf', ['/F1', 12.0]), (b'Tj', [b'a)b'])]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# Each alternative takes what it began and never goes back, so that no page keeps the expression busy. The first three are what a
# browser writes for each character, so they come whole.
_NUMBER = rb"[-+]?(?:\d++(?:\.\d*+)?+|\.\d++)"
_TOKEN = re.compile(
    rb"""(?:
    (?P<shown><[0-9A-Fa-f]*+>)\s*+Tj\b
    |(?P<x>%b)\s++(?P<y>%b)\s++(?P<moved>Td)\b
    |(?P<font>/[^\s()<>\[\]{}/%%]++)\s++(?P<sized>%b)\s++Tf\b
    |(?P<number>%b)
    |(?P<hex><[0-9A-Fa-f\s]*+>)
    |(?P<image>BI\s(?:(?!\sID\s).){0,2000}+\sID\s(?:(?!\sEI\s).)*+\sEI(?=\s))
    |(?P<word>[A-Za-z'"][A-Za-z0-9*]*+)
    |(?P<name>/[^\s()<>\[\]{}/%%]*+)
    |(?P<literal>\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\))
    |(?P<open>\[)|(?P<close>\])
    |<<|>>|%%[^\r\n]*+|\s++
    |(?P<other>.))\s*+"""
    % (_NUMBER, _NUMBER, _NUMBER, _NUMBER),
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n?|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_NAME_CODE = re.compile(r"#([0-9A-Fa-f]{2})")


class Unusual(Exception):
    """A page that is not read here."""


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """Yield the operators of a stream with their operands: numbers, names, strings as bytes, lists of them.

    Raises:
        Unusual: something stands in it that none of them is.
    """
    operands: list[Any] = []
    within: list[list[Any]] = []
    for match in _TOKEN.finditer(data):
        kind = match.lastgroup
        if kind == "shown":
            yield b"Tj", [bytes.fromhex(_even(match["shown"][1:-1]))]
        elif kind == "moved":
            yield b"Td", [float(match["x"]), float(match["y"])]
        elif kind == "sized":
            yield b"Tf", [_name(match["font"]), float(match["sized"])]
        elif kind == "number":
            operands.append(float(match["number"]))
        elif kind == "word":
            yield match["word"], operands
            operands = []
        elif kind == "hex":
            operands.append(bytes.fromhex(_even(b"".join(match["hex"][1:-1].split()))))
        elif kind == "name":
            operands.append(_name(match["name"]))
        elif kind == "literal":
            operands.append(_from_literal(match["literal"]))
        elif kind == "open":
            within.append(operands)
            operands = []
        elif kind == "close":
            if not within:
                raise Unusual
            operands, inner = within.pop(), operands
            operands.append(inner)
        elif kind == "other":
            raise Unusual


def _even(digits: bytes) -> str:
    return (digits + b"0" * (len(digits) % 2)).decode()


def _from_literal(token: bytes) -> bytes:
    inner = token[1:-1]
    return _ESCAPE.sub(_escaped, inner) if b"\\" in inner else inner


def _escaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes([int(match[1], 8) & 255])
    return _ESCAPED.get(match[2], match[2]) if match[2] else b""


def _name(token: bytes) -> str:
    name = token.decode("latin-1")
    return _NAME_CODE.sub(lambda match: chr(int(match[1], 16)), name) if "#" in name else name
