"""The door to MkDocs: the only module that knows the engine.

It opens a `Session` and answers the engine's events. The engine reads the Markdown of pages by hand and copies what is
static; our own layout stands around it, and planned pages and files for machines are written beside it on all processors.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros.pages.assets import SCRIPTS, STYLESHEETS
from macros.pages.site_settings import TRADITIONAL
from macros.pages.theme import Theme, theme_of
from macros.publishing.release.metadata import write_metadata
from macros.records.problems import Problem, ProblemsFound, has_errors, summarize
from macros.records.tricks import garbage_collection_paused
from macros.site.bundle import offer_bundle
from macros.site.configuration import Configuration, site_of
from macros.site.git import commit_of
from macros.site.preparation import checked_and_prepared
from macros.site.session import Session, open_session
from macros.site.settings import SETTINGS
from macros.site.write import write


class WrongSite(PluginError):
    """Raised to stop MkDocs; keeps the problems, which MkDocs itself would only print.

    Attributes:
        problems: what is wrong in data and content.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"\n{lines}\n{summarize(self.problems)}")


class KepuConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in ``mkdocs.yml``: those of `macros.site.settings.SETTINGS`, which our own check judges."""

    for _setting in SETTINGS:
        locals()[_setting.name] = config_options.Optional(config_options.Type(object))


class KepuPlugin(BasePlugin[KepuConfig]):  # type: ignore[no-untyped-call]
    """Answers MkDocs' events.

    Attributes:
        checked: a session that was opened and checked before; then the engine makes only what is its own.
        bundled: whether the bundle is made even if the configuration asks for none.
    """

    session: Session
    checked: Session | None = None
    bundled: bool = False
    published: frozenset[str] = frozenset()
    notices: Sequence[Problem] = ()
    failure: Exception | None = None

    def on_build_error(self, *, error: Exception) -> None:
        """Keep the error: MkDocs raises another in its place that says nothing of it."""
        self.failure = error

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Open the session and check data and content before the engine touches the site's folder."""
        if self.checked:
            self.session = self.checked
        else:
            self.notices = self._open(config)
        # Nothing of the engine's own theme is used; to look through its 14,000 files takes a tenth of a second.
        config.theme.dirs[:] = map(str, _theme_of(config).folders)
        # The theme's own site map would give the build's day to every page, and its page for dead links is in English.
        config.theme.static_templates.clear()
        return config

    def _open(self, config: MkDocsConfig) -> Sequence[Problem]:
        try:
            self.session = _session(config, self.config, self.published)
            problems = checked_and_prepared(self.session)
        except ProblemsFound as found:
            problems = found.problems
        if has_errors(problems):
            raise WrongSite(problems)
        return problems

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what no page uses, and see that nothing takes the place of a planned page."""
        pages = {page.uri for page in self.session.handwritten.pages}
        _leave_out_unused(files, config, self.session.static_files.published | pages)
        planned = self.session.planned
        for file in files:
            if file.dest_uri.removesuffix("index.html") in planned:
                raise PluginError(
                    f"\ncontent/{file.src_uri}:1:1: 错误：这个文件会和自动生成的文件争同一个网址；请改名或删掉"
                )
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Leave the engine nothing to read: pages by hand are made as editors see them elsewhere (`macros.pages.body`)."""
        return ""

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Return the whole page."""
        return self.session.written.whole(page.file.src_uri) or html

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the planned pages and the files beside them, and last what tells of all files."""
        if self.checked:
            return
        folder, session = Path(config.site_dir), self.session
        by_hand = frozenset(f"{TRADITIONAL}{page.planned.address}index.html" for page in session.handwritten.pages)
        written = write(folder, session.jobs(), by_hand)
        if self.bundled or session.site.bundle:
            written.add(offer_bundle(folder, session))
        # What an editor wrote into a page is never let run, whatever the checks have missed.
        for text in session.written.from_templates():
            written.inline.read(text)
        site = session.site
        ancestors = site.frame_ancestors if site.embeds else ()
        write_metadata(folder, _facts(session), site.url, written.hashes, written.inline, ancestors)
        session.pictures.forget_others()
        session.shared.forget_others()


def _facts(session: Session) -> dict[str, Any]:
    """Return what ``build.json`` tells of a build: from which commit, for which day, how many records."""
    commit = commit_of(session.root)
    counts = {kind: len(session.library.records(kind)) for kind in session.library.kinds()}
    day = {"as_of": session.as_of.iso, "mode": session.site.mode.value}
    return {"commit": commit.name, "modified": commit.modified, **day, "records": counts}


def _leave_out_unused(files: Files, config: MkDocsConfig, published: Container[str]) -> None:
    """Leave out the theme's static files, the sources of our styles and scripts, and content that is not published.

    `Assets` publishes styles and scripts itself.
    """
    own = {config.docs_dir, *map(str, _theme_of(config).folders)}
    for file in list(files):
        is_unpublished = file.src_dir == config.docs_dir and file.src_uri not in published
        if file.src_dir not in own or _is_source(file, config) or is_unpublished:
            files.remove(file)


def _theme_of(config: MkDocsConfig) -> Theme:
    return theme_of(Path(config.theme.custom_dir) if config.theme.custom_dir else None)


def _is_source(file: File, config: MkDocsConfig) -> bool:
    return file.src_dir != config.docs_dir and file.src_uri.startswith((STYLESHEETS, SCRIPTS))


def _session(config: MkDocsConfig, plugin: Mapping[str, Any], published: frozenset[str]) -> Session:
    root = Path(config.config_file_path).parent.resolve()
    # The engine has worked out what our own reader of the configuration passes over, such as variables.
    theme = _theme_of(config)
    configuration = Configuration(site_of(root, config, plugin, theme), theme)
    return open_session(root, configuration, published=published)


def render_site(
    root: Path, folder: Path, published: frozenset[str] = frozenset(), bundled: bool = False
) -> list[Problem]:
    """Check data and content, and render a whole site with MkDocs.

    Args:
        root: the project's folder, with ``mkdocs.yml``.
        folder: where the site's files are written; an empty or new folder.
        published: addresses of the last build's pages, where they are known; lists among them never go away.
        bundled: whether the bundle is made even if the configuration asks for none.

    Returns:
        Notices about data and content.

    Raises:
        ProblemsFound: data, content or configuration are wrong; nothing was written.
    """
    # A build makes few cycles and ends soon; looking for them takes 7 s of processor time with 100,000 records.
    with garbage_collection_paused(freeze=False):
        plugin = _run(root, folder, partial(_prepare, published, bundled))
    return list(plugin.notices)


def _prepare(published: frozenset[str], bundled: bool, plugin: KepuPlugin) -> None:
    plugin.published, plugin.bundled = published, bundled


class Engine:
    """MkDocs in the preview: it makes the pages by hand and what is static; all else is made when it is asked for.

    Args:
        root: the project's folder, with ``mkdocs.yml``.
        folder: where the engine's files are written.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder.resolve()
        self._lock = RLock()
        self._run_for: Session | None = None

    def outdate(self) -> None:
        """Take note that templates, styles, configuration or files have changed."""
        self._run_for = None

    def run(self, session: Session) -> None:
        """Make everything that is the engine's own.

        Raises:
            ProblemsFound: a page by hand is wrong.
        """
        with self._lock:
            if self._run_for is not session:
                _run(self._root, self._folder, lambda plugin: setattr(plugin, "checked", session))
                self._run_for = session

    def read(self, name: str, session: Session) -> bytes | None:
        """Return one of the engine's files; pages by hand show records, so they are made anew for each session."""
        with self._lock:
            if self._run_for is None or name.endswith(".html"):
                self.run(session)
            file = (self._folder / name).resolve()
            return file.read_bytes() if file.is_relative_to(self._folder) and file.is_file() else None


def _run(root: Path, folder: Path, prepare: Callable[[KepuPlugin], None]) -> KepuPlugin:
    """Let the engine build, with our plugin prepared."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
    plugin = config.plugins["kepu"]
    assert isinstance(plugin, KepuPlugin)
    prepare(plugin)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort:
        if isinstance(plugin.failure, WrongSite):
            raise ProblemsFound(plugin.failure.problems) from None
        raise
    config.plugins.on_shutdown()
    return plugin
