"""Writing Chinese where the console may not know it. Only the standard library is imported: this runs before set-up."""

from __future__ import annotations

import sys
from typing import TextIO

_CHINESE = "错误：中文"


def speak_any_console() -> None:
    """Let no character that the console lacks end a command."""
    for stream in (sys.stdout, sys.stderr):
        make_safe(stream)


def make_safe(stream: TextIO) -> None:
    """Write a stream in an encoding that has Chinese, and escape what that one lacks.

    A terminal is written to in its own encoding if that has Chinese (GBK has). Every other reader is a program, a file, or
    a terminal that tells nothing of itself: it gets UTF-8.
    """
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if stream.isatty() and _has_chinese(stream.encoding):
        reconfigure(errors="backslashreplace")
    else:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _has_chinese(encoding: str) -> bool:
    try:
        _CHINESE.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True
