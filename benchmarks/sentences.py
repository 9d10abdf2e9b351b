"""Write Chinese text about an entry: sentences of varied words, and prose with headings, lists and links."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import words
from benchmarks.draw import Draw
from benchmarks.outline import Entry


def sentence(draw: Draw, entry: Entry, frames: Sequence[str]) -> str:
    """Return one sentence about an entry, made from one of the frames."""
    objects, services, industries = (
        draw.some(choice.split(), 2, 2) for choice in (words.OBJECTS, words.SERVICES, words.INDUSTRIES)
    )
    return draw.one(frames).format(
        place=entry.place.name,
        topic=entry.topic if draw.chance(0.5) else draw.word(words.TOPICS[entry.field]),
        object=objects[0],
        other_object=objects[1],
        service=services[0],
        other_service=services[1],
        other=draw.word(words.BRANDS) + "文化站",
        people=draw.word(words.PEOPLE),
        activity=draw.word(words.ACTIVITIES),
        finding=draw.word(words.FINDINGS),
        industry=industries[0],
        other_industry=industries[1],
        measure=draw.word(words.MEASURES),
        result=draw.word(words.RESULTS),
        adverb=draw.word(words.ADVERBS),
        month=draw.word(words.MONTHS),
        year=draw.number(2015, 2025),
        few=draw.number(2, 9),
        days=draw.one((5, 7, 10, 15, 20)),
        number=draw.number(20, 400),
        visits=draw.number(10, 900) * 100,
    )


def about(draw: Draw, entry: Entry) -> str:
    """Return a sentence about an entry, in most cases one that suits its kind."""
    return sentence(draw, entry, words.SENTENCES[entry.kind] if draw.chance(0.8) else words.GENERAL_SENTENCES)


def line(draw: Draw, entry: Entry) -> str:
    """Return a sentence without marks of Markdown, for a field of one line."""
    return about(draw, entry).replace("*", "")


def summary(draw: Draw, entry: Entry) -> str:
    """Return one or two sentences that say what an entry is."""
    first = sentence(draw, entry, words.SUMMARIES[entry.kind])
    return first + line(draw, entry) if draw.chance(0.5) else first


def prose(draw: Draw, entry: Entry, length: int, linked: Sequence[Entry]) -> str:
    """Return CommonMark about an entry.

    Args:
        draw: decides the words.
        entry: what the text is about.
        length: number of characters, reached to within one sentence.
        linked: entries that the text links to.
    """
    blocks: list[str] = []
    waiting = list(linked)
    while (missing := length - sum(len(block) + 2 for block in blocks)) > 0:
        if len(blocks) % 4 == 2 and missing > 120:
            blocks.append(f"## {draw.word(words.HEADINGS)}")
        blocks.append(_block(draw, entry, missing, waiting))
    return "\n\n".join(blocks)


def _block(draw: Draw, entry: Entry, missing: int, waiting: list[Entry]) -> str:
    if missing > 120 and draw.chance(0.15):
        return "\n".join(f"- {line(draw, entry)}" for _ in range(3))
    paragraph = ""
    for _ in range(draw.number(2, 4)):
        if len(paragraph) < missing:
            paragraph += about(draw, entry)
    if waiting:
        other = waiting.pop()
        paragraph += f"另见[{other.name}](id:{other.id})。"
    return paragraph
