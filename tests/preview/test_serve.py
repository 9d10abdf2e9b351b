"""The preview shows the last good site, and says in the browser and the terminal what is wrong."""

from __future__ import annotations

import http.client
import itertools
import json
import ntpath
import posixpath
import queue
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Page, expect

from macros.preview.inspection import inspect
from macros.preview.server import is_plain
from macros.preview.state import without_temporary
from tests.support import PATIENCE, ROOT

# Shows one page made from source.txt, and says what is wrong where that says so.
SERVER = """
import sys
import tempfile
from pathlib import Path
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from macros.preview.state import Step, UpdateOutcome
from macros.preview.serve import serve
from macros.records.problems import Problem

root, port = Path(sys.argv[1]), int(sys.argv[2])
temporary = str(Path(tempfile.gettempdir(), "kepu-a_b1c2d3", "site", "a.html"))

class Site:
    def __init__(self, text):
        page = "<!doctype html><html><head><meta charset=utf-8></head><body><h1>" + text + "</h1></body></html>"
        self.files = {name: page.encode() for name in ("index.html", "a/index.html", "404.html")}
        self.files |= dict.fromkeys(("code.js", "site.webmanifest", "drawing.svg", "feed.xml", "plain.txt"), b"")

    def read(self, name):
        if name == "broken/index.html":
            raise ValueError(f"<没有这个名字> {temporary}")
        return self.files.get(name)

class Maker:
    text = ""

    def update(self, changed):
        text = (root / "data" / "source.txt").read_text(encoding="utf-8")
        if text == "crash":
            raise OSError(28, "生成程序坏了", temporary)
        if text.startswith("bad"):
            problem = Problem("data/source.txt", 1, 5, text, "text")
            yield Step(UpdateOutcome(True, "1 处错误", (problem,)))
        else:
            self.text = text
            yield Step(UpdateOutcome(summary="网站已生成"), Site(text))

    def inspect(self):
        return UpdateOutcome(True, "1 处死链", (Problem("index.html", 1, 1, "死链", "dead"),)) if self.text == "dead" else None

    def interrupt(self):
        pass

more = [Route("/__kepu__/more", lambda request: PlainTextResponse("more"))]
serve(Maker(), [root / "data", root / "mkdocs.yml"], port=port, base_path=sys.argv[3], routes=more)
"""


@dataclass
class Preview:
    """A running preview."""

    root: Path
    process: subprocess.Popen[str]
    lines: queue.Queue[str]
    url: str = ""

    def write(self, text: str) -> None:
        (self.root / "data" / "source.txt").write_text(text, encoding="utf-8")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait for a line in the terminal."""
        while True:
            found = re.search(pattern, self.lines.get(timeout=PATIENCE))
            if found:
                return found

    def get(self, path: str = "") -> tuple[int, str, str]:
        """Return status, type and text of an answer."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"], error.read().decode()


def start(root: Path, text: str, port: int = 0, base_path: str = "/") -> Preview:
    """Start a preview whose first page says a text, and wait for its first build."""
    (root / "data").mkdir()
    (root / "mkdocs.yml").touch()
    command = [sys.executable, "-X", "utf8", "-c", SERVER, str(root), str(port), base_path]
    # As a shell starts what runs in the background: deaf to Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    signal.signal(signal.SIGINT, before)
    preview = Preview(root, process, queue.Queue())
    preview.write(text)
    assert process.stdout is not None
    threading.Thread(target=_collect, args=(process.stdout, preview.lines), daemon=True).start()
    preview.url = preview.wait_for(r"预览地址：(\S+)")[1]
    preview.wait_for("网站已生成|错误|意外停止")
    return preview


def _collect(output: IO[str], lines: queue.Queue[str]) -> None:
    for line in output:
        lines.put(line.rstrip())


def stop(preview: Preview, number: signal.Signals = signal.SIGINT) -> int:
    """End a preview as Ctrl-C does, and return its exit code."""
    preview.process.send_signal(number)
    try:
        return preview.process.wait(PATIENCE)
    finally:
        preview.process.kill()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = start(tmp_path, "甲")
    yield running
    assert stop(running) == 0


def test_pages_and_files_are_served(preview: Preview) -> None:
    status, kind, text = preview.get()
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert '<h1>甲</h1><script src="/__kepu__/overlay.js" data-version="1"></script></body>' in text
    for name, expected in {
        "code.js": "text/javascript; charset=utf-8",
        "site.webmanifest": "application/manifest+json; charset=utf-8",
        "drawing.svg": "image/svg+xml; charset=utf-8",
        "feed.xml": "application/xml; charset=utf-8",
        "plain.txt": "text/plain; charset=utf-8",
    }.items():
        assert preview.get(name) == (200, expected, "")
    for name in ("__kepu__/overlay.js", "__kepu__/overlay.css", "__kepu__/waiting.css", "a", "a/"):
        assert preview.get(name)[0] == 200


def test_a_page_that_cannot_be_made_says_why(preview: Preview) -> None:
    status, _, text = preview.get("broken/")
    assert status == 500
    assert f"&lt;没有这个名字&gt; {Path('site', 'a.html')}" in text
    assert "overlay.js" in text


def test_no_temporary_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(tmp_path)
    for folder in (tmp_path, tmp_path / "link"):
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        for place in (folder, tmp_path):
            assert (
                without_temporary(f"{place}/kepu-a_b1c2d3/site/x.html 和 {place}/kepu-x：满") == "site/x.html 和 ：满"
            )
    monkeypatch.setattr(tempfile, "tempdir", r"C:\Users\王")
    for text in (r"C:\Users\王\kepu-ab\site", "C:/Users/王/kepu-ab/site", repr(r"C:\Users\王\kepu-ab\site").strip("'")):
        assert without_temporary(f"[28] {text}") == "[28] site"


def test_a_closer_look_names_no_temporary_folder(tmp_path: Path) -> None:
    code = """import json, sys
problem = {"path": sys.argv[1], "line": 1, "column": 1, "level": "错误", "rule": "publishing", "message": f"{sys.argv[1]}：满"}
print(json.dumps({"problems": [problem]}))"""
    found = inspect(lambda out: [sys.executable, "-c", code, str(out)], tmp_path, lambda: False)
    assert found
    assert [(problem.path, problem.message) for problem in found] == [("site", "site：满")]


def test_nothing_else_is_served(preview: Preview) -> None:
    for path in (
        "gone/",
        "../data/source.txt",
        "%2e%2e/%2e%2e/etc/passwd",
        "__kepu__/../serve.py",
        "%00",
        "a/../../x",
        "__kepu__/server.py",
    ):
        status, _, text = preview.get(path)
        assert status == 404
        assert "import" not in text
        assert "root:" not in text


def test_other_hosts_and_pages_are_refused(preview: Preview) -> None:
    own = preview.url.removeprefix("http://").rstrip("/")
    port = own.partition(":")[2]
    for path in ("/", "/__kepu__/events", "/__kepu__/overlay.js", "/__kepu__/more"):
        for host, origin, status in (
            (own, f"http://{own}", 200),
            (f"localhost:{port}", None, 200),
            (f"kepu.example.org:{port}", None, 421),
            (f"127.0.0.1.example.org:{port}", None, 421),
            (f"x@127.0.0.1:{port}", None, 421),
            ("", None, 421),
            (own, "https://example.org", 403),
            (own, "http://localhost:1", 403),
            (own, "null", 403),
        ):
            connection = http.client.HTTPConnection(own, timeout=PATIENCE)
            connection.request("GET", path, headers={"Host": host, **({"Origin": origin} if origin else {})})
            assert connection.getresponse().status == status, (path, host, origin)
            connection.close()
    assert preview.get("__kepu__/more")[2] == "more"


def test_it_listens_on_this_machine_alone(preview: Preview) -> None:
    assert preview.url.startswith("http://127.0.0.1:")
    port = int(preview.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", port), PATIENCE):
        pass


def test_a_plain_name_stays_in_its_folder_also_on_windows() -> None:
    parts = ["", ".", "..", "...", ".. ", "a", "a.b", "C:", "C:a", "\\", "..\\a", "\\\\host\\share", "\0", "a:stream"]
    names = {"/".join(chosen) for count in (1, 2, 3) for chosen in itertools.product(parts, repeat=count)}
    plain = {name for name in names if is_plain(name)}
    assert plain == {
        "/".join(chosen) for count in (1, 2, 3) for chosen in itertools.product(("a", "a.b"), repeat=count)
    }
    for module, folder in ((ntpath, "C:\\site"), (posixpath, "/site")):
        inside = folder + module.sep
        assert all(module.normpath(module.join(folder, name)).startswith(inside) for name in plain)
        assert not module.normpath(module.join(folder, "../a")).startswith(inside)


def test_a_browser_that_leaves_is_no_news(preview: Preview) -> None:
    address = ("127.0.0.1", int(preview.url.rstrip("/").rpartition(":")[2]))
    for path in ("/", "/__kepu__/events"):
        with socket.create_connection(address, PATIENCE) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    preview.write("乙")
    preview.wait_for("文件有改动")
    preview.wait_for("网站已生成")
    assert preview.get("code.js")[0] == 200
    assert preview.lines.empty()


def test_sigterm_ends_it_with_browsers_that_listen(tmp_path: Path) -> None:
    preview = start(tmp_path, "甲")
    with urllib.request.urlopen(preview.url + "__kepu__/events", timeout=PATIENCE) as events:
        events.readline()
        assert stop(preview, signal.SIGTERM) == 0
    preview.wait_for("预览已结束。")
    assert preview.lines.empty()


def test_the_last_good_site_stays(preview: Preview) -> None:
    preview.write("bad <b>")
    preview.wait_for(r"data/source.txt:1:5: 错误：bad <b>")
    assert "<h1>甲</h1>" in preview.get()[2]
    preview.write("crash")
    preview.wait_for("意外停止")
    preview.wait_for(r"生成程序坏了: .site.*a\.html.$")
    assert "<h1>甲</h1>" in preview.get()[2]
    preview.write("乙")
    preview.wait_for("网站已生成")
    assert "<h1>乙</h1>" in preview.get()[2]


def test_a_closer_look_is_told_and_leaves_the_page(preview: Preview) -> None:
    preview.write("dead")
    preview.wait_for("index.html:1:1: 错误：死链")
    assert "<h1>dead</h1>" in preview.get()[2]


def test_one_watched_file_may_be_replaced(preview: Preview) -> None:
    (preview.root / "new").write_text("x")
    (preview.root / "new").replace(preview.root / "mkdocs.yml")
    preview.wait_for("文件有改动")


def test_the_state_is_sent_as_it_changes(preview: Preview) -> None:
    with urllib.request.urlopen(preview.url + "__kepu__/events", timeout=PATIENCE) as events:
        first = json.loads(events.readline().removeprefix(b"data: "))
        assert (first["version"], first["failed"]) == (1, False)
        preview.write("bad 电话")
        events.readline()
        second = json.loads(events.readline().removeprefix(b"data: "))
        assert (second["version"], second["failed"], second["summary"]) == (1, True, "1 处错误")
        assert second["problems"][0]["message"] == "bad 电话"


def test_a_base_path_is_kept(tmp_path: Path) -> None:
    preview = start(tmp_path, "甲", base_path="/kepu/")
    assert preview.url.endswith("/kepu/")
    assert preview.get("a/")[0] == 200
    preview.url = preview.url.removesuffix("kepu/")
    assert "甲" in preview.get()[2]
    assert stop(preview) == 0


def test_a_taken_port_is_told_and_the_next_one_used(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "data").mkdir()
        command = [sys.executable, "-X", "utf8", "-c", SERVER, str(tmp_path), str(port), "/"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        assert process.stdout is not None
        assert re.match(rf"端口 {port} 已被占用，改用 \d+。", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=PATIENCE)[0]
    assert process.returncode == 0
    assert said.endswith("预览已结束。\n")


def test_a_browser_sees_problems_come_and_go(preview: Preview, page: Page) -> None:
    page.goto(preview.url)
    overlay = page.locator("kepu-preview section")
    expect(page.locator("h1")).to_have_text("甲")
    expect(overlay).to_have_count(0)
    preview.write("bad <img src=x onerror=alert(1)>")
    expect(overlay).to_be_visible()
    expect(overlay).to_contain_text("data/source.txt:1:5")
    expect(overlay).to_contain_text("错误：bad <img src=x onerror=alert(1)>")
    expect(overlay.locator("img")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("甲")
    preview.write("乙")
    expect(page.locator("h1")).to_have_text("乙")
    expect(overlay).to_have_count(0)


def test_before_the_first_good_site_a_page_waits_for_it(tmp_path: Path, page: Page) -> None:
    preview = start(tmp_path, "bad 电话")
    assert preview.get("any/")[0] == 503
    page.goto(preview.url)
    expect(page.locator("h1")).to_have_text("还没有可以显示的网站")
    expect(page.locator("kepu-preview section")).to_contain_text("错误：bad 电话")
    preview.write("甲")
    expect(page.locator("h1")).to_have_text("甲")
    assert stop(preview) == 0


def test_nothing_but_the_preview_loads_its_web_server() -> None:
    program = "import sys, macros.cli.main, macros.site.build; print({'starlette', 'uvicorn'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"
