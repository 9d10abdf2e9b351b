"""Scripts and styles ask for nothing younger than the browsers that docs/dev/checks.md names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.support import ROOT

BASELINE = {"Chromium": 86, "Safari": 14, "Firefox": 78}


@dataclass(frozen=True)
class Feature:
    """What is younger than the baseline.

    Attributes:
        pattern: where it stands in a text without comments.
        since: the first version of each browser that has it; 0 for none.
        sample: a line in which it must be found, so that the pattern is known to find something.
    """

    pattern: str
    since: tuple[float, float, float]
    sample: str


SCRIPT: Mapping[str, Feature] = {
    "logical assignment": Feature(r"(?:\?\?|\|\||&&)=", (85, 14, 79), "a ??= b"),
    "at()": Feature(r"\.at\(", (92, 15.4, 90), "list.at(-1)"),
    "structuredClone": Feature(r"\bstructuredClone\b", (98, 15.4, 94), "structuredClone(a)"),
    "Object.hasOwn": Feature(r"\bObject\.hasOwn\b", (93, 15.4, 92), "Object.hasOwn(a, b)"),
    "groupBy": Feature(r"\b(?:Object|Map)\.groupBy\b", (117, 17.4, 119), "Object.groupBy(a, b)"),
    "findLast": Feature(r"\.findLast(?:Index)?\(", (97, 15.4, 104), "list.findLast(f)"),
    "changed copies": Feature(r"\.to(?:Sorted|Reversed|Spliced)\(", (110, 16, 115), "list.toSorted()"),
    "sets": Feature(r"\.(?:union|intersection|difference|isSubsetOf|isSupersetOf)\(", (122, 17, 127), "a.union(b)"),
    "Promise.any": Feature(r"\bPromise\.(?:any|withResolvers|try)\b", (85, 14, 79), "Promise.any(all)"),
    "weak references": Feature(r"\b(?:WeakRef|FinalizationRegistry)\b", (84, 14.1, 79), "new WeakRef(a)"),
    "await of a module": Feature(r"(?m)^(?!.*\basync\b)\S.*\bawait\b", (89, 15, 89), "const a = await b;"),
    "private members": Feature(r"(?:\bthis\.#|^\s*(?:static )?#)\w", (84, 14.1, 90), "this.#a = 1"),
    "static blocks": Feature(r"\bstatic\s*\{", (94, 16.4, 93), "static { }"),
    "static fields": Feature(r"(?m)^\s+static \w+\s*[=;]", (72, 14.1, 75), "  static a = 1;"),
    "looking behind": Feature(r"\(\?<[=!]", (62, 16.4, 78), "/(?<=a)b/"),
    "flags v and d": Feature(r"/[a-z]*[vd][a-z]*\.(?:exec|test)\(", (90, 15, 88), "/a/d.exec(b)"),
    "import attributes": Feature(r"""\bfrom\s*["'][^"']+["']\s*(?:with|assert)\b""", (123, 17.2, 138), 'from "a" with'),
    "cause": Feature(r"\bnew \w*Error\([^)]*\{\s*cause\b", (93, 15, 91), "new Error(a, { cause })"),
    "signals": Feature(r"\bsignal:|\bAbortSignal\.(?:timeout|any)\b", (90, 15, 86), "{ signal: a }"),
    "Segmenter": Feature(r"\bIntl\.Segmenter\b", (87, 14.1, 125), "new Intl.Segmenter()"),
    "styles of dates": Feature(r"\b(?:dateStyle|timeStyle):", (76, 14.1, 79), "{ dateStyle: a }"),
    "requestSubmit": Feature(r"\.requestSubmit\(", (76, 16, 75), "form.requestSubmit()"),
    "showModal, popover": Feature(r"\.(?:showModal|showPopover)\(", (37, 15.4, 98), "dialog.showModal()"),
    "streams of compression": Feature(
        r"\b(?:De)?[Cc]ompressionStream\b", (80, 16.4, 113), "new DecompressionStream(a)"
    ),
    "randomUUID": Feature(r"\.randomUUID\(", (92, 15.4, 95), "crypto.randomUUID()"),
    "canParse": Feature(r"\bURL\.(?:canParse|parse)\(", (120, 17, 115), "URL.canParse(a)"),
}
"""Sources: the tables of compatibility of MDN."""

STYLE: Mapping[str, Feature] = {
    "inset": Feature(r"(?<![-\w])inset(?:-\w+)*\s*:", (87, 14.1, 66), "a { inset: 0; }"),
    "logical shorthands": Feature(
        r"(?<![-\w])(?:margin|padding)-(?:inline|block)\s*:", (87, 14.1, 66), "a { margin-inline: 0; }"
    ),
    "aspect-ratio": Feature(r"(?<![-\w(])aspect-ratio\s*:", (88, 15, 89), "a { aspect-ratio: 1; }"),
    ":has()": Feature(r":has\(", (105, 15.4, 121), "a:has(b) { }"),
    ":is(), :where()": Feature(r":(?:is|where)\(", (88, 14, 78), ":is(a, b) { }"),
    ":not() of several": Feature(r":not\([^()]*,", (88, 9, 84), "a:not(b, c) { }"),
    ":focus-visible": Feature(r"(?<!:not\():focus-visible", (86, 15.4, 85), "a:focus-visible { }"),
    "layers": Feature(r"@layer\b", (99, 15.4, 97), "@layer a;"),
    "containers": Feature(r"@container\b|(?<![-\w])container(?:-type)?\s*:", (105, 16, 110), "@container a { }"),
    "scopes, properties": Feature(r"@(?:scope|property)\b", (85, 16.4, 128), "@property --a { }"),
    "ranges of media": Feature(r"@media[^{]*[<>]", (104, 16.4, 63), "@media (width > 1rem) { }"),
    "mixed colours": Feature(
        r"\b(?:color-mix|light-dark|oklch|oklab|lch|lab)\(", (111, 16.2, 113), "a { color: lab(0 0 0); }"
    ),
    "units of small screens": Feature(r"\d[dsl]v[hw]\b", (108, 15.4, 101), "a { height: 100dvh; }"),
    "units of containers, lines": Feature(r"\d(?:cq[whib]|r?lh)\b", (105, 16, 110), "a { height: 2lh; }"),
    "subgrid": Feature(r"\bsubgrid\b", (117, 16, 71), "a { grid-template-rows: subgrid; }"),
    "overflow: clip": Feature(r"\boverflow(?:-[xy])?\s*:\s*clip\b", (90, 16, 81), "a { overflow: clip; }"),
    "transforms of one kind": Feature(
        r"(?<![-\w])(?:translate|rotate|scale)\s*:", (104, 14.1, 72), "a { rotate: 1deg; }"
    ),
}
"""What a page loses that a reader needs. `text-wrap`, `accent-color` and the like only adorn, and may stand."""

WITHOUT = {
    "overflow-wrap: anywhere": ("@supports not (overflow-wrap: anywhere)", r"overflow-wrap\s*:\s*anywhere"),
}

FLEX = "@supports not (inset: 0)"
"""Where `inset` lacks, lacks the `gap` of rows: Safari before 14.1."""

_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
_STYLE_PIECE = re.compile(r"([^{};]*)\{|([^{};]+)(?:;|(?=\}))|\}")


@dataclass(frozen=True)
class Rule:
    """One rule of a style sheet: the at-rules around it, its selectors, its declarations."""

    around: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[str, ...]


def rules(sheet: str) -> Iterator[Rule]:
    """Take a style sheet apart, as far as these checks need.

    Raises:
        ValueError: a rule lies within another.
    """
    stack: list[tuple[str, list[str]]] = []
    for piece in _STYLE_PIECE.finditer(_COMMENT.sub("", sheet)):
        if piece[1] is not None:
            if stack and not stack[-1][0].startswith("@"):
                raise ValueError(f"a rule within a rule: {piece[1].strip()}")
            stack.append((" ".join(piece[1].split()), []))
        elif piece[2] is not None and stack:
            stack[-1][1].append(" ".join(piece[2].split()))
        elif piece[0] == "}":
            head, declarations = stack.pop()
            yield Rule(
                tuple(one for one, _ in stack), tuple(re.split(r",\s*", head)), tuple(filter(None, declarations))
            )


def found(features: Mapping[str, Feature], text: str) -> list[str]:
    """Name the features that a text uses."""
    bare = re.sub(r"@supports not \([^)]*\)", "", _COMMENT.sub("", text))
    return [name for name, feature in features.items() if re.search(feature.pattern, bare)]


def run_together(sheets: Sequence[Rule]) -> list[str]:
    """Name the rows whose parts touch where flex boxes know no gap."""
    old = [rule for rule in sheets if FLEX in rule.around]
    apart = {selector.removesuffix(" > *") for rule in old for selector in rule.selectors}
    standing = {one for rule in sheets if is_no_row(rule) for one in rule.selectors}
    return [
        selector
        for rule in sheets
        if any(re.match(r"(?:column-)?gap: (?!0$)", one) for one in rule.declarations) and not is_no_row(rule)
        for selector in rule.selectors
        if selector not in apart | standing
    ]


def is_no_row(rule: Rule) -> bool:
    """Whether a rule makes a grid, columns of text, or parts below each other: these have their gaps everywhere."""
    return any(re.match(r"display: grid|columns:|flex-direction: column", one) for one in rule.declarations)


def sources() -> Iterator[tuple[str, str]]:
    """Every script and style sheet of the site, those within templates too, by name."""
    assets = ROOT / "overrides" / "assets"
    for path in sorted((*assets.rglob("*.js"), *assets.rglob("*.css"))):
        yield path.name, path.read_text("utf-8")
    for path in sorted((ROOT / "overrides").rglob("*.html")):
        for kind, text in re.findall(r"<(style|script)>(.*?)</\1>", path.read_text("utf-8"), re.DOTALL):
            yield f"{path.name}{'.css' if kind == 'style' else '.js'}", text


def test_nothing_is_younger_than_the_oldest_browsers() -> None:
    texts = dict(sources())
    assert len(texts) > 50
    wrong = {name: found(STYLE if name.endswith(".css") else SCRIPT, text) for name, text in texts.items()}
    assert {name: features for name, features in wrong.items() if features} == {}


def test_what_is_younger_stands_with_what_older_browsers_take() -> None:
    sheets = {name: text for name, text in sources() if name.endswith(".css")}
    every = "".join(sheets.values())
    for guard, pattern in WITHOUT.values():
        assert guard in every or not re.search(pattern, every)
    parts = [rule for text in sheets.values() for rule in rules(text)]
    assert run_together(parts) == [], "name them in fallbacks.css"
    for rule in parts:
        contents = [one for one in rule.declarations if one.startswith("content:")]
        assert not contents or " / " not in contents[0], rule


def test_the_check_finds_what_it_looks_for() -> None:
    for name, feature in {**SCRIPT, **STYLE}.items():
        assert name in found(SCRIPT if name in SCRIPT else STYLE, feature.sample), name
        assert any(since > oldest for since, oldest in zip(feature.since, BASELINE.values(), strict=True)), name
        assert found(SCRIPT, f"/* {feature.sample} */") == []
    row = ".a { display: flex; gap: 1rem; }"
    assert run_together(list(rules(row))) == [".a"]
    assert run_together(list(rules(f"{FLEX} {{ .a > * {{ margin: 0; }} }} {row}"))) == []
    assert run_together(list(rules(".a { display: grid; gap: 1rem } @media (x) { .a { gap: 2rem; } }"))) == []
    with pytest.raises(ValueError, match="a rule within a rule: b"):
        list(rules("a { b { color: red; } }"))


def test_the_documents_name_the_same_browsers() -> None:
    named = "、".join(f"{name} {version}" for name, version in BASELINE.items())
    for path in ("README.md", "README.zh-CN.md", "docs/dev/checks.md"):
        assert named.replace("、", ", ") in (text := (ROOT / path).read_text("utf-8")) or named in text, path
