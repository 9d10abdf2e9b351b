"""The record generator: clean, complete, the same each time, and the same records however they are written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from benchmarks import yamltext
from benchmarks.draw import Draw
from benchmarks.outline import PLACE_NAMES
from benchmarks.records import AS_OF, write_project
from macros.cli.main import main
from macros.records import yaml

COUNT = 200


def texts(project: Path) -> dict[str, bytes]:
    """Return every file of a project's data by its path."""
    data = project / "data"
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*.yml")}


@pytest.fixture(scope="module")
def neat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("neat")
    write_project(project, COUNT)
    return project


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("untidy")
    write_project(project, COUNT, untidy=True)
    return project


@pytest.mark.parametrize("form", ["neat", "untidy"])
def test_check_finds_nothing(form: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(AS_OF))
    project: Path = request.getfixturevalue(form)
    result = CliRunner().invoke(main, ["--root", str(project), "check"])
    assert result.exit_code == 0, result.output


def test_all_kinds_in_sensible_shares(neat: Path) -> None:
    shares = Counter(path.split("/")[0] for path in texts(neat))
    del shares["terms"]
    assert shares == {"bases": 70, "policies": 50, "incubators": 30, "targets": 30, "platforms": 20}


def test_same_seed_same_bytes_other_seed_others(neat: Path, tmp_path: Path) -> None:
    write_project(tmp_path / "again", COUNT)
    write_project(tmp_path / "other", COUNT, seed=2)
    assert texts(tmp_path / "again") == texts(neat) != texts(tmp_path / "other")


def test_untidy_files_say_the_same(neat: Path, untidy: Path) -> None:
    for path, raw in texts(neat).items():
        other = (untidy / "data" / path).read_bytes()
        assert stripped(yaml.read(path, raw).data) == stripped(yaml.read(path, other).data)


def stripped(value: object) -> object:
    """Return a value without the line break at the end of block texts, which means nothing."""
    if isinstance(value, dict):
        return {key: stripped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [stripped(inner) for inner in value]
    return value.rstrip("\n") if isinstance(value, str) else value


def test_untidy_files_have_all_that_editing_must_keep(untidy: Path) -> None:
    text = b"\n".join(texts(untidy).values()).decode()
    assert "\n# " in text
    assert ": {" in text
    assert ": [" in text
    assert max(map(len, text.splitlines())) > 300
    assert {len(line) - len(line.lstrip(" ")) for line in text.splitlines()} > {1, 2, 3, 4, 5}


@pytest.mark.parametrize("length", [0, 800])
def test_bodies_have_the_length_asked_for(length: int, tmp_path: Path) -> None:
    write_project(tmp_path, 20, body=length)
    bodies = [yaml.read(path, raw).data.get("body", "") for path, raw in texts(tmp_path).items() if "terms" not in path]
    assert all(length <= len(body) <= length + 150 for body in bodies)


def test_never_writes_over_a_project(neat: Path) -> None:
    with pytest.raises(FileExistsError):
        write_project(neat, 1)


def test_no_place_is_a_real_one_of_the_district() -> None:
    assert not {"白沙", "荷塘", "棠下", "杜阮", "环市", "潮连"} & set(PLACE_NAMES)


@pytest.mark.parametrize(
    "text", ["C #1 楼", "甲: 乙", "'引号'", '"引号"', "[甲，乙]", "- 甲", "null", "~", "#", "甲:", "“引号”", "{a}"]
)
def test_text_of_any_kind_comes_back(text: str) -> None:
    fields: yamltext.Fields = {"name": text, "aliases": [text], "contact": {"person": text}}
    for seed in range(20):
        for written in (yamltext.neat(fields), yamltext.untidy(fields, Draw(Random(seed)))):
            assert yaml.read("a.yml", written.encode()).data == fields
