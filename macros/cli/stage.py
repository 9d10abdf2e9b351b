"""`kepu stage`: the site as Markdown and files, for any engine that reads Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.pages.handwritten import CONTENT
from macros.pages.portable import staging
from macros.pages.site_settings import TRADITIONAL
from macros.publishing.release.errors import PublishingError
from macros.publishing.release.guards import is_build
from macros.publishing.release.swap import replacing
from macros.records.problems import ProblemsFound, has_errors
from macros.site.configuration import FILE, Configuration, read_configuration
from macros.site.session import Session, open_session


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.pass_obj
def stage(root: Path, out: Path) -> None:
    """把整个网站写成 Markdown（宏已算好）和文件，放进 OUT，给别的网站生成程序用。OUT 里以前写的会整个换掉。"""
    configuration = read_configuration(root)
    session = open_session(root, configuration)
    problems = session.problems()
    if has_errors(problems):
        raise ProblemsFound(problems)
    _refuse_other_work(out)
    with replacing(out, root) as folder:
        _write(folder, session, configuration)
    pages = len(session.pages)
    say(f"已写好 {out}：{pages} 页。请在那里运行别的生成程序，例如 mkdocs build 或 zensical build。")


def _refuse_other_work(out: Path) -> None:
    """Refuse what is ours but was not staged, or has become somebody's own since.

    Raises:
        PublishingError: the folder holds a built site or a repository.
    """
    if (out / ".git").exists():
        raise PublishingError(f"{out}：这是一个代码仓库，里面的历史会丢；请换一个文件夹。")
    if is_build(out) and not (out / FILE).is_file():
        raise PublishingError(f"{out}：这里是构建好的网站；请换一个文件夹。")


def _write(folder: Path, session: Session, configuration: Configuration) -> None:
    settings = staging.configuration(session.site, session.library, configuration.extensions)
    (folder / FILE).write_bytes(settings.encode())
    for path, content in (*_pages(session), *_files(session)):
        target = folder / CONTENT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _pages(session: Session) -> Iterator[tuple[str, bytes]]:
    """Yield each page's file, below the folder of contents."""
    for page in session.planned.values():
        yield f"{page.address}index.md", staging.staged_page(session.renderer, page).encode()
    for uri, expansion in session.expansions.items():
        yield uri, staging.staged_by_hand(session.renderer, expansion, session.library).encode()


def _files(session: Session) -> Iterator[tuple[str, bytes]]:
    """Yield the files beside the pages that other pages than ours can use, without the engine's own map."""
    for path, content in session.beside.items():
        # Pages in traditional characters are made of finished ones; without them their page for dead links leads nowhere.
        if path != "sitemap.xml" and not path.startswith(TRADITIONAL):
            yield path, content
    for uri in sorted(session.static_files.published):
        yield uri, (session.root / CONTENT / uri).read_bytes()
    yield from session.pictures.files.items()
    for path in staging.STYLESHEETS:
        yield path, session.theme.read(path).encode()
