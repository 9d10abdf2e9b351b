"""nginx and Caddy, set up as docs/dev/publishing.md says, serve a published site: headers, old addresses, compressed copies."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page

from macros.publishing.release.headers import FRESH, LASTING
from macros.site.session import Session
from tests.publishing.sites import addresses_of_templates
from tests.support import PATIENCE, ROOT, project_copy, run

pytestmark = pytest.mark.audit

DOCUMENTED_ROOT = "/var/www/kepu"
LONG = "an-id-that-is-longer-than-what-the-table-of-a-web-server-takes-without-being-told-of-it"

NGINX = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {around}
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""

CADDY = """
{{
	admin off
	auto_https off
}}
http://127.0.0.1:{port} {{
{server}
}}
"""


class Answer(NamedTuple):
    """What a server answers.

    Attributes:
        status: the status.
        headers: the headers, names in lower case.
        content: the bytes as they came.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes


def documented(language: str) -> str:
    """Return the set-up that docs/dev/publishing.md gives for a web server."""
    [found] = re.findall(
        rf"^```{language}\n(.*?)^```$", (ROOT / "docs/dev/publishing.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    return str(found)


def free_port() -> int:
    """Return a port on the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A web root with the invented district's site, which stands at the root of its host."""
    folder = tmp_path_factory.mktemp("web")
    project = project_copy(folder)
    settings = project / "mkdocs.yml"
    settings.write_text(
        re.sub(r"site_url: .*", "site_url: https://kepu.example.org/", settings.read_text("utf-8")), "utf-8"
    )
    base = project / "data/bases/small-pond.yml"
    base.write_text(f"former_ids: [{LONG}]\n{base.read_text('utf-8')}", "utf-8")
    for call in (("build", "out"), ("publish", "out", "root", "--compress")):
        names = [str(folder / name) if name in {"out", "root"} else name for name in call]
        done = run("macros", "--root", str(project), *names)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "root"


def served(command: list[str], folder: Path, port: int) -> Iterator[str]:
    """Run a web server while the caller holds its address; it ends by its own process and no other."""
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
    try:
        wait_for(port, server, folder / "output")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def wait_for(port: int, server: subprocess.Popen[bytes], output: Path) -> None:
    """Wait until a server listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"the server does not start: {output.read_text('utf-8')}")


def nginx(root: Path, folder: Path) -> Iterator[str]:
    """Serve a web root by nginx."""
    around, _, server = documented("nginx").replace(DOCUMENTED_ROOT, str(root)).partition("# server { … }")
    port = free_port()
    # Started as root, its workers would be somebody who may not read a folder of tests.
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(user=user, folder=folder, port=port, around=around, server=server)
    (folder / "nginx.conf").write_text(text, "utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    yield from served(
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")], folder, port
    )


def caddy(root: Path, folder: Path) -> Iterator[str]:
    """Serve a web root by Caddy."""
    port = free_port()
    text = CADDY.format(port=port, server=documented("caddy").replace(DOCUMENTED_ROOT, str(root)))
    (folder / "Caddyfile").write_text(text, "utf-8")
    yield from served(["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")], folder, port)


SERVERS: dict[str, Callable[[Path, Path], Iterator[str]]] = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a web server."""
    yield from SERVERS[request.param](published, tmp_path_factory.mktemp(request.param))


def ask(address: str, path: str, **headers: str) -> Answer:
    """Ask a server for a path as it is, without following where it leads."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request(
        "GET", f"/{quote(path)}", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)


MOVED = {
    "bases/old-stars/": "/bases/star-hall/",
    "bases/old-observatory/": "/bases/star-hall/",
    f"bases/{LONG}/": "/bases/small-pond/",
    f"api/v1/bases/{LONG}.json": "/api/v1/bases/small-pond.json",
    "articles/twinkling/": "/articles/why-stars-twinkle/",
    "legal/privacy/": "/privacy/",
    "旧 栏目/隐私/": "/privacy/",
}


@pytest.mark.parametrize("old", MOVED)
def test_an_old_address_leads_on_for_good(old: str, server: str) -> None:
    answer = ask(server, old)
    assert answer.status == 301
    assert urlsplit(answer.headers["location"]).path == MOVED[old]
    assert ask(server, MOVED[old].lstrip("/")).status == 200


def test_the_list_of_redirects_is_kept_to_the_last(server: str, published: Path) -> None:
    lines = (published / "current/_redirects").read_text("utf-8").splitlines()
    assert len(lines) > len(MOVED)
    for old, new, _ in (line.split() for line in lines):
        connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=PATIENCE)
        connection.request("GET", old)
        answer = connection.getresponse()
        assert (answer.status, urlsplit(answer.headers["location"]).path) == (301, new)
        connection.close()


def test_lost_readers_get_the_page_for_them(server: str) -> None:
    answer = ask(server, "bases/no-such-base/")
    assert answer.status == 404
    assert "没有" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["", "bases/", "bases/star-hall/", "api/v1/index.json", "assets/javascripts/search/open.js"]
)
def test_every_answer_has_the_headers_of_the_site(path: str, server: str, published: Path) -> None:
    answer = ask(server, path)
    assert answer.status == 200
    for line in (published / "current/_headers").read_text("utf-8").splitlines():
        name, colon, value = line.strip().partition(": ")
        if colon and name != "Cache-Control":
            assert answer.headers[name.lower()] == value
    assert answer.headers["cache-control"] == FRESH


def test_files_named_after_their_content_are_kept(server: str, published: Path) -> None:
    site = published / "current"
    for pattern in ("search/*/index.json", "finder/*.json", "javascripts/*/site.js", "stylesheets/*.css"):
        file = next(site.glob(f"assets/{pattern}"))
        assert ask(server, file.relative_to(site).as_posix()).headers["cache-control"] == LASTING


def test_compressed_copies_are_sent_to_whoever_takes_them(server: str, published: Path) -> None:
    plain = ask(server, "az/", Accept_Encoding="identity")
    packed = ask(server, "az/", Accept_Encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == (published / "current/az/index.html.gz").read_bytes()
    assert gzip.decompress(packed.content) == plain.content


TYPES = {
    "": "text/html",
    "assets/javascripts/search/open.js": "javascript",
    "calendar.ics": "text/calendar",
    "data/bases.csv": "text/csv",
    "feed.xml": "xml",
    "api/v1/index.json": "application/json",
    "files/bases/star-hall/dome.svg": "image/svg+xml",
}


@pytest.mark.parametrize("path", TYPES)
def test_types_are_what_browsers_need(path: str, server: str) -> None:
    assert TYPES[path] in ask(server, path).headers["content-type"]


def test_a_browser_sees_no_violation(page: Page, complaints: list[str], district: Session, server: str) -> None:
    for template, place in addresses_of_templates(district).items():
        answer = page.goto(server + place, wait_until="networkidle")
        assert answer
        assert answer.status == 200, template
        assert page.evaluate("window.violations") == [], template
        assert complaints == [], template
    page.goto(f"{server}search/?q=天文", wait_until="networkidle")
    page.get_by_role("link", name="示例").first.wait_for()
    assert (page.evaluate("window.violations"), complaints) == ([], [])
