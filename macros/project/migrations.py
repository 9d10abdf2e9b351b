"""What later versions of the generator ask of a site's files, one step a version of the models.

A step works on texts and on the values that stand in them, never on the models: a record that the new models can't read is just
what it is there for. It changes the least text that says what is new, comments and layout kept, and finds nothing to do
the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.editing.source.places import NodePlace, Places
from macros.editing.source.source_file import SourceFile, model_of, texts
from macros.editing.source.splice import set_value
from macros.records.problems import Problem
from macros.records.yaml import parse

SETTINGS = "mkdocs.yml"
Data = Mapping[str, Any]


@dataclass
class Project:
    """The files of a site while they are brought to a new version.

    Attributes:
        texts: path → text of each record, article, page by hand, vocabulary and of ``mkdocs.yml``.
        doubts: what a person has to decide, at its place.
    """

    texts: dict[str, str]
    doubts: list[Problem] = field(default_factory=list)

    def records(self, kind: str = "") -> Iterator[str]:
        """Yield the paths of the records of a kind, or of all kinds, sorted."""
        for path in sorted(self.texts):
            model = model_of(path)
            if model and kind in ("", model.kind):
                yield path

    def yaml(self, path: str) -> str:
        """Return the YAML of a file, which in a page is its front matter."""
        return SourceFile.of(path, self.texts[path]).yaml

    def set_yaml(self, path: str, yaml: str) -> None:
        """Put other YAML into a file."""
        self.texts[path] = SourceFile.of(path, self.texts[path]).with_yaml(yaml).text

    def data(self, path: str) -> Data:
        """Return the values in a file, every scalar as it is written."""
        return parse(path, self.yaml(path)).data


Step = Callable[[Project], None]


@dataclass(frozen=True)
class Migration:
    """The way from one version of the models to the next.

    Attributes:
        version: the version that it leads to.
        title: what changes, in Chinese, for the person who runs it.
        steps: what is done, in order.
    """

    version: int
    title: str
    steps: tuple[Step, ...]


MIGRATIONS: tuple[Migration, ...] = ()
"""All migrations, the earliest first; the last leads to `macros.records.model.registry.MODEL`. There is none yet: version 1 is the first."""


@dataclass(frozen=True)
class RenamedField:
    """A field of a kind gets another name.

    Attributes:
        kind: the kind of records.
        path: the way to the field from the root, its old name last; ``*`` stands for every item of a list.
        name: its new name.
    """

    kind: str
    path: tuple[str, ...]
    name: str

    def __call__(self, project: Project) -> None:
        """Write the new name over the old one, in every record that has it."""
        for path in project.records(self.kind):
            yaml = project.yaml(path)
            places = Places(yaml)
            keys = [place.key for place in _found(places, NodePlace(places.root, None, None), self.path) if place.key]
            for key in reversed(keys):
                yaml = yaml[: key.start_mark.index] + self.name + yaml[key.end_mark.index :]
            if keys:
                project.set_yaml(path, yaml)


def _found(places: Places, place: NodePlace, path: tuple[str, ...]) -> Iterator[NodePlace]:
    if not path:
        yield place
        return
    for step, child in places.children(place.node):
        if path[0] == step or (path[0] == "*" and isinstance(step, int)):
            yield from _found(places, child, path[1:])


@dataclass(frozen=True)
class SplitTerm:
    """A term of a vocabulary becomes several.

    Attributes:
        vocabulary: its name.
        old: the id of the term that goes.
        new: id → fields of the terms that come, the first in its place.
        choose: tells from a record's values which of them it gets; None if only a person can.
    """

    vocabulary: str
    old: str
    new: Mapping[str, Mapping[str, str]]
    choose: Callable[[Data], str | None]

    def __call__(self, project: Project) -> None:
        """Write the new terms into the vocabulary, and the chosen one into every record that has the old."""
        path = f"data/terms/{self.vocabulary}.yml"
        if path not in project.texts or self.old not in (terms := project.data(path)):
            return
        names = {self.old, str(terms[self.old].get("label", self.old))}
        self._change_vocabulary(project, path)
        for record in project.records():
            self._change_record(project, record, names)

    def _change_vocabulary(self, project: Project, path: str) -> None:
        yaml = project.yaml(path)
        key = next(place.key for name, place in Places(yaml).children(Places(yaml).root) if name == self.old)
        first, *others = self.new
        assert key is not None
        yaml = yaml[: key.start_mark.index] + first + yaml[key.end_mark.index :]
        for name, value in self.new[first].items():
            yaml = set_value(yaml, (first, name), value)
        for other in others:
            yaml = set_value(yaml, (other,), dict(self.new[other]))
        project.set_yaml(path, yaml)

    def _change_record(self, project: Project, path: str, names: set[str]) -> None:
        model, data = model_of(path), project.data(path)
        if model is None:
            return
        for place, described, text in texts(data, model):
            if described.vocabulary != self.vocabulary or text not in names:
                continue
            if chosen := self.choose(data):
                project.set_yaml(path, set_value(project.yaml(path), place, chosen, model))
            else:
                message = f"“{text}” 分成了 {'、'.join(self.new)}；请看内容，改成其中一个"
                file = SourceFile.of(path, project.texts[path])
                document = parse(path, file.yaml, file.first_line)
                project.doubts.append(document.problem(place, message, "split-term"))


@dataclass(frozen=True)
class RenamedSetting:
    """A setting below ``plugins → kepu`` gets another name."""

    old: str
    new: str

    def __call__(self, project: Project) -> None:
        """Write the new name over the old one."""
        text = project.texts[SETTINGS]
        places = Places(text)
        for place in _found(places, NodePlace(places.root, None, None), ("plugins", "*", "kepu", self.old)):
            if place.key:
                key = place.key
                project.texts[SETTINGS] = text[: key.start_mark.index] + self.new + text[key.end_mark.index :]
