"""Build a site whole: render into a fresh folder, crawl it, and only then swap it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from macros.addresses.compared import compare
from macros.addresses.redirects import HOSTED, read_hosted
from macros.publishing.crawl.crawl import verify
from macros.publishing.crawl.destinations import Addresses, DestinationKind
from macros.publishing.crawl.page_checks import check_pages
from macros.publishing.release.inventory import Inventory, read_inventory
from macros.publishing.release.swap import replacing
from macros.records.problems import Problem, ProblemsFound, has_errors
from macros.site.configuration import read_configuration
from macros.site.fingerprint import inputs_of, load, save
from macros.site.plugin import render_site
from macros.site.pool import in_parallel


@dataclass(frozen=True)
class Demands:
    """What is asked of a build beyond being sound.

    Attributes:
        previous: the last build, whose addresses must go on answering; None where there is none.
        allowed: so many of them may be lost.
        bundle: the site shall offer itself as one zip, whatever the configuration says.
    """

    previous: Inventory | None = None
    allowed: int = 0
    bundle: bool = False

    @property
    def as_text(self) -> tuple[str, ...]:
        """The demands as text, equal for equal ones."""
        return (self.previous.digest if self.previous else "", str(self.allowed), "bundle" if self.bundle else "")


def build_site(
    root: Path, out: Path, demands: Demands = Demands(), tell: Callable[[str], None] = lambda step: None
) -> list[Problem]:
    """Build the site of a project into a folder.

    Args:
        root: the project's folder.
        out: the folder of the finished site; replaced as a whole, or untouched on any failure.
        demands: what is asked of the build.
        tell: takes what begins, in Chinese, so that people see that work goes on.

    Returns:
        Notices; errors are raised.

    Raises:
        ProblemsFound: the crawl found a dead link, a foreign request or the like, or an address was lost.
        PublishingError: the folder can't be written or replaced.
    """
    site, inputs = read_configuration(root).site, inputs_of(root, demands.as_text)
    if inputs and (notices := load(out, inputs)) is not None:
        tell("内容和程序都没有改动，网站不用重新生成。")
        return notices
    with replacing(out, root) as folder:
        tell("检查数据和页面，生成网站 …")
        published = demands.previous.addresses if demands.previous else frozenset()
        notices = render_site(root, folder, published, demands.bundle)
        tell("核对链接、页面和文件 …")
        problems = _without_repetition(problems_of(folder, site.url or None, demands))
        if has_errors(problems):
            raise ProblemsFound(problems)
    # What was edited while the build ran may stand in one half of the site only.
    if inputs and inputs == inputs_of(root, demands.as_text):
        save(out, inputs, [*notices, *problems])
    return [*notices, *problems]


def problems_of(folder: Path, base_url: str | None, demands: Demands) -> list[Problem]:
    """Return everything that is wrong with a finished site, sorted.

    Args:
        folder: the site, with its inventory.
        base_url: the site's own address; None where it is not known.
        demands: what is asked of it.
    """
    files = read_inventory(folder).files
    problems = [*verify(folder, base_url, in_parallel), *check_pages(folder, files, in_parallel)]
    if demands.previous:
        problems += compare(demands.previous.files, files, redirects_of(folder, base_url), demands.allowed)
    return sorted(problems)


def redirects_of(folder: Path, base_url: str | None) -> dict[str, str]:
    """Return where the redirects of a finished site lead: file → file, POSIX form, relative to the site's folder.

    Args:
        folder: the site.
        base_url: the site's own address; None where it is not known.
    """
    path, addresses = folder / HOSTED, Addresses(base_url)
    pairs = read_hosted(path.read_text("utf-8")) if path.is_file() else []
    return {_file(addresses, old): _file(addresses, new) for old, new in pairs}


def _file(addresses: Addresses, address: str) -> str:
    destination = addresses.resolve("", address)
    return destination.name if destination.kind is DestinationKind.INSIDE else address


def _without_repetition(problems: list[Problem]) -> list[Problem]:
    """Report a fault that many pages share, such as one in the header, once, and on how many pages it stands."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(f"{problem.rule} {problem.message.replace('../', '')}", []).append(problem)
    return [_without_repeats(group) for group in groups.values()]


def _without_repeats(group: list[Problem]) -> Problem:
    first = group[0]
    return replace(first, message=f"{first.message}（共 {len(group)} 页如此）") if len(group) > 1 else first
