"""Members are read over the network as from a folder; a server leads nowhere else and sends no more than it may."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from macros.hub.gathering import gather
from macros.hub.hub_file import read_hub
from macros.hub.member_files import MemberFailed, WebFiles
from tests.hub.members import bytes_below, variant, write_hub
from tests.support import serve_folder
from tests.support.looping import failures


class _Hostile(BaseHTTPRequestHandler):
    """Answers each path with another trick."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path in ("/away", "/file", "/home") else 500 if self.path == "/broken" else 200)
        places = {"/away": "http://localhost:1/x", "/file": "file:///etc/passwd", "/home": "/good"}
        if self.path in places:
            self.send_header("Location", places[self.path])
        self.end_headers()
        self.wfile.write(b"x" * (5_000 if self.path == "/long" else 4))

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def hostile() -> Iterator[str]:
    """The address of a server that must not be trusted."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hostile)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_leads_nowhere_else_and_sends_no_more_than_it_may(hostile: str) -> None:
    reasons = {
        "away": "别的域名",
        "file": "服务器回答 302",
        "broken": "服务器回答 500",
        "long": "太大",
    }

    def is_refused(path: str) -> None:
        with pytest.raises(MemberFailed, match=reasons[path]):
            WebFiles(hostile).read(path, 1_000)

    assert failures(is_refused, reasons) == []
    assert WebFiles(hostile).read("home", 1_000) == b"xxxx"
    with pytest.raises(MemberFailed, match="连不上"):
        WebFiles("http://127.0.0.1:9/").read("x", 1)


def test_a_published_member_is_read_as_one_in_a_folder(city: Path, tmp_path: Path) -> None:
    member = variant(city / "district-1", tmp_path / "member", "翠湖")
    serving = serve_folder(member)
    states = []
    for number, site in enumerate((next(serving), str(member))):
        root = write_hub(tmp_path / f"city-{number}", [site])
        (root / "work").mkdir()
        (read,) = gather(read_hub(root).fields.districts, root, root / "hub-state", root / "work")
        states.append((read.failure, read.entries, read.news, bytes_below(root / "hub-state")))
    serving.close()
    assert states[0] == states[1]
    assert states[0][0] == ""
    assert states[0][1]
