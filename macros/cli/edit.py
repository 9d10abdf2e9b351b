"""``kepu edit``: records in the browser, by form."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.cli.serve import PORT, live_maker, watched

_SECRET = "KEPU_EDIT_SECRET"
"""Where the program leaves its secret when it starts itself again, so that open windows stay open; no other process gets it."""


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, help=f"端口，默认 {PORT}。")
@click.option("--browser/--no-browser", "opens", default=True, help="是否自动打开浏览器，默认打开。")
@click.pass_obj
def edit(root: Path, port: int, opens: bool) -> None:
    """在浏览器里填表改记录，旁边就是预览；改好以后一个按钮提交。"""
    from macros.editor.answers import HOME
    from macros.editor.application import Editor
    from macros.editor.security import OPENING, EditorToken
    from macros.preview.serve import serve as preview
    from macros.preview.server import HOST

    token, found = EditorToken(os.environ.pop(_SECRET, "")), [port]

    def again() -> list[str]:
        os.environ[_SECRET] = token.secret
        return ["edit", "--port", str(found[0]), "--no-browser"]

    def listening(port: int) -> None:
        found[0] = port
        address = f"http://{HOST}:{port}{HOME}?{OPENING}={token.secret}"
        say(f"编辑的网址（只给自己用）：{address}")
        if opens and not webbrowser.open(address):
            say("浏览器没有自动打开；请把上面的网址复制到浏览器里。")

    with live_maker(root, again) as maker:
        routes = Editor(root, maker, token).routes
        preview(maker, watched(root), port=port, routes=routes, listening=listening)
