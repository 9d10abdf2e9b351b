"""The door to MkDocs: the only module that knows the engine.

It opens a `Session`, gives MkDocs a page for every planned page, and answers the engine's events; what the pages say is
worked out behind it. A planned page is a `Page` whose source MkDocs never reads and whose frame is rendered once for many
(`macros.theme`), which makes 3,000 pages in seconds instead of minutes (design.md, decision 4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape
from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from pymdownx.slugs import slugify

from macros.as_of import as_of
from macros.configuration import site_from
from macros.library import Library
from macros.pages.plan import PlannedPage
from macros.publishing.finish import finish
from macros.records.problems import Problem, ProblemsFound, has_errors, summarize
from macros.session import Session
from macros.theme import PLANNED, ThemeEnvironment


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
    """The plugin's settings in ``mkdocs.yml``; their meaning stands in `macros.pages.site.Site`."""

    mode = config_options.Optional(config_options.Type(str))
    portal = config_options.Optional(config_options.Type(dict))
    edit_template = config_options.Optional(config_options.Type(str))
    corrections_template = config_options.Optional(config_options.Type(str))
    district = config_options.Optional(config_options.Type(str))
    city = config_options.Optional(config_options.Type(str))


class RecordPage(Page):
    """A page whose content comes from records; nothing is kept of it between planning and writing.

    Attributes:
        planned: what is to be made.
    """

    def __init__(self, planned: PlannedPage, file: File, config: MkDocsConfig) -> None:
        self.planned = planned
        super().__init__(str(escape(planned.title)), file, config)

    def read_source(self, config: MkDocsConfig) -> None:
        """Name the template by which `ThemeEnvironment` knows the page; there is no source to read."""
        self.markdown = ""
        self.meta = {"template": PLANNED}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty; it is made when the page is written, so that memory stays small."""
        self.content = ""


class KepuPlugin(BasePlugin[KepuConfig]):  # type: ignore[no-untyped-call]
    """Answers MkDocs' events."""

    session: Session
    published: frozenset[str] = frozenset()
    notices: Sequence[Problem] = ()
    failure: Exception | None = None

    def on_build_error(self, *, error: Exception) -> None:
        """Keep the error: MkDocs raises another in its place that says nothing of it."""
        self.failure = error

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Open the session and check data and content before the engine touches the site's folder."""
        try:
            self.session = _session(config, self.config, self.published)
            problems = self.session.problems()
        except ProblemsFound as found:
            problems = found.problems
        if has_errors(problems):
            raise WrongSite(problems)
        self.notices = problems
        # The theme's own site map would give the build's day to every page.
        config.theme.static_templates.discard("sitemap.xml")
        # Python-Markdown's own anchors drop every Chinese character and leave "_1".
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the planned pages."""
        _leave_out_unused(files, config)
        for page in self.session.planned.values():
            file = _new_page(files, config, f"{page.address}index.md")
            file.edit_uri = None
            RecordPage(page, file, config)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put tokens in place of macros."""
        expansion = self.session.expansions.get(page.file.src_uri)
        return expansion.markdown if expansion else markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the macros' output in place of tokens, and give the theme what it prints of the page."""
        expansion = self.session.expansions.get(page.file.src_uri)
        if expansion is None:
            return html
        planned = expansion.page.planned
        try:
            content = expansion.fill(html)
        except ProblemsFound as found:
            raise WrongSite(found.problems) from None
        page.meta = {"head": self.session.renderer.head(planned), "topic": str(escape(planned.title))}
        page.title = str(escape(planned.title))
        if planned.address == "":
            return content
        data = {**planned.data, "body": Markup(content)}
        return self.session.renderer.render(f"pages/{planned.template}", planned, data)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Give the theme what it may know, and put the shell in its way."""
        library = self.session.library
        kinds = [_told(library, kind) for kind in library.kinds()]
        env.globals["kepu"] = {"site": self.session.site, "as_of": library.as_of, "kinds": kinds}
        return ThemeEnvironment(env, self.session)  # type: ignore[return-value]

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files beside the pages, and last what tells of all files; they need nothing of the engine."""
        for path, content in self.session.files().items():
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        finish(Path(config.site_dir), self.session.facts, self.session.site.url)


def _told(library: Library, kind: str) -> dict[str, Any]:
    """Return what the theme may tell of a kind."""
    term = library.kind_term(kind)
    return {
        "kind": kind,
        "label": library.kind_label(kind),
        "count": len(library.records(kind)),
        "help": term.help if term else "",
    }


def _leave_out_unused(files: Files, config: MkDocsConfig) -> None:
    """Leave out the static files of the theme: our templates bring their own styles and scripts (HACKING.md)."""
    own = {config.docs_dir, config.theme.dirs[0]}
    for file in [file for file in files if file.src_dir not in own]:
        files.remove(file)


def _new_page(files: Files, config: MkDocsConfig, uri: str) -> File:
    if existing := files.get_file_from_path(uri):
        raise PluginError(
            f"\ncontent/{existing.src_uri}:1:1: 错误：这个文件会和自动生成的文件争同一个网址；请改名或删掉"
        )
    file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    files.append(file)
    return file


def _session(config: MkDocsConfig, plugin: Mapping[str, Any], published: frozenset[str]) -> Session:
    root = Path(config.config_file_path).parent.resolve()
    site = site_from(config, plugin)
    return Session(root, site, as_of(root), Path(config.theme.dirs[0]), published)


def render_site(root: Path, folder: Path, published: frozenset[str] = frozenset()) -> list[Problem]:
    """Check data and content, and render a whole site with MkDocs.

    Args:
        root: the project's folder, with ``mkdocs.yml``.
        folder: where the site's files are written; an empty or new folder.
        published: addresses of the last build's pages, where they are known; lists among them never go away.

    Returns:
        Notices about data and content.

    Raises:
        ProblemsFound: data, content or configuration are wrong; nothing was written.
    """
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
    plugin = config.plugins["kepu"]
    assert isinstance(plugin, KepuPlugin)
    plugin.published = published
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    except Abort:
        if isinstance(plugin.failure, WrongSite):
            raise ProblemsFound(plugin.failure.problems) from None
        raise
    config.plugins.on_shutdown()
    return list(plugin.notices)
