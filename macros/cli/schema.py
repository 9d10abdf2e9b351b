"""`kepu schema`: renew what is generated from the models for editors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.editing.guide import examples, field_tables, schemas
from macros.editing.source.source_file import model_of
from macros.records.model.registry import KINDS
from macros.records.problems import ProblemsFound, has_errors
from macros.site import settings
from macros.site.session import Session, open_session
from macros.site.whole_files import write_files

TERMS = "data/terms/"


@click.command()
@click.pass_obj
def schema(root: Path) -> None:
    """更新字段表（docs/fields.md）、设置表（docs/settings.md）、编辑器的提示（.vscode/）和例子里的说明（docs/examples/），使它们和程序一致。改了字段或词表以后运行。"""
    session = open_session(root)
    if wrong := [
        problem for problem in session.checked.problems if problem.path.startswith(TERMS) and has_errors([problem])
    ]:
        raise ProblemsFound(wrong)
    made = generated(session)
    changed = {path: content for path, content in made.items() if _present(root / path) != content}
    write_files(root, changed)
    say("\n".join(f"已更新 {path}" for path in changed) or "已经是最新的，没有改动。")


def generated(session: Session) -> dict[str, bytes]:
    """Return everything that is generated for editors: path below the project's root → content.

    Args:
        session: the project.
    """
    labels = {kind: session.library.kind_label(kind) for kind in KINDS}
    texts = {
        field_tables.PATH: field_tables.text(labels),
        settings.PATH: settings.settings_document(),
        **schemas.files(session.library.collection.vocabularies, labels),
        **dict(_examples(session.root, labels)),
    }
    return {path: text.encode() for path, text in texts.items()}


def _examples(root: Path, labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    folder = root / examples.FOLDER
    for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.md")]):
        where = path.relative_to(folder).as_posix()
        if model := model_of(where):
            made = examples.annotate(where, path.read_text("utf-8"), model, labels[model.kind])
            yield f"{examples.FOLDER}/{where}", made


def _present(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
