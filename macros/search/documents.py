"""What search knows of one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SearchDocument:
    """One page that can be found.

    Attributes:
        id: unique among all documents; results come back with it, and equal matches stand in its order.
        url: address of the page, relative to the root of the site, as ``bases/luyuan/``.
        kind: key of its kind, as ``bases``.
        kind_label: what citizens call the kind, as 科普基地.
        name: its heading.
        aliases: other names.
        attributes: facet → the labels that it has there, as ``{"level": ("省级",), "year": ("2019",)}``.
        summary: its own description.
        body: longer text, which may mention other things in passing.
        current: whether it is open or in force; others come after it among equals.
    """

    id: str
    url: str
    kind: str
    kind_label: str
    name: str
    aliases: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]
    summary: str
    body: str
    current: bool
