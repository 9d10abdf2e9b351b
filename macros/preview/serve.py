"""The preview: an editor saves a file and sees the page change.

It serves to this machine alone what a maker shows. After a bad change the last good site goes on being served, with the
problems shown in the browser and in the terminal.
"""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from starlette.routing import BaseRoute

from macros.preview.server import HOST, create_application, listen, serving
from macros.preview.state import Preview, SiteMaker, Step, UpdateOutcome, without_temporary
from macros.preview.watch import Watcher
from macros.publishing.release.errors import PublishingError
from macros.text.characters import printable

# Windows tells Python of Ctrl-C only between two waits.
_LONGEST_WAIT_SECONDS = 0.5
_SHOWN_LINES = 20


def _print_now(line: str) -> None:
    """Print a line, also where the output is a pipe."""
    print("\n".join(map(printable, line.split("\n"))), flush=True)


def serve(
    maker: SiteMaker,
    watched: Sequence[Path],
    port: int = 8000,
    base_path: str = "/",
    say: Callable[[str], None] = _print_now,
    routes: Sequence[BaseRoute] = (),
    listening: Callable[[int], object] = lambda port: None,
) -> None:
    """Show a site on this machine while it is being edited, until Ctrl-C or SIGTERM.

    Args:
        maker: makes what is shown.
        watched: files and folders whose changes the maker follows.
        port: where to listen; if it is taken, the next free one.
        base_path: the folder of the site on its host, ``/`` or e.g. ``/kepu/``.
        say: takes each line for the terminal.
        routes: what else is answered, with addresses below `macros.preview.server.RESERVED`.
        listening: called with the port as soon as requests are answered.

    Raises:
        PublishingError: no port can be used; the text is Chinese.
    """
    _end_by_signals()
    preview, changes = Preview(), Changes(maker.interrupt)
    with (
        suppress(KeyboardInterrupt),
        _served(preview, port, base_path, routes, say) as found,
        _watching(watched, changes),
    ):
        listening(found)
        say("正在生成网站……")
        _update(maker, frozenset(), preview, say)
        while True:
            _inspect(maker, preview, changes, say)
            changed = changes.wait()
            say("文件有改动，正在更新……")
            _update(maker, changed, preview, say)
    say("预览已结束。")


def _end_by_signals() -> None:
    """Let Ctrl-C and SIGTERM end the preview, also where a shell started it in the background, deaf to Ctrl-C."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


class Changes:
    """The files that changed and were not yet looked at; safe to use from several threads.

    Args:
        notice: called at each change.
    """

    def __init__(self, notice: Callable[[], None]) -> None:
        self._notice = notice
        self._condition = threading.Condition()
        self._files: frozenset[Path] = frozenset()

    def add(self, files: frozenset[Path]) -> None:
        """Take note of files."""
        with self._condition:
            self._files |= files
            self._condition.notify_all()
        self._notice()

    def __bool__(self) -> bool:
        with self._condition:
            return bool(self._files)

    def wait(self) -> frozenset[Path]:
        """Wait for changes and return all files that changed since the last time."""
        with self._condition:
            while not self._condition.wait_for(lambda: bool(self._files), _LONGEST_WAIT_SECONDS):
                pass
            files, self._files = self._files, frozenset()
            return files


def _update(maker: SiteMaker, changed: frozenset[Path], preview: Preview, say: Callable[[str], None]) -> None:
    """Show and say what the maker makes of a change."""
    for step in _guarded(maker.update(changed)):
        preview.apply(step)
        if str(step.outcome):
            say(str(step.outcome))


def _inspect(maker: SiteMaker, preview: Preview, changes: Changes, say: Callable[[str], None]) -> None:
    """Have a closer look while nothing changes."""
    for step in _guarded(Step(outcome) for outcome in (() if changes else (maker.inspect(),)) if outcome):
        if not changes:
            preview.apply(step)
            say(str(step.outcome))


def _guarded(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield steps, and one that reports any fault: whatever happens, the preview goes on, and the next save may be right."""
    try:
        yield from steps
    except Exception:
        lines = traceback.format_exc().strip().splitlines()[-_SHOWN_LINES:]
        details = without_temporary("\n".join(lines))
        yield Step(UpdateOutcome(True, "程序意外停止；上一次的网站仍在显示。", details=details))


@contextmanager
def _served(
    preview: Preview, port: int, base_path: str, routes: Sequence[BaseRoute], say: Callable[[str], None]
) -> Iterator[int]:
    """Serve a preview in the background, at a port that it tells."""
    try:
        listener = listen(port)
    except (OSError, OverflowError) as error:
        raise PublishingError(f"端口 {port} 和它后面的端口都不能用；请用 --port 换一个端口。") from error
    found = listener.getsockname()[1]
    if port not in {0, found}:
        say(f"端口 {port} 已被占用，改用 {found}。")
    with serving(listener, create_application(preview, base_path, routes)):
        say(f"预览地址：http://{HOST}:{found}{base_path} （按 Ctrl-C 结束）")
        try:
            yield found
        finally:
            preview.close()


@contextmanager
def _watching(watched: Sequence[Path], changes: Changes) -> Iterator[None]:
    """Note the changes of files in the background."""
    watcher = Watcher(watched, changes.add)
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()
