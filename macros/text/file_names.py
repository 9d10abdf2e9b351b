"""Names of files: what a name may be so that every system can have it and every address can hold it.

One rule for attachments, pictures and pages. Chinese marks, brackets, dashes and spaces are allowed, and published
percent-encoded; what Windows can't have is refused (Microsoft, "Naming Files, Paths, and Namespaces"), since a repository
with such a name can't be checked out there.

>>> objection("附件1（申报表）.docx") is None
True
>>> objection("a:b.pdf")
'文件名 “a:b.pdf” 里有 “:”，Windows 上不能有这样的文件；请改名为 a：b.pdf'
"""

from __future__ import annotations

import re
import unicodedata

from macros.text.characters import UNSEEN, described

LONGEST = 200
"""Length of the longest name in bytes of UTF-8: systems allow 255, and what is written aside needs some of them."""

_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in "0123456789¹²³"
}
_FORBIDDEN = frozenset('<>:"|?*')
_FULL_WIDTH = str.maketrans('<>:"|?*/\\', "〈〉：”｜？＊／＼")
_OTHER_SPACES = re.compile(r"[^\S \u3000]")
_ENCODED = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_SHOWN = 40
_PATH = "是路径"


def objection(name: str) -> str | None:
    """Say in Chinese why a file can't have a name, naming the character and a name that it can have; None if it can.

    Args:
        name: the name alone, without any folder.
    """
    fault = _fault(name)
    if fault is None:
        return None
    if fault is _PATH:
        return f"文件名 “{name[:_SHOWN]}” 不能用；只写文件名，不写路径，例如 {ready(name)}"
    shown = name if len(name) <= _SHOWN else name[:_SHOWN] + "……"
    shown = UNSEEN.sub("�", shown)
    return f"文件名 “{shown}” {fault}；请改名为 {ready(name)}"


def is_allowed(name: str) -> bool:
    """Tell whether a file can have a name."""
    return _fault(name) is None


def ready(name: str) -> str:
    """Return a name that a file can have, as near as can be to one that it can't."""
    bare = name.replace("\\", "/").rstrip("/").rpartition("/")[2] if "/" in name or "\\" in name else name
    plain = _OTHER_SPACES.sub(" ", UNSEEN.sub("", bare)).translate(_FULL_WIDTH)
    plain = _ENCODED.sub("％", plain).strip(" .\u3000~$")
    stem, point, suffix = plain.rpartition(".")
    stem, suffix = (stem.rstrip(" ."), suffix) if point else (plain, "")
    if stem.partition(".")[0].rstrip().casefold() in _DEVICES or not stem:
        stem = f"文件{stem}"
    while len(f"{stem}{point}{suffix}".encode()) > LONGEST:
        stem, suffix = stem[:-1], suffix[:20]
    return f"{stem}{point}{suffix}"


def same_on_windows(name: str) -> str:
    """Return what is equal for names that Windows and macOS take for one: these know no case and compose letters."""
    return unicodedata.normalize("NFC", name).casefold()


def _fault(name: str) -> str | None:
    if "/" in name or "\\" in name:
        return _PATH
    if hidden := UNSEEN.search(name):
        return f"里有{described(hidden[0])}，谁也看不见"
    if found := next((character for character in name if character in _FORBIDDEN), ""):
        return f"里有 “{found}”，Windows 上不能有这样的文件"
    if space := _OTHER_SPACES.search(name):
        return f"里有特别的空格 U+{ord(space[0]):04X}，看起来和普通空格一样"
    if name.startswith((".", "~$")):
        return "以点或 ~$ 开头，是隐藏或临时的文件"
    if not name or name[-1] in ". \u3000" or name[0] in " \u3000":
        return "开头或末尾有空格或点，Windows 会去掉它们"
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return "是 Windows 留给设备的名字，不能用"
    if _ENCODED.search(name):
        return "里有 “%” 和两个数字，网址里会变成别的字"
    return "太长" if len(name.encode("utf-8", "replace")) > LONGEST else None
