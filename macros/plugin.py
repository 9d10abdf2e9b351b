"""The door to MkDocs: the only module that knows the engine.

It opens a `Session`, gives MkDocs a page for every planned page, and answers the engine's events; what the pages say is
worked out behind it. A planned page is a `Page` whose source MkDocs never reads, and whose theme is rendered once for
each section and depth (`Shell`), which makes 3,000 pages in seconds instead of minutes (design.md, decision 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import Markup, escape
from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import templates
from pymdownx.slugs import slugify

from macros.as_of import as_of
from macros.configuration import site_from
from macros.library import Library
from macros.pages.plan import PlannedPage
from macros.pages.shell import Shell, slot
from macros.pages.workers import Rendered, render_all
from macros.records.problems import ProblemsFound, has_errors, summarize
from macros.session import Session

SHELL_TEMPLATE = "kepu-shell"


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
        """Name the template by which `ShellEnvironment` knows the page; there is no source to read."""
        self.markdown = ""
        self.meta = {"template": SHELL_TEMPLATE}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the content empty; it is made when the page is written, so that memory stays small."""
        self.content = ""


class KepuPlugin(BasePlugin[KepuConfig]):  # type: ignore[no-untyped-call]
    """Answers MkDocs' events."""

    session: Session

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Open the session and check data and content before the engine touches the site's folder."""
        try:
            self.session = _session(config, self.config)
            problems = self.session.problems()
        except ProblemsFound as found:
            problems = found.problems
        if has_errors(problems):
            lines = "\n".join(str(problem) for problem in problems)
            raise PluginError(f"\n{lines}\n{summarize(problems)}")
        # The theme's own site map would give the build's day to every page.
        config.theme.static_templates.discard("sitemap.xml")
        # Python-Markdown's own anchors drop every Chinese character and leave "_1".
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the planned pages and the navigation over them."""
        _leave_out_unused(files, config)
        for page in self.session.planned.values():
            file = _new_page(files, config, f"{page.address}index.md")
            file.edit_uri = None
            RecordPage(page, file, config)
        library = self.session.library
        config.nav = [{"首页": "index.md"}]
        config.nav += [{str(escape(library.kind_label(kind))): f"{kind}/index.md"} for kind in library.kinds()]
        for kind in library.kinds():
            listed = files.get_file_from_path(f"{kind}/index.md")
            assert listed is not None
            listed.inclusion = InclusionLevel.INCLUDED
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
            raise PluginError("\n" + str(found)) from None
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
        shells = ShellTemplate(self.session, env)
        return _ShellEnvironment(env, shells)  # type: ignore[return-value]

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files beside the pages; they need nothing of the engine."""
        for path, content in self.session.files().items():
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _told(library: Library, kind: str) -> dict[str, Any]:
    """Return what the theme may tell of a kind."""
    term = library.kind_term(kind)
    return {
        "kind": kind,
        "label": library.kind_label(kind),
        "count": len(library.records(kind)),
        "help": term.help if term else "",
    }


class _ShellEnvironment:
    """The theme's environment, except that planned pages get the shell."""

    def __init__(self, environment: jinja2.Environment, shells: ShellTemplate) -> None:
        self._environment = environment
        self._shells = shells

    def get_template(self, name: str) -> Any:
        return self._shells if name == SHELL_TEMPLATE else self._environment.get_template(name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._environment, name)


class ShellTemplate:
    """Stands for the theme's template of planned pages: renders it once per section and depth, then fills it."""

    def __init__(self, session: Session, environment: jinja2.Environment) -> None:
        self._rendered = render_all(session.renderer, tuple(session.planned.values()))
        self._early: dict[str, Rendered] = {}
        self._template = environment.get_template("main.html")
        self._shells: dict[tuple[str, int], Shell] = {}

    def render(self, context: templates.TemplateContext) -> str:
        """Return the whole page."""
        page = context["page"]
        assert isinstance(page, RecordPage)
        planned = page.planned
        key = planned.section, planned.depth
        if key not in self._shells:
            self._shells[key] = self._cut(context, page)
        rendered = self._take(planned.address)
        topic = str(escape(planned.title))
        return self._shells[key].fill({"head": rendered.head, "topic": topic, "content": rendered.content})

    def _take(self, address: str) -> Rendered:
        while address not in self._early:
            rendered = next(self._rendered)
            self._early[rendered.address] = rendered
        return self._early.pop(address)

    def _cut(self, context: templates.TemplateContext, page: RecordPage) -> Shell:
        section = _section_page(context["nav"], page.planned.section)
        if section:
            section.active = True
        frame = _frame_of(page)
        html = self._template.render({**context, "page": frame})
        if section:
            section.active = False
        return Shell.cut(html)


def _frame_of(page: RecordPage) -> SimpleNamespace:
    """Return what the theme sees of a planned page: slots, and what all pages of a section and depth share."""
    return SimpleNamespace(
        title=slot("topic"),
        content=slot("content"),
        meta={"head": slot("head"), "topic": slot("topic")},
        url=page.url,
        canonical_url=None,
        abs_url=None,
        edit_url=None,
        toc=[],
        ancestors=[],
        parent=None,
        file=page.file,
        is_homepage=False,
        is_page=True,
        is_section=False,
        previous_page=None,
        next_page=None,
        active=True,
        encrypted=False,
    )


def _leave_out_unused(files: Files, config: MkDocsConfig) -> None:
    """Leave out the static files of the theme: our templates bring their own styles and scripts (HACKING.md)."""
    own = {config.docs_dir, config.theme.dirs[0]}
    for file in [file for file in files if file.src_dir not in own]:
        files.remove(file)


def _section_page(nav: Navigation, section: str) -> Page | None:
    address = f"{section}/index.md"
    return next((item for item in nav.pages if item.file.src_uri == address), None) if section else None


def _new_page(files: Files, config: MkDocsConfig, uri: str) -> File:
    if existing := files.get_file_from_path(uri):
        raise PluginError(
            f"\ncontent/{existing.src_uri}:1:1: 错误：这个文件会和自动生成的文件争同一个网址；请改名或删掉"
        )
    file = File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    files.append(file)
    return file


def _session(config: MkDocsConfig, plugin: Mapping[str, Any]) -> Session:
    root = Path(config.config_file_path).parent.resolve()
    site = site_from(config, plugin)
    return Session(root, site, as_of(root), Path(config.theme.dirs[0]))


def render_site(root: Path, folder: Path) -> None:
    """Render a whole site with MkDocs.

    Args:
        root: the project's folder, with ``mkdocs.yml``.
        folder: where the site's files are written; an empty or new folder.

    Raises:
        PluginError: data, content or configuration are wrong; the message is in Chinese.
    """
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
