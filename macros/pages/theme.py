"""Where templates, styles, scripts and pictures of pages come from: a site's own folder first, then the generator's.

A site takes the generator's by installing a version of it, and keeps only what it changes: copies that somebody has edited
would never get what later versions mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import BaseLoader, FileSystemLoader

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Theme:
    """Folders of templates and what belongs to them.

    Attributes:
        folders: the folders; a file of an earlier one takes the place of its namesake in a later.
    """

    folders: tuple[Path, ...]

    @property
    def loader(self) -> BaseLoader:
        """Finds templates by their names below the folders."""
        return FileSystemLoader(self.folders)

    def find(self, name: str) -> Path | None:
        """Return the file of a name; None if there is none.

        Args:
            name: the path below a folder, with slashes, e.g. ``assets/images/favicon.svg``.
        """
        return next((path for folder in self.folders if (path := folder / name).is_file()), None)

    def read(self, name: str) -> str:
        """Return the text of a file.

        Raises:
            FileNotFoundError: there is none of this name.
        """
        path = self.find(name)
        if path is None:
            raise FileNotFoundError(name)
        return path.read_text("utf-8")

    def files(self, folder: str, pattern: str = "*") -> Mapping[str, Path]:
        """Return the files below a folder, by name below that folder, sorted.

        Args:
            folder: below the theme's folders, e.g. ``assets/javascripts``.
            pattern: of the files' own names.
        """
        found: dict[str, Path] = {}
        for base in reversed([one / folder for one in self.folders]):
            found |= {path.relative_to(base).as_posix(): path for path in base.rglob(pattern) if path.is_file()}
        return dict(sorted(found.items()))


def packaged(name: str, beside: str) -> Path:
    """Return a folder that comes with the generator: inside of the package that is installed, beside it in a checkout.

    Args:
        name: its name in the package (``package-dir`` in ``pyproject.toml``).
        beside: its path in the repository.
    """
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / beside


def theme_of(own: Path | None = None) -> Theme:
    """Return the theme of a site.

    Args:
        own: the site's own folder of templates, if it has one.
    """
    generators = packaged("overrides", "overrides").resolve()
    is_own = own is not None and own.is_dir() and own.resolve() != generators
    return Theme((own.resolve(), generators) if own and is_own else (generators,))
