"""What `make windows` installs is what the pins say, chosen for Windows; the rest of it needs Wine."""

from __future__ import annotations

import re

from tests.support import ROOT
from tests.windows.machine import VERSION
from tests.windows.setting_up import LEFT_OUT, for_windows

PINS = """\
a==1 ; sys_platform == 'linux' \\
    --hash=sha256:aa
b==2 ; python_full_version >= '3.11.5' and os_name == 'nt' \\
    --hash=sha256:bb \\
    --hash=sha256:bc
b==3 ; python_full_version < '3.11.5' \\
    --hash=sha256:bd
jieba==4 \\
    --hash=sha256:cc
"""


def test_windows_gets_the_pins_that_are_meant_for_it() -> None:
    assert "".join(for_windows(PINS)) == "b==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:bc\n"
    text = (ROOT / "requirements-test.txt").read_text("utf-8")
    names = [line.partition("==")[0] for line in for_windows(text)]
    assert len(names) == len(set(names))
    assert set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE)) - set(names) == LEFT_OUT
    assert VERSION.startswith("3.11.")
