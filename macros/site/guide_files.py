"""Everything that is generated from the models for editors: tables of fields and settings, hints for editor programs, notes in examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.editing.guide import examples, field_tables, schemas
from macros.editing.source.source_file import model_of
from macros.records.model.registry import KINDS
from macros.site import settings
from macros.site.session import Session


def guide_files(session: Session) -> dict[str, bytes]:
    """Return everything that is generated for editors: path below the project's root → content.

    Args:
        session: the project.
    """
    labels = {kind: session.library.kind_label(kind) for kind in KINDS}
    texts = {
        field_tables.PATH: field_tables.text(labels),
        settings.PATH: settings.settings_document(),
        **schemas.files(session.library.collection.vocabularies, labels),
        **dict(_examples(session, labels)),
    }
    return {path: text.encode() for path, text in texts.items()}


def _examples(session: Session, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    folder = session.root / examples.FOLDER
    for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.md")]):
        where = path.relative_to(folder).as_posix()
        if model := model_of(where):
            made = examples.annotate(where, path.read_text("utf-8"), model, labels[model.kind])
            yield f"{examples.FOLDER}/{where}", made
