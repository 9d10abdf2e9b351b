"""Continuous integration: what it runs exists, actions are pinned, and nothing may more than it needs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.cli.main import main
from tests.support import DISTRICT, ENVIRONMENT, ROOT, serve_folder

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
OTHERS = [ROOT / ".gitlab-ci.yml", *sorted((ROOT / ".workflow").glob("*.yml"))]
WRITES = {"pages", "id-token"}


def read(path: Path) -> dict[str, Any]:
    """Read a workflow; YAML 1.1 takes the key ``on`` for a truth value."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def steps(path: Path) -> list[dict[str, Any]]:
    """Return all steps of a workflow."""
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_their_whole_hash_and_name_their_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used
    assert len(used) == sum("uses" in step for step in steps(path))
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_an_action_has_one_version() -> None:
    used = {action for path in WORKFLOWS for action in re.findall(r"uses: (\S+)", path.read_text("utf-8"))}
    assert len({action.split("@")[0] for action in used}) == len(used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_permissions_are_the_least(path: Path) -> None:
    workflow = read(path)
    jobs = workflow["jobs"]
    writing = [name for name, job in jobs.items() if "write" in job.get("permissions", {}).values()]
    assert set(workflow["permissions"].values()) <= {"read"}
    for name in writing:
        assert {scope for scope, may in jobs[name]["permissions"].items() if may == "write"} == WRITES
        assert not any("run" in step or "checkout" in step["uses"] for step in jobs[name]["steps"])
    assert len(writing) == (path.name == "publish.yml")
    for step in steps(path):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_from_outside_becomes_a_part_of_a_script(path: Path) -> None:
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_job_ends(path: Path) -> None:
    assert all(job["timeout-minutes"] <= 60 for job in read(path)["jobs"].values())


@pytest.mark.parametrize("path", [*WORKFLOWS, *OTHERS], ids=lambda path: path.name)
def test_what_is_run_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    for script in re.findall(r"(\.ci/[a-z-]+)(?=\s|$)", text):
        assert os.access(ROOT / script, os.X_OK), script
    for command in re.findall(
        r"^[\s-]*(?:run: |if .*then |python -m macros )?(?:kepu|macros) ([a-z]+)", text, re.MULTILINE
    ):
        assert command in main.commands, command
    for module in re.findall(r"python -m (macros\.[a-z.]+)", text):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_other_hosts_have_their_files(path: Path) -> None:
    assert isinstance(read(path), dict)


def scripts() -> Iterator[tuple[str, str]]:
    """Yield every script that is run anywhere, with a name for it."""
    for path in WORKFLOWS:
        for number, step in enumerate(steps(path)):
            if "run" in step:
                yield f"{path.name} {number}", step["run"]
    for path in OTHERS:
        for number, lines in enumerate(_command_lists(read(path))):
            yield f"{path.name} {number}", "\n".join(lines)
    for path in sorted((ROOT / ".ci").iterdir()):
        if path.read_bytes().startswith(b"#!"):
            yield path.name, path.read_text("utf-8")


def _command_lists(part: Any) -> Iterator[list[str]]:
    """Yield the lists of commands in the file of another host, wherever they stand."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"script", "before_script", "after_script", "commands"}:
                yield value
            else:
                yield from _command_lists(value)
    elif isinstance(part, list):
        for item in part:
            yield from _command_lists(item)


SCRIPTS = dict(scripts())


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_well_formed(name: str) -> None:
    done = subprocess.run(["bash", "-n"], input=SCRIPTS[name], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", SCRIPTS)
def test_make_is_asked_for_what_it_knows(name: str) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for target in re.findall(r"(?:^|[;&|]\s*)make ([a-z-]+)", SCRIPTS[name], re.MULTILINE):
        assert target in targets


def test_there_are_scripts_of_every_host() -> None:
    assert {name.split()[0] for name in SCRIPTS} >= {*(path.name for path in (*WORKFLOWS, *OTHERS)), "pages", "run"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_job_waits_for_and_when_it_runs_can_be(path: Path) -> None:
    workflow = read(path)
    for job in workflow["jobs"].values():
        assert {job.get("needs")} - {None} <= workflow["jobs"].keys()
    # YAML 1.1 reads the key as true.
    events = workflow[True]  # type: ignore[index]
    assert events.keys() <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    for timer in events.get("schedule", []):
        assert re.fullmatch(r"([0-5]?\d) ([01]?\d|2[0-3]) \* \* \*", timer["cron"])


def test_pull_requests_are_compared_with_what_they_are_for(tmp_path: Path) -> None:
    [script] = [text for text in SCRIPTS.values() if 'kepu check --base "$BASE"' in text]
    (tmp_path / "kepu").write_text('#!/bin/sh\necho "$@"\n', "utf-8")
    (tmp_path / "kepu").chmod(0o755)
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=tmp_path, check=True)
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, "commit", "--quiet", "--allow-empty", "-m", "a"], cwd=tmp_path, check=True)
    for base, used in (("main", "main"), ("0" * 40, "HEAD"), ("", "HEAD")):
        environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "BASE": base}
        command = ["bash", "-e", "-c", script]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.stdout == f"check --base {used} --format github\n", done.stderr


def run_pages(tmp_path: Path, address: str, new: str = "", most: str = "100000000") -> subprocess.CompletedProcess[str]:
    """Run ``.ci/pages`` on the invented district, with a bound in bytes for what it fetches."""
    environment = {**ENVIRONMENT, "NEW": new, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    script = (
        (ROOT / ".ci" / "pages")
        .read_text("utf-8")
        .replace('cd "$(dirname "$0")/.."', "")
        .replace("python -m macros ", f"python -m macros --root {DISTRICT} ")
        .replace("--max-filesize 100000000 ", f"--max-filesize {most} ")
    )
    command = ["bash", "-c", script, "pages", "public", address]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)


@pytest.mark.audit
def test_pages_are_built_against_what_is_published(tmp_path: Path) -> None:
    public = tmp_path / "public"
    for address in serve_folder(public):
        unmeant = run_pages(tmp_path, address)
        assert unmeant.returncode == 1
        assert "set NEW=1" in unmeant.stdout
        first = run_pages(tmp_path, address, new="1")
        assert first.returncode == 0, first.stdout + first.stderr
        assert "Nothing is published" in first.stdout
        assert (public / ".nojekyll").is_file()
        again = run_pages(tmp_path, address)
        assert again.returncode == 0, again.stdout + again.stderr
        note = (public / "build.json").read_text("utf-8")
        (public / "build.json").write_text(note.replace('"az/index.html"', '"lost/index.html"'), "utf-8")
        lost = run_pages(tmp_path, address)
        assert lost.returncode == 1
        assert "上次发布的网址 /lost/ 没有了" in lost.stdout
        most = str((public / "build.json").stat().st_size - 1)
        large = run_pages(tmp_path, address, most=most)
        assert large.returncode == 63, "curl's code for a file that is too large"
        assert "/lost/" not in large.stdout
    unknown = run_pages(tmp_path, "http://127.0.0.1:1/")
    assert unknown.returncode != 0, "an address that does not answer must not pass for a first publication"
