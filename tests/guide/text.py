"""The editor guide taken apart: its sections, what it tells to type, its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.support import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
OFFICE = (ROOT / "docs" / "office.md").read_text("utf-8")
_HEADING = re.compile(r"^##+ (.+)$", re.MULTILINE)
_COMMAND = re.compile(r"(?:kepu|py -m|git|make) \S.*|cd \S+")
_SHOWN = re.compile(r"^ *```[a-z]*\n(.*?)^ *```$|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
_PICTURE = re.compile(r"!\[([^\]]*)\]\(((?:docs/)?pictures/[^)]+)\)")


def sections() -> dict[str, str]:
    """Return heading → the text below it, up to the next heading of any depth."""
    parts = _HEADING.split(GUIDE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(text: str) -> Iterator[str]:
    """Yield every command that a text tells to type, in its order, from code blocks and within lines."""
    for block, within in _SHOWN.findall(text):
        for line in block.splitlines() if block else [within]:
            if _COMMAND.fullmatch(line.strip()):
                yield line.strip()


def block(text: str, language: str) -> str:
    """Return the content of the first code block in a language, without indentation."""
    found = re.search(rf"^ *```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)
    assert found, language
    return "\n".join(line.strip() for line in found[1].splitlines())


def pictures() -> list[tuple[str, str]]:
    """Return the address and the alternative text of each picture, those of the office's page too."""
    of_office = [(f"docs/{address}", told) for told, address in _PICTURE.findall(OFFICE)]
    return [*((address, told) for told, address in _PICTURE.findall(GUIDE)), *of_office]
