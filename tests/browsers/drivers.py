"""Browsers without a window, each driven in the language that it speaks itself, so that no other program is needed.

Keys are those of WebDriver: characters, and code points of its own for keys that write nothing.
"""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.support import CHROMIUM, PATIENCE

# Without warnings: what a page that is left gives up is among them, what does not come the listener notes.
CONSOLE_OF_FIREFOX = """return Services.console.getMessageArray()
  .filter((message) => message instanceof Ci.nsIScriptError && message.sourceName.startsWith("http"))
  .filter(({ flags }) => !(flags & Ci.nsIScriptError.warningFlag))
  .map((message) => `${message.errorMessage} ${message.sourceName}`);"""
# Chromium reads from descriptor 3 and writes to 4.
PIPES = ["sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null', "sh"]
T = TypeVar("T")
TAB, ENTER, ESCAPE, DOWN = "\ue004", "\ue007", "\ue00c", "\ue015"
NAMES_AND_CODES = {TAB: ("Tab", 9), ENTER: ("Enter", 13), ESCAPE: ("Escape", 27), DOWN: ("ArrowDown", 40)}
WIDTH, HEIGHT = 390, 844
# Firefox asks its makers for news whatever it is told; this machine's own addresses need no proxy.
NOWHERE = {"type": 1, "http": "127.0.0.1", "http_port": 9, "ssl": "127.0.0.1", "ssl_port": 9}


class Refused(RuntimeError):
    """A browser does not do what it is asked; while a page is being left, this is no fault."""


class Browser(ABC):
    """One tab of a browser."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Go to an address."""

    @abstractmethod
    def run(self, script: str) -> Any:
        """Return what a script returns that runs in the page.

        Raises:
            Refused: it throws, or its page is being left.
        """

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys one after another."""

    def complaints(self) -> list[str]:
        """Return what went wrong: what `listener.js` noted in the pages of a site, and what the browser's own console says besides."""
        return list(json.loads(self.run("return sessionStorage.getItem('complaints') ?? '[]';")))


class WebDriver(Browser):
    """What Firefox and WebKit have in common.

    Args:
        ask: sends a command by its name and returns what is answered.
    """

    def __init__(self, ask: Callable[[str, dict[str, Any]], Any]) -> None:
        self.ask = ask
        ask("SetWindowRect", {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})

    def go(self, address: str) -> None:
        self.ask("Navigate", {"url": address})

    def run(self, script: str) -> Any:
        return self.ask("ExecuteScript", {"script": script, "args": []})

    def press(self, keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})


class Firefox(WebDriver):
    """Firefox, whose own scripts may read what its console holds."""

    def complaints(self) -> list[str]:
        noted = super().complaints()
        self.ask("Marionette:SetContext", {"value": "chrome"})
        try:
            return [*noted, *self.run(CONSOLE_OF_FIREFOX)]
        finally:
            self.ask("Marionette:SetContext", {"value": "content"})


class Marionette:
    """The socket of Firefox: a length in decimal digits, a colon, an array in JSON."""

    def __init__(self, connection: socket.socket) -> None:
        """Begin a session on an open connection."""
        self._file = connection.makefile("rwb")
        self._number = 0
        self._read()
        self.ask("NewSession", {})

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command of WebDriver or of Marionette's own, and return what it answers.

        Raises:
            Refused: the browser refuses it.
        """
        self._number += 1
        if command == "ExecuteScript":
            parameters = {**parameters, "sandbox": None}
        name = command if ":" in command else f"WebDriver:{command}"
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._file.write(b"%d:%b" % (len(message), message))
        self._file.flush()
        _, _, error, result = self._read()
        if error:
            raise Refused(f"{command}: {error['message']}")
        return result.get("value")

    def _read(self) -> Any:
        length = b""
        while (digit := self._file.read(1)) != b":":
            length += digit
        return json.loads(self._file.read(int(length)))


@contextmanager
def firefox(folder: Path) -> Iterator[Browser]:
    """Start Firefox with a profile of its own, on a port that it chooses."""
    nowhere = {f"network.proxy.{kind}": value for kind, value in NOWHERE.items()}
    settings = {"marionette.port": 0, **nowhere}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()]
    folder.joinpath("user.js").write_text("".join(lines), "utf-8")
    command = ["firefox-esr", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
    with running([*command, "--profile", str(folder)]):
        port = patiently(lambda: int(folder.joinpath("MarionetteActivePort").read_text("utf-8")))
        with patiently(lambda: socket.create_connection(("127.0.0.1", port), PATIENCE)) as connection:
            yield Firefox(Marionette(connection).ask)


WAYS_OF_WEBKIT = {
    "SetWindowRect": "window/rect",
    "Navigate": "url",
    "ExecuteScript": "execute/sync",
    "PerformActions": "actions",
}


class WebKitSession:
    """A session with WebKit's driver.

    Args:
        address: where the driver listens.
    """

    def __init__(self, address: str) -> None:
        programs = sorted(Path("/usr/lib").glob("*/webkit*/MiniBrowser"))
        options = {"binary": str(programs[-1]), "args": ["--automation"]}
        self._address = f"{address}/session"
        session = self._post("", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
        self._address += f"/{session['sessionId']}"

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command of WebDriver, and return what it answers.

        Raises:
            Refused: the browser refuses it.
        """
        try:
            return self._post(f"/{WAYS_OF_WEBKIT[command]}", parameters)
        except urllib.error.HTTPError as error:
            raise Refused(f"{command}: {error.read().decode()}") from error

    def _post(self, way: str, parameters: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            self._address + way, json.dumps(parameters).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]


@contextmanager
def webkit(folder: Path) -> Iterator[Browser]:
    """Start WebKit's small browser on a screen that nobody sees; it keeps nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    reader, writer = os.pipe()
    screen = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"]
    with os.fdopen(reader) as display, running(screen, pass_fds=(writer,)):
        os.close(writer)
        place = {"DISPLAY": f":{display.readline().strip()}", "GDK_BACKEND": "x11", "HOME": str(folder)}
        with running(["WebKitWebDriver", f"--port={port}"], env={**os.environ, **place}):
            patiently(lambda: socket.create_connection(("127.0.0.1", port), PATIENCE)).close()
            yield WebDriver(WebKitSession(f"http://127.0.0.1:{port}").ask)


class Chromium(Browser):
    """Chromium, driven by its developers' protocol on two pipes: objects in JSON, each ended by a zero byte.

    Args:
        reader: file descriptor that the browser writes to.
        writer: file descriptor that the browser reads from.
    """

    def __init__(self, reader: int, writer: int) -> None:
        self._reader = reader
        self._writer = writer
        self._rest = b""
        self._number = 0
        self._complaints: list[str] = []
        self._session: str | None = None
        target = self.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self.ask("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True})
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable", {})
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": True}
        self.ask("Emulation.setDeviceMetricsOverride", size)

    def go(self, address: str) -> None:
        self.ask("Page.navigate", {"url": address})
        patiently(lambda: self.run("if (document.readyState !== 'complete') throw new Error('still loading');"))

    def run(self, script: str) -> Any:
        asked = {"expression": f"(() => {{ {script} }})()", "returnByValue": True, "userGesture": True}
        answer = self.ask("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise Refused(self._said(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, keys: str) -> None:
        for key in keys:
            name, code = NAMES_AND_CODES.get(key, (key, 0))
            stroke = {"key": name, "code": name if code else "", "windowsVirtualKeyCode": code}
            text = {"text": "\r" if key == ENTER else key} if not code or key == ENTER else {}
            self.ask("Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown", **stroke, **text})
            self.ask("Input.dispatchKeyEvent", {"type": "keyUp", **stroke})

    def complaints(self) -> list[str]:
        return [*super().complaints(), *self._complaints]

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Send a command, and return what it answers.

        Raises:
            Refused: the browser refuses it.
        """
        number = self._send(command, parameters, self._session)
        while True:
            message = self._read()
            if message.get("id") == number:
                break
            self._hear(message)
        if "error" in message:
            raise Refused(f"{command}: {message['error']['message']}")
        return message["result"]

    def _send(self, command: str, parameters: dict[str, Any], session: str | None) -> int:
        self._number += 1
        message = {"id": self._number, "method": command, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        return self._number

    def _read(self) -> Any:
        while b"\0" not in self._rest:
            if not select.select([self._reader], [], [], PATIENCE)[0]:
                raise Refused("the browser does not answer")
            if not (part := os.read(self._reader, 1 << 16)):
                raise Refused("the browser has ended")
            self._rest += part
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def _hear(self, message: dict[str, Any]) -> None:
        name, what = message.get("method"), message.get("params", {})
        if name == "Target.attachedToTarget":
            for domain in ("Runtime", "Log"):
                self._send(f"{domain}.enable", {}, what["sessionId"])
        elif name == "Runtime.exceptionThrown":
            self._complaints.append(self._said(what["exceptionDetails"]))
        elif name == "Runtime.consoleAPICalled" and what["type"] in ("error", "warning", "assert"):
            self._complaints.append(" ".join(str(word.get("value", word.get("description"))) for word in what["args"]))
        elif name == "Log.entryAdded" and what["entry"]["level"] == "error":
            self._complaints.append(f"{what['entry']['text']} {what['entry'].get('url', '')}")

    @staticmethod
    def _said(details: dict[str, Any]) -> str:
        thrown = details.get("exception", {})
        return f"{details['text']} {thrown.get('description', thrown.get('value', ''))} {details.get('url', '')}"


@contextmanager
def chromium(folder: Path, program: str = CHROMIUM["executable_path"]) -> Iterator[Browser]:
    """Start a Chromium, old or new, with a profile of its own."""
    own = [*CHROMIUM["args"], "--headless", "--disable-dev-shm-usage", "--no-first-run", f"--user-data-dir={folder}"]
    command = [*PIPES, program, *own, "--remote-debugging-pipe"]
    with running(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        yield Chromium(process.stdout.fileno(), process.stdin.fileno())


@contextmanager
def running(command: Sequence[str], **settings: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program as long as it is needed, without its words."""
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **settings}
    with subprocess.Popen(command, **streams) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def patiently(act: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Do what fails as long as something else is not ready.

    Raises:
        OSError, ValueError, Refused: it still fails when patience ends.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (OSError, ValueError, Refused):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
