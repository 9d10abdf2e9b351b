"""Random edits of a small project, right and wrong, as editors and programs make them."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.support.projects import base, policy

TOWNS, KINDS, READINGS = "data/terms/towns.yml", "data/terms/kinds.yml", "data/terms/readings.yml"
TEXTS = [
    base(), base("town: east\n"), base("town: 西镇\nbody: |\n  看[湖](id:lake)和[无](id:nowhere)。\n"), base("draft: 是\n"),
    base("merged_into: pond\n"), base("split_into: [lake, wetland]\n"), base("former_ids: [old, lake]\n"), base("town: north\n"),
    base("images: [{file: a.jpg, alt: 甲}]\nbody: |\n  ![甲](b.jpg)\n"), base("reviewed_on: 2027-01-01\n", name="重庆"),
    base("reviewed_on: 2026-01-01\nchanges:\n  - {date: 2026-01-02, text: 改了。}\n", name="长隆"), "name：甲\n", "", "- a\n",
    base("body: |\n  <b>甲</b>\n", name="'甲'"), base("recognitions: [{title: 甲, level: 省级, stage: held, valid_to: 2027}]\n"),
    base("name: 乙\n"), base("status: 已关闭\nstatus: 开放\n"),
]  # fmt: skip
POLICIES = [
    policy(), policy("replaces: [plan]\n"), policy("replaces: [rules]\n"), policy("validity: 有效\npublished: 2026-02-03\n"),
    policy("doc_no: 一号\n"), policy("applies_to: {until: 2027-01-01}\n"), policy("type: 通知\n"), "name: [\n",
]  # fmt: skip
WORDS = {
    TOWNS: [
        "east: {label: 东镇, order: 1}\nwest: {label: 西镇, order: 2}\n",
        "east: {label: 东乡, order: 2}\n",
        "a:b\n",
        "",
    ],
    READINGS: ["重庆: chong qing\n", "长隆: chang long\n", "长隆: x\n"],
    KINDS: ["bases: {label: 基地, order: 1, months: 6}\n", "bases: {label: 科普基地, order: 1}\n"],
}
NAMES = ["pond", "lake", "marsh", "old", "Wrong"]


def write(project: Path, path: str, text: str) -> None:
    """Write a file of a project."""
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, "utf-8")


class Editor:
    """Makes random edits in a project, and says which files they touch."""

    def __init__(self, project: Path, seed: int) -> None:
        self.project, self.random = project, random.Random(seed)
        self.kinds: list[Callable[[], set[str]]] = [
            self.write_base, self.write_base, self.write_policy, self.remove, self.rename, self.touch, self.write_words,
            self.write_picture, self.write_article,
        ]  # fmt: skip

    def edit(self) -> set[Path]:
        """Make one to three edits; return the paths of all files that may differ."""
        return {
            self.project / path for _ in range(self.random.randint(1, 3)) for path in self.random.choice(self.kinds)()
        }

    def put(self, path: str, text: str) -> set[str]:
        write(self.project, path, text)
        return {path}

    def write_base(self) -> set[str]:
        return self.put(f"data/bases/{self.random.choice(NAMES)}.yml", self.random.choice(TEXTS))

    def write_policy(self) -> set[str]:
        return self.put(
            f"data/policies/{self.random.choice(['plan', 'rules', 'pond'])}.yml", self.random.choice(POLICIES)
        )

    def write_words(self) -> set[str]:
        path = self.random.choice(list(WORDS))
        return self.put(path, self.random.choice(WORDS[path]))

    def write_picture(self) -> set[str]:
        return self.put(
            f"content/files/bases/{self.random.choice(NAMES)}/{self.random.choice('ab')}.jpg", "GIF89a"
        )  # Shown also as .jpg.

    def write_article(self) -> set[str]:
        extra = self.random.choice(["", "related: [pond]\n", "former_ids: [lake]\n"])
        front = f"title: 风\nsummary: 一篇。\nsources: [{{ref: plan}}]\n{extra}"
        return self.put("content/articles/wind.md", f"---\n{front}---\n\n文字。\n")

    def any_file(self) -> Path:
        return self.random.choice(sorted(self.project.glob("data/[bp]*/*.yml")))

    def remove(self) -> set[str]:
        path = self.any_file()
        path.unlink()
        return {path.relative_to(self.project).as_posix()}

    def rename(self) -> set[str]:
        path = self.any_file()
        new = path.with_stem(self.random.choice(NAMES))
        path.replace(new)
        return {found.relative_to(self.project).as_posix() for found in (path, new)}

    def touch(self) -> set[str]:
        path = self.any_file()
        os.utime(path, ns=(1, self.random.randint(1, 10**9)))
        return set()
