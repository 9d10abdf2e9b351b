"""The crawl: a finished site is checked as its readers will meet it, before it goes out.

Every link, every place that a link names and every file that a page needs must be there; no page may ask a foreign host
for anything; and every page must be reachable by links from the start page, with scripts switched off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from macros.publishing.crawl.destinations import Addresses, DestinationKind, parent
from macros.publishing.crawl.link_extraction import LinkReference, Use
from macros.publishing.crawl.rules import EMPTY, LinkRules, Verdict, check_fragment
from macros.publishing.crawl.shares import Runner, one_by_one
from macros.publishing.crawl.site_files import (
    SiteDocument,
    broken_tags,
    can_be_read,
    list_files,
    read_document,
    read_text,
    tag_places,
)
from macros.records.problems import Problem

_START = "index.html"
_NOT_FOUND = "404.html"
_TRADITIONAL, _TABLE = "zh-hant/", "assets/zh-hant.js"
"""Where pages in traditional characters lie, and the file that lies in the site where there are any."""
_WHEREVER = ("https://", "http://", "/")
"""How addresses begin that lead to the same place from every page."""
_FOLLOWED = {Use.LINK, Use.REDIRECT}
_FILES = {Use.ASSET, Use.CODE}


_FILES_IN_SHARE = 400
"""Files that are read together: enough that to hand over what was found costs nothing beside reading them."""


@dataclass
class CrawledFiles:
    """What was found in some of a site's files.

    Attributes:
        problems: what is wrong in them.
        documents: the files by name, without their references, which were looked at already.
        reached: name → names of the files to which links lead.
        open: links to places in files of other shares: name, reference, and the file and the place to which it leads.
    """

    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, SiteDocument] = field(default_factory=dict)
    reached: dict[str, list[str]] = field(default_factory=dict)
    open: list[tuple[str, LinkReference, str, str]] = field(default_factory=list)


def verify(folder: Path, base_url: str | None, run: Runner = one_by_one) -> list[Problem]:
    """Crawl a finished site and return everything that is wrong with it, sorted.

    Args:
        folder: the folder of the finished site.
        base_url: the address that the folder will have, e.g. ``https://example.org/kepu/``, so that links with a host
            are known as the site's own; None where it is not known.
        run: does the reading, perhaps on all processors.

    Returns:
        Problems whose path is relative to ``folder``; all of them errors.
    """
    return sorted(_Crawl(folder, base_url).problems(run))


class _Crawl:
    """One pass over one finished site."""

    def __init__(self, folder: Path, base_url: str | None) -> None:
        self._folder = folder
        self._addresses = Addresses(base_url)
        self._files, self._symbolic_links = list_files(folder) if folder.is_dir() else ([], [])
        self._rules = LinkRules(self._addresses, self._files)
        self._in_two_scripts = _TABLE in self._files
        # A page and its twin after each other: most of their tags are the same, and what was read of one is at hand.
        readable = {name for name in self._files if can_be_read(name)}.difference(self._symbolic_links)
        self._names = sorted(readable, key=lambda name: (name.removeprefix(_TRADITIONAL), name))
        self._readable = frozenset(readable)
        self._from_top: dict[tuple[str, int], dict[LinkReference, Verdict]] = defaultdict(dict)

    def problems(self, run: Runner) -> Iterator[Problem]:
        """Yield every problem of the site."""
        yield from self._symbolic()
        starts = range(0, len(self._names), _FILES_IN_SHARE)
        whole = CrawledFiles()
        for share in run([partial(self._found, self._names[start : start + _FILES_IN_SHARE]) for start in starts]):
            yield from share.problems
            whole.documents |= share.documents
            whole.reached |= share.reached
            whole.open += share.open
        yield from self._led_astray(whole)
        yield from _unreachable(whole)

    def _found(self, names: Iterable[str]) -> CrawledFiles:
        """Read some files, and judge all that can be judged without the others."""
        share = CrawledFiles()
        share.problems += self._read(names, share)
        for document in share.documents.values():
            share.problems += self._in_itself(document)
            share.problems += self._in_references(document, share)
        share.documents = {name: _without_references(document) for name, document in share.documents.items()}
        return share

    def _led_astray(self, whole: CrawledFiles) -> Iterator[Problem]:
        """A link to a place in a file of another share leads to a place that is there."""
        for name, reference, target, fragment in whole.open:
            document = whole.documents.get(target)
            if document is None or document.identifiers is None:
                continue
            verdict = check_fragment(target, fragment, document.identifiers)
            if verdict.rule:
                yield self._told(whole.documents[name], reference, verdict)

    def _symbolic(self) -> Iterator[Problem]:
        """A symbolic link would be lost, or lead out of the site, when the folder is copied to a host."""
        for name in self._symbolic_links:
            yield _problem(name, "symbolic-link", "这是一个符号链接，发布后会失效；请改为真正的文件或文件夹")

    def _read(self, names: Iterable[str], share: CrawledFiles) -> Iterator[Problem]:
        """Read files that refer to others into a share; what cannot be read is a problem."""
        for name in names:
            try:
                share.documents[name] = read_document(name, read_text(self._folder / name))
            except UnicodeDecodeError:
                yield _problem(name, "not-utf-8", "文件不是 UTF-8 编码；请改存为 UTF-8")
            except ValueError:
                yield _problem(name, "broken-manifest", "网页应用清单不是合法的 JSON 对象；请检查逗号和引号")

    def _in_itself(self, document: SiteDocument) -> Iterator[Problem]:
        """A page's tags are closed, and its ids differ, so that a link leads to one place."""
        if document.broken:
            message = "标签没有写完，后面的内容会被浏览器吞掉；请补上引号或 “>”"
            for offset in broken_tags(self._source(document)):
                yield self._at(document, offset, "broken-markup", message)
        for identifier in document.repeated:
            message = f"id “{identifier}” 在本页出现了不止一次，链接只能到第一处；请改成不同的名字"
            for offset in self._repetitions(document, identifier):
                yield self._at(document, offset, "duplicate-id", message)

    def _repetitions(self, document: SiteDocument, identifier: str) -> list[int]:
        """Return the offsets of all tags with an id but the first."""
        return list(tag_places(self._source(document), lambda marks: marks.identifier == identifier))[1:]

    def _in_references(self, document: SiteDocument, share: CrawledFiles) -> Iterator[Problem]:
        """Every address of a file leads to where it may lead."""
        directory = self._start_of(document)
        depth, known = directory.count("/"), self._known_from(directory)
        reached = share.reached.setdefault(document.name, [])
        for reference in document.references:
            verdict = known.get(reference)
            if verdict is None:
                start = document.directory if reference.use is Use.BASE else directory
                verdict = self._verdict(document, start, reference, share)
                if _is_from_top(reference, depth):
                    known[reference] = verdict
            if verdict.target and reference.use in _FOLLOWED:
                reached.append(verdict.target)
                if self._crosses(document.name, verdict.target):
                    message = f"链接 “{reference.address}” 从一种字体的页面通到另一种的；请链接到同一种字体的那一页"
                    yield self._at(document, self._place(document, reference), "crossed-scripts", message)
            if verdict.rule:
                yield self._told(document, reference, verdict)

    def _known_from(self, directory: str) -> dict[LinkReference, Verdict]:
        """Return the verdicts on addresses that mean the same in all folders of this depth below one of the site's own."""
        return self._from_top[directory.partition("/")[0], directory.count("/")]

    def _told(self, document: SiteDocument, reference: LinkReference, verdict: Verdict) -> Problem:
        message = verdict.message.replace("%s", reference.address, 1)
        return self._at(document, self._place(document, reference), verdict.rule, message)

    def _crosses(self, name: str, target: str) -> bool:
        """Tell whether a link leaves a page's script by accident: for another page than its twin, though there is one in its own."""
        if not self._in_two_scripts or name.endswith(_NOT_FOUND):
            return False
        if name.startswith(_TRADITIONAL) == target.startswith(_TRADITIONAL):
            return False
        return _twin_of(name) != target and {_twin_of(name), _twin_of(target)} <= self._readable

    def _start_of(self, document: SiteDocument) -> str:
        """Return the folder that relative addresses start from, which a ``<base>`` may move."""
        for reference in document.references:
            if reference.use is Use.BASE:
                destination = self._addresses.resolve(document.directory, reference.address)
                return (
                    parent(f"{destination.name}/") if destination.kind is DestinationKind.INSIDE else document.directory
                )
        return document.directory

    def _verdict(
        self, document: SiteDocument, directory: str, reference: LinkReference, share: CrawledFiles
    ) -> Verdict:
        """Return what is wrong with one address of a file, as far as its share can tell."""
        use, whole = reference
        address, _, fragment = whole.partition("#")
        if not whole and use in _FILES:
            return EMPTY
        if not address or address.startswith("?"):
            verdict = Verdict(document.name)
        elif address.startswith(_WHEREVER):
            verdict = self._rules.check(use, "", address)
        else:
            # `../../x` from every page of a folder is `x` from the top: looked up once for all of them.
            to_top = "../" * directory.count("/")
            if to_top and address.startswith(to_top):
                directory, address = "", address[len(to_top) :]
            while directory and address.startswith("../"):
                directory, address = parent(directory), address[3:]
            verdict = self._rules.check(use, directory, address)
        if not fragment or verdict.target not in self._readable:
            return verdict
        target = share.documents.get(verdict.target)
        if target is None:
            share.open.append((document.name, reference, verdict.target, fragment))
        if target is None or target.identifiers is None:
            return verdict
        return check_fragment(verdict.target, fragment, target.identifiers)

    def _source(self, document: SiteDocument) -> str:
        """Return the text of a file again: problems are few, and keeping every page would fill the memory."""
        return read_text(self._folder / document.name)

    def _place(self, document: SiteDocument, reference: LinkReference) -> int:
        """Return the offset of the first tag that names an address, or of the address in a file of another language."""
        source = self._source(document)
        if document.identifiers is None:
            return max(source.find(reference.address), 0)
        return next(tag_places(source, lambda marks: reference in marks.references), 0)

    def _at(self, document: SiteDocument, offset: int, rule: str, message: str) -> Problem:
        """Return a problem at an offset of a file."""
        before = self._source(document)[:offset]
        return Problem(document.name, before.count("\n") + 1, offset - before.rfind("\n"), message, rule)


def _is_from_top(reference: LinkReference, depth: int) -> bool:
    """Tell whether an address leads up to one of the site's own folders, or to all of them, and names no place."""
    use, address = reference
    leads_up = depth > 1 and address.startswith("../" * (depth - 1))
    return leads_up and "#" not in address and use is not Use.BASE


def _without_references(document: SiteDocument) -> SiteDocument:
    """Return a file with no more of its references than say that it leads on."""
    return replace(document, references=tuple(one for one in document.references if one.use is Use.REDIRECT))


def _unreachable(whole: CrawledFiles) -> Iterator[Problem]:
    """Every page is reachable by links from the start page; pages that nobody should look for are excepted."""
    if _START not in whole.documents:
        yield _problem(_START, "missing-start-page", "没有首页 index.html；请检查网站是否生成完整")
        return
    reached = _follow(_START, whole.reached)
    for document in whole.documents.values():
        excepted = document.name.endswith(_NOT_FOUND) or document.noindex or document.leads_on
        if document.is_page and document.name not in reached and not excepted:
            message = "从首页出发，没有链接通到这一页；请在能到达的页面上加一个链接，或删除这一页"
            yield _problem(document.name, "unreachable-page", message)


def _follow(start: str, links: dict[str, list[str]]) -> set[str]:
    """Return the pages that links lead to from one page on."""
    reached = {start}
    waiting = [start]
    while waiting:
        for target in links.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached


def _twin_of(name: str) -> str:
    """Return the same page in the other script."""
    return name.removeprefix(_TRADITIONAL) if name.startswith(_TRADITIONAL) else _TRADITIONAL + name


def _problem(name: str, rule: str, message: str) -> Problem:
    """Return a problem of a whole file."""
    return Problem(name, 1, 1, message, rule)
