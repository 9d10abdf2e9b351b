"""The preview: an editor saves a file and sees the page change.

Builds into a temporary folder and serves the last good site to this machine alone. After a failed build the last good
site goes on being served, with the problems shown in the browser and in the terminal.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from macros.publishing.errors import PublishingError
from macros.publishing.preview_build import run_build
from macros.publishing.preview_server import PreviewServer, open_server
from macros.publishing.preview_state import Preview
from macros.publishing.preview_watch import Watcher

# Windows tells Python of Ctrl-C only between two waits.
_LONGEST_WAIT_SECONDS = 0.5


def _print_now(line: str) -> None:
    """Print a line, also where the output is a pipe."""
    print(line, flush=True)


def serve(
    build_command: Callable[[Path], Sequence[str]],
    root: Path,
    watched: Sequence[Path],
    host: str = "127.0.0.1",
    port: int = 8000,
    base_path: str = "/",
    say: Callable[[str], None] = _print_now,
) -> None:
    """Show a site while it is being edited, until Ctrl-C.

    Args:
        build_command: returns the command line that builds into a folder, which does not exist yet; what it must print
            is told at `preview_build.run_build`.
        root: the folder that the command runs in.
        watched: files and folders whose change asks for a new build.
        host: where to listen.
        port: where to listen; if it is taken, the next free one.
        base_path: the folder of the site on its host, ``/`` or e.g. ``/kepu/``.
        say: takes each line for the terminal.

    Raises:
        PublishingError: no port can be used; the text is Chinese.
    """
    changed = threading.Event()
    # Of a program that still has one of its files open on Windows nobody needs to hear.
    with tempfile.TemporaryDirectory(prefix="kepu-", ignore_cleanup_errors=True) as folder, suppress(KeyboardInterrupt):
        preview = Preview(Path(folder).resolve())
        with _served(host, port, preview, base_path, say), _watching(watched, changed):
            say("正在生成网站……")
            _build(build_command, root, preview, say)
            while True:
                _wait(changed)
                say("文件有改动，正在重新生成……")
                _build(build_command, root, preview, say)
    say("预览已结束。")


def _build(
    build_command: Callable[[Path], Sequence[str]], root: Path, preview: Preview, say: Callable[[str], None]
) -> None:
    """Build once, and say how it ended."""
    outcome = run_build(build_command(preview.next_folder()), root)
    preview.record(outcome)
    say(str(outcome))


def _wait(changed: threading.Event) -> None:
    """Wait for a change; what changes from here on asks for another build."""
    while not changed.wait(_LONGEST_WAIT_SECONDS):
        pass
    changed.clear()


@contextmanager
def _served(
    host: str, port: int, preview: Preview, base_path: str, say: Callable[[str], None]
) -> Iterator[PreviewServer]:
    """Serve a preview in the background."""
    try:
        server = open_server(host, port, preview, base_path)
    except (OSError, OverflowError) as error:
        raise PublishingError(f"端口 {port} 和它后面的端口都不能用；请用 --port 换一个端口。") from error
    if port not in {0, server.server_port}:
        say(f"端口 {port} 已被占用，改用 {server.server_port}。")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    say(f"预览地址：{server.url} （按 Ctrl-C 结束）")
    try:
        yield server
    finally:
        preview.close()
        server.shutdown()
        server.server_close()


@contextmanager
def _watching(watched: Sequence[Path], changed: threading.Event) -> Iterator[None]:
    """Note the changes of files in the background."""
    watcher = Watcher(watched, changed.set)
    watcher.start()
    try:
        yield
    finally:
        watcher.stop()
