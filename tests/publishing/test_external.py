"""Links out of the site: gone, not reached, and excused; all hosts are on the loopback address."""

from __future__ import annotations

import datetime
import http.server
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.links import EXCEPTIONS, links
from macros.publishing.crawl import external
from macros.publishing.crawl.external import Answer, AnswerCache, check_links, outward_links, read_exceptions
from macros.records.problems import Level
from tests.support import QuietServer

ENDLESS = {"endless", "303"}
"""Answers whose body never ends, one of them a redirect's."""


class Host(http.server.BaseHTTPRequestHandler):
    """Answers with the status that the path names; waits where it names none; refuses HEAD as many hosts do."""

    def do_GET(self) -> None:
        name = self.path.split("/")[1]
        if name == "slow":
            time.sleep(1)
        status = int(name) if name.isdigit() else 200
        self.send_response(status)
        if status in {301, 302, 303, 307}:
            self.send_header("Location", {301: "/200/", 303: "/200/", 302: "/302/", 307: "ftp://127.0.0.1/"}[status])
        self.send_header("Content-Length", str(10**12) if name in ENDLESS else "0")
        self.end_headers()
        with suppress(ConnectionError):
            while name in ENDLESS:
                self.wfile.write(bytes(100_000))

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with QuietServer(Host).running() as address:
        yield address


def ask_host(address: str, is_allowed: Callable[[str], bool] = external.is_public) -> Answer:
    """Ask in a thread of its own, as the check does: the browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(external.ask_host, address, is_allowed).result()


def ask_here(address: str) -> Answer:
    """Ask a host of the tests, which stands on the loopback address."""
    return ask_host(address, is_allowed=lambda place: place == "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "status"),
    [("200/甲?q=乙", 200), ("301/", 200), ("404/", 404), ("503/", 503), ("endless/", 200), ("303/", 200)],
)
def test_a_host_is_asked(host: str, path: str, status: int) -> None:
    assert ask_here(host + path).status == status


def test_no_answer_is_no_answer(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_DEADLINE", 0.2)
    for address in (f"{host}slow/", "http://127.0.0.1:1/", "http://[bad/", "http://127.0.0.1:x/"):
        answer = ask_here(address)
        assert answer.status is None
        assert answer.reason


@pytest.mark.parametrize(("path", "reason"), [("302/", "转了 10 次"), ("307/", "ftp")])
def test_redirects_end_and_stay_in_the_web(host: str, path: str, reason: str) -> None:
    answer = ask_here(host + path)
    assert answer.status is None
    assert reason in answer.reason


@pytest.mark.parametrize(
    "name",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[fd00::1]"],
)
def test_no_private_network_is_asked(name: str) -> None:
    answer = ask_host(f"http://{name}:1/")
    assert answer.status is None
    assert "不在公网上" in answer.reason


def test_what_was_found_lately_is_not_asked_for_again(tmp_path: Path) -> None:
    path, asked = tmp_path / "answers.json", list[str]()

    def ask(address: str) -> Answer:
        asked.append(address)
        return Answer(200 if "good" in address else 404)

    for day, expected in ((1, ["good", "gone"]), (7, ["gone"]), (8, ["good", "gone"]), (9, ["gone"])):
        asked.clear()
        cache = AnswerCache(path, datetime.date(2026, 11, day))
        for address in ("good", "gone"):
            cache(ask)(address)
        path.write_bytes(cache.content)
        assert asked == expected
    path.write_text("[" * 100_000)
    assert AnswerCache(path, datetime.date(2026, 11, 9))(ask)("good").status == 200


PAGE = '<a href="{}">a</a><a href="bases/">b</a><a href="tel:12345">c</a><link rel="license" href="https://l.example/">'


@pytest.fixture
def site(tmp_path: Path, host: str) -> Path:
    for name, path in {
        "index.html": "404/#part",
        "a/index.html": "404/",
        "b/index.html": "503/",
        "c/x.html": "200/",
    }.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGE.format(host + path), "utf-8")
    return tmp_path / "site"


def test_only_links_that_readers_follow_are_asked_for_each_once(site: Path, host: str) -> None:
    assert outward_links(site) == {
        f"{host}200/": ("c/x.html",),
        f"{host}404/": ("a/index.html", "index.html"),
        f"{host}503/": ("b/index.html",),
    }


def test_gone_is_an_error_and_not_reached_a_notice(site: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_PAUSE", 0)
    dead, unreachable = check_links(outward_links(site), [], ask_here, "links.toml")
    assert (dead.path, dead.level, dead.rule) == ("a/index.html", Level.ERROR, "dead-external-link")
    assert "（共 2 页）" in dead.message
    assert (unreachable.path, unreachable.level) == ("b/index.html", Level.NOTICE)
    assert "不等于失效" in unreachable.message


@pytest.mark.parametrize("answer", [Answer(None, "timed out"), Answer(403), Answer(429), Answer(500), Answer(418)])
def test_what_says_nothing_of_the_page_is_no_error(answer: Answer) -> None:
    (problem,) = check_links({"https://a.example/": ("index.html",)}, [], lambda address: answer, "links.toml")
    assert problem.level is Level.NOTICE


def test_a_host_is_asked_for_one_thing_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_PAUSE", 0)
    busy: set[str] = set()

    def ask(address: str) -> Answer:
        name = address.split("/")[2]
        assert name not in busy
        busy.add(name)
        time.sleep(0.01)
        busy.remove(name)
        return Answer(200)

    addresses = {f"https://{name}.example/{number}": ("index.html",) for name in "abc" for number in range(5)}
    assert check_links(addresses, [], ask, "links.toml") == []


def test_exceptions_state_their_reasons(tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    path.write_text(
        '[[exception]]\naddress = "https://a.example/"\nreason = "慢"\n\n[[exception]]\naddress = "https://b.example/"\n'
    )
    excused, problems = read_exceptions(path)
    assert [rule.address for rule in excused] == ["https://a.example/"]
    assert [(problem.line, problem.level) for problem in problems] == [(6, Level.ERROR)]
    path.write_text("[[exception")
    assert [problem.rule for problem in read_exceptions(path)[1]] == ["link-exceptions"]


def test_an_exception_is_not_asked_for_and_told_when_it_fits_nothing(tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    path.write_text(
        '[[exception]]\naddress = "https://a.example/"\nreason = "慢"\n[[exception]]\naddress = "https://b.example/"\nreason = "慢"\n'
    )

    def ask(address: str) -> Answer:
        raise AssertionError(address)

    (problem,) = check_links({"https://a.example/x": ("index.html",)}, read_exceptions(path)[0], ask, "links.toml")
    assert (problem.line, problem.level) == (5, Level.NOTICE)


def test_the_project_s_own_list_is_in_order() -> None:
    excused, problems = read_exceptions(EXCEPTIONS)
    assert excused
    assert problems == []


def test_the_script_reports_and_ends_with_one_for_errors(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "_PAUSE", 0)
    monkeypatch.setattr("macros.cli.links.ask_host", ask_here)
    done = CliRunner().invoke(links, [str(site), "--format", "github"])
    assert done.exit_code == 1
    assert "::error file=a/index.html,line=1,col=1,title=dead-external-link::" in done.output
    assert "::warning file=b/index.html" in done.output
