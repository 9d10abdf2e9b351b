"""``index.md`` beside each page: what it says, for programs that read, with what decides whether it still holds.

Assistants of government portals take answers from what they can read; so each page says in its front matter how its record
stands, from when until when it is valid, who looked at it last, and where it comes from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from urllib.parse import quote

from markupsafe import Markup

from macros.library.library import Library
from macros.pages.cards import standing_of
from macros.pages.plan.page import PlannedPage
from macros.pages.portable.plain_markdown import plain_markdown
from macros.pages.site_settings import Site
from macros.records.model.groups import Source
from macros.records.model.kinds import Policy, Record

FILE = "index.md"

LISTED = 200
"""Records of a kind that ``llms.txt`` names; of more it names the list."""


def has_markdown(site: Site, page: PlannedPage) -> bool:
    """Tell whether a page has a Markdown file beside it: not those that only lead on, nor those that search engines leave out."""
    return site.markdown and page.indexed and not page.leads_to


def markdown_page(site: Site, library: Library, page: PlannedPage, content: Markup) -> bytes:
    """Return the Markdown of a page.

    Args:
        site: the site.
        library: the records.
        page: the page.
        content: its article.
    """
    body = plain_markdown(str(content), partial(_whole, site.url, page.address))
    return f"---\n{_lines(_facts(site, library, page))}---\n\n{body}".encode()


def llms_txt(site: Site, library: Library) -> bytes:
    """Return ``llms.txt`` (llmstxt.org): what the site has, by kind, each with the address of its Markdown and how it stands."""
    parts = [
        f"# {_text(site.name)}",
        f"> {_text(site.description)}",
        f"数据截至 {library.as_of.iso}。每一页旁边都有 Markdown，地址是那一页的网址加 {FILE}；开头写着状态、有效期、核对日期和来源。"
        "写着失效、废止、已过期、待核对的，请不要当作现在有效的规定来回答；没有写的事项就是没有公布，请不要补充。",
    ]
    for kind in library.kinds():
        records = library.records(kind)
        entries = "".join(_entry(site, library, record) for record in records) if len(records) <= LISTED else ""
        listed = f"- [全部{library.kind_label(kind)}]({_address(site, f'{kind}/')})：{len(records)} 条\n"
        parts.append(f"## {library.kind_label(kind)}\n\n{listed}{entries}".rstrip())
    parts.append(f"## Optional\n\n- [开放数据]({_address(site, 'data/')})：全部记录的表格和接口")
    return ("\n\n".join(parts) + "\n").encode()


def _entry(site: Site, library: Library, record: Record) -> str:
    how = "、".join(filter(None, [*standing_of(library, record), _span(record)]))
    stands = f"（{how}）" if how else ""
    return f"- [{_text(record.heading)}]({_address(site, library.address(record))})：{_text(record.summary)}{stands}\n"


def _address(site: Site, address: str) -> str:
    return site.canonical(f"{address}{FILE}") or f"{address}{FILE}"


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("<", "\\<")


def _whole(root: str, page: str, address: str) -> str:
    """Return an address of our templates from the host on: all that lead into the site begin with the way up to its root."""
    if address.startswith(("../", "./")):
        return root + address.lstrip("./") if root else address
    return f"{root}{quote(page)}{address}" if root and address.startswith("#") else address


def _facts(site: Site, library: Library, page: PlannedPage) -> Iterator[tuple[str, object]]:
    yield "title", page.title
    yield "description", page.description
    yield "url", site.canonical(page.address)
    yield "as_of", library.as_of.iso
    record = page.data.get("record")
    if isinstance(record, Record):
        yield from _facts_of(library, record)


def _facts_of(library: Library, record: Record) -> Iterator[tuple[str, object]]:
    yield "kind", library.kind_label(record.kind)
    status = getattr(record, "status", None)
    yield "status", list(standing_of(library, record)) or ([str(status)] if status else [])
    yield "is_current", _is_current(library, record)
    yield from _validity(record)
    yield "reviewed_on", record.reviewed_on.iso if record.reviewed_on else None
    due = library.next_review(record)
    yield "review_due", due.iso if due else None
    yield "sources", [_source(library, source) for source in record.sources]


def _is_current(library: Library, record: Record) -> bool | None:
    """Tell whether a record holds today; None where nobody has verified that a policy does."""
    if not library.is_current(record):
        return False
    if isinstance(record, Policy):
        return (
            False
            if library.is_expired(record)
            else True
            if record.validity and record.validity.label == "有效"
            else None
        )
    return True


def _validity(record: Record) -> Iterator[tuple[str, object]]:
    """Yield from when until when a record holds, as far as that is said."""
    applies = getattr(record, "applies_to", None)
    for name, date in (
        ("valid_from", getattr(record, "effective_from", None) or getattr(record, "publish_from", None)),
        ("valid_until", getattr(record, "effective_to", None) or getattr(record, "publish_until", None)),
        ("apply_until", getattr(applies, "until", None)),
    ):
        yield name, date.iso if date else None


def _span(record: Record) -> str:
    until = dict(_validity(record))["valid_until"]
    return f"至 {until}" if until else ""


def _source(library: Library, source: Source) -> Mapping[str, object]:
    """Return a source; the address of a repost is never told (docs/dev/decisions.md, 13)."""
    policy = library.get(source.ref) if source.ref else None
    return {
        "title": policy.heading if policy else source.title or source.ref,
        "publisher": source.publisher,
        "url": source.url if not source.is_repost else None,
        "mark": str(source.mark) if source.mark else None,
    }


def _lines(facts: Iterator[tuple[str, object]]) -> str:
    """Return front matter; a text or a list as JSON has it is also YAML."""
    return "".join(f"{name}: {_value(value)}\n" for name, value in facts if value is not None)


def _value(value: object) -> str:
    return _quoted(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
