"""Fixtures for all tests: the invented district, the repository's own data, and a browser."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect

from macros.site.session import Session
from tests.support import CHROMIUM, DISTRICT, PATIENCE, ROOT, build_whole, open_session, serve_folder
from tests.support.projects import lay_project
from tests.support.shared import made_once

# A browser on a busy machine is slow, not wrong.
PATIENCE_IN_MILLISECONDS = PATIENCE * 1000
expect.set_options(timeout=PATIENCE_IN_MILLISECONDS)

# Properties are tested with the same examples each time, and without a limit that a busy machine would break.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_configure() -> None:
    """End previews by Ctrl-C also where a shell has started the tests in the background, which ignores it for all below."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="accept the present output of the invented district")


@pytest.fixture(scope="session")
def district() -> Session:
    """The invented district, read and planned."""
    return open_session(DISTRICT)


@pytest.fixture(scope="session")
def repository() -> Session:
    """The repository's own records."""
    return open_session(ROOT)


@pytest.fixture(scope="session")
def district_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented district's site, built whole."""
    return made_once(tmp_path_factory, "district", partial(build_whole, DISTRICT))


@pytest.fixture(scope="session")
def repository_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's site, built whole."""
    return made_once(tmp_path_factory, "repository", partial(build_whole, ROOT))


@pytest.fixture(scope="session")
def preview_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small project that is not configured yet: a preview without an address."""
    return (
        made_once(tmp_path_factory, "preview", lambda folder: build_whole(lay_project(folder), folder / "site"))
        / "site"
    )


@pytest.fixture(scope="session")
def district_address(district_site: Path) -> Iterator[str]:
    """The address at which the invented district's site is served."""
    yield from serve_folder(district_site)


@pytest.fixture(scope="session")
def repository_address(repository_site: Path) -> Iterator[str]:
    """The address at which the repository's site is served."""
    yield from serve_folder(repository_site)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use Debian's Chromium, without a sandbox, since checks run as root."""
    return {**CHROMIUM, "timeout": PATIENCE_IN_MILLISECONDS}


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """A browser whose pages are waited for as long as everything else."""
    browser = launch_browser()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("new_context", "new_page"):
            patch.setattr(browser, name, patient(getattr(browser, name)))
        yield browser
    browser.close()


def patient(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes a page or a context that waits longer."""

    def made(**settings: Any) -> Any:
        one = make(**settings)
        one.set_default_timeout(PATIENCE_IN_MILLISECONDS)
        return one

    return made
