"""What the command line says of a wrong call, and the codes it ends with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.cli.main import main
from tests.support import DISTRICT, EPOCH, ROOT
from tests.support.looping import failures
from tests.support.projects import kepu, lay_project

WRONG_CALLS = (
    ["chek"],
    ["check", "--nope"],
    ["check", "no-such-file.yml"],
    ["check", "--format", "xml"],
    ["serve", "--port", "0"],
    ["serve", "--port", "web"],
    ["build", "a", "b"],
    ["build", "--previous", "no-such-folder"],
    [],
)


@pytest.mark.parametrize("call", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_ends_with_code_2_and_is_explained_in_chinese(call: list[str]) -> None:
    done = CliRunner().invoke(main, ["--root", str(DISTRICT), *call])
    assert done.exit_code == 2
    assert re.search("[\u4e00-\u9fff]", done.output)
    assert not re.search("Usage|Error|Try|Invalid|Missing|Got unexpected|No such|Options|Commands", done.output)


def test_a_folder_without_a_project_is_explained() -> None:
    done = CliRunner().invoke(main, ["--root", str(DISTRICT / "data"), "check"])
    assert done.exit_code == 2
    assert "没有 mkdocs.yml" in done.output


def test_a_clean_project_ends_with_code_0_and_one_line() -> None:
    done = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH}).invoke(main, ["--root", str(DISTRICT), "check"])
    assert (done.exit_code, done.output) == (0, "没有发现问题。\n")


@pytest.mark.parametrize("epoch", ["", " "])
def test_an_empty_epoch_is_as_good_as_none(epoch: str) -> None:
    answers = [
        CliRunner(env={"SOURCE_DATE_EPOCH": text}).invoke(main, ["--root", str(DISTRICT), "check"])
        for text in (epoch, None)
    ]
    assert answers[0].output == answers[1].output
    assert [done.exit_code for done in answers] == [0, 0]


@pytest.mark.parametrize("epoch", ["today", "99999999999999999999", "1e9"])
@pytest.mark.parametrize("call", [["check"], ["build", "out"]])
def test_an_epoch_that_is_no_number_is_explained(epoch: str, call: list[str]) -> None:
    done = CliRunner(env={"SOURCE_DATE_EPOCH": epoch}).invoke(main, ["--root", str(DISTRICT), *call])
    assert done.exit_code == 1
    assert "SOURCE_DATE_EPOCH" in done.output
    assert "不是秒数" in done.output
    assert not (DISTRICT / "out").exists()


@pytest.mark.parametrize("command", main.commands)
def test_help_is_chinese(command: str) -> None:
    done = CliRunner().invoke(main, ["--root", str(DISTRICT), command, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith("用法：")
    assert "Show this message" not in done.output


STEERING = "\x1b[31m\x07\x9b2J\u202e"


def test_nothing_that_a_record_holds_steers_a_terminal(tmp_path: Path) -> None:
    project = lay_project(tmp_path)
    mine, others = (f"summary: {text}{STEERING}。\n" for text in "甲乙")
    text = f"name: 池塘\n<<<<<<< HEAD\n{mine}=======\n{others}>>>>>>> main{STEERING}\nsources: [{{ref: plan}}]\n"
    (project / "data/bases/pond.yml").write_text(text, "utf-8")
    (project / "data/bases/wetland.yml").write_text(
        f"name: 湿地{STEERING}\nsummary：一处。\nphone: {STEERING}\n", "utf-8"
    )
    (project / f"content/files/a{STEERING}.pdf").parent.mkdir()
    (project / f"content/files/a{STEERING}.pdf").touch()
    table = tmp_path / f"科普基地{STEERING}.csv"
    table.write_text(f"名称,简介{STEERING}\n池塘{STEERING},一处。\n", "utf-8")
    calls = (
        ["check"], ["check", "--format", "json"], ["check", "--format", "github"], ["fix", "--dry-run"], ["diff"], ["report"],
        ["resolve", "--dry-run"], ["rename", f"a{STEERING}", "b"], ["build", str(tmp_path / f"out{STEERING}")],
        ["excel", "import", str(table)], ["new", "bases", "--name", STEERING], ["publish", f"no{STEERING}", f"www{STEERING}"],
    )  # fmt: skip

    def check(call: list[str]) -> None:
        done = kepu(project, *call)
        assert isinstance(done.exception, SystemExit | None), done.exception
        assert [sign for sign in STEERING if not sign.isprintable() and sign in done.output] == []

    assert failures(check, calls) == []


def test_every_command_speaks_through_the_function_that_sees_to_it() -> None:
    speaking = [path.name for path in (ROOT / "macros/cli").glob("*.py") if "click.echo(" in path.read_text("utf-8")]
    assert speaking == ["reporting.py"]
