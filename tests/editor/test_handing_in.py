"""What was changed is handed in whole, merged with what others did, or nothing has moved; each outcome is told in words."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest

from macros.editing.resolving import Side
from macros.editor import handing_in, own_state
from macros.editor.before_handing_in import left_over, unsent
from macros.editor.hand_in_words import HandInOutcome, HandInResult, outcome
from macros.editor.handing_in import HandInChoices, hand_in
from macros.editor.reasons import reasons
from macros.editor.remote import Remote, RemoteAnswer, request_address, understood
from macros.editor.store import Store
from macros.site.git import GitAnswer
from tests.editor.projects import (
    BRANCH,
    LAKE,
    LAKE_TEXT,
    POND,
    POND_TEXT,
    commit,
    git,
    hand_in_as_colleague,
    lay_pair,
    lay_repository,
    text_at,
    write,
)
from tests.support import EPOCH
from tests.support.looping import failures
from tests.support.systems import needs_git

pytestmark = needs_git

KILLS = 30


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def sent(project: Path, choices: HandInChoices | None = None, message: str = "更正池塘") -> HandInOutcome:
    """Hand in without the whole check, which is looked at by itself."""
    return hand_in(project, message, choices or HandInChoices(), errors=list)


def is_clean(project: Path) -> bool:
    """Tell whether nothing differs from the last commit."""
    return git(project, "status", "--porcelain").strip() == ""


def test_changes_are_handed_in_and_merged_with_those_of_others(tmp_path: Path) -> None:
    project, bare, other = lay_pair(tmp_path)
    assert sent(project).result is HandInResult.NOTHING
    mine = POND_TEXT.replace("一处。", "一处池塘。").replace("# 问馆长", "# 问新馆长")
    write(project, {POND: mine, "data/bases/brook.yml": LAKE_TEXT.replace("湖", "溪"), "macros.txt": "不是记录"})
    hand_in_as_colleague(other, {POND: POND_TEXT.replace("1234567", "7654321"), LAKE: None, "README.md": "新的"})
    assert sent(project, message="更正池塘的简介\n\n- 新增溪").result is HandInResult.DONE
    assert text_at(bare, POND) == mine.replace("1234567", "7654321") == (project / POND).read_text("utf-8")
    assert not (project / LAKE).exists()
    assert (project / "README.md").read_text("utf-8") == "新的"
    assert git(project, "status", "--porcelain").strip() == "?? macros.txt"
    assert git(bare, "log", "-1", "--format=%an|%s|%b", BRANCH).strip() == "甲|更正池塘的简介|- 新增溪"
    assert sent(project).result is HandInResult.NOTHING
    hand_in_as_colleague(other, {POND: POND_TEXT})
    assert sent(project).result is HandInResult.UPDATED
    assert (project / POND).read_text("utf-8") == POND_TEXT


def test_what_both_changed_is_asked_field_by_field(tmp_path: Path) -> None:
    project, bare, other = lay_pair(tmp_path)
    mine = POND_TEXT.replace("一处。", "甲的。").replace("1234567", "1111111")
    write(project, {POND: mine, LAKE: None})
    theirs = POND_TEXT.replace("一处。", "乙的。").replace("1234567", "2222222").replace("[小池]", "[小池, 塘]")
    hand_in_as_colleague(other, {POND: theirs, LAKE: LAKE_TEXT.replace("一处湖", "大湖")})
    asked = sent(project)
    assert asked.result is HandInResult.CONFLICTS
    found = {(one.path, one.conflict.name): (one.conflict.mine, one.conflict.theirs) for one in asked.conflicts}
    assert found[POND, "summary"] == ("甲的。", "乙的。")
    assert found[POND, "contact.phone"] == ("0750-1111111", "0750-2222222")
    assert found.keys() == {(POND, "summary"), (POND, "contact.phone"), (LAKE, "file")}
    assert (project / POND).read_text("utf-8") == mine
    sides = {POND: {"summary": Side.OURS, "contact.phone": Side.THEIRS}, LAKE: {"file": Side.THEIRS}}
    hand_in_as_colleague(other, {"README.md": "又一次"})
    assert sent(project, HandInChoices(asked.upstream, sides)).result is HandInResult.CONFLICTS
    done = sent(project, HandInChoices(git(bare, "rev-parse", BRANCH).strip(), sides))
    assert done.result is HandInResult.DONE
    assert text_at(bare, POND) == theirs.replace("乙的。", "甲的。") == (project / POND).read_text("utf-8")
    assert "大湖" in text_at(bare, LAKE) == (project / LAKE).read_text("utf-8")
    assert is_clean(project)


def test_commits_that_were_never_sent_go_along(tmp_path: Path) -> None:
    project, bare, other = lay_pair(tmp_path)
    commit(project, {POND: POND_TEXT.replace("一处。", "先前的。")}, "先前的")
    assert unsent(project) == ["先前的"]
    assert "“先前的”改动记在这台电脑上" in left_over(project)
    hand_in_as_colleague(other, {POND: POND_TEXT.replace("[小池]", "[塘]")})
    write(project, {LAKE: LAKE_TEXT.replace("一处湖", "大湖")})
    assert sent(project, message="后来的").result is HandInResult.DONE
    assert git(bare, "log", "-3", "--format=%s", BRANCH).split() == ["后来的", "先前的", "乙改的"]
    assert text_at(bare, POND) == POND_TEXT.replace("一处。", "先前的。").replace("[小池]", "[塘]")
    assert (unsent(project), left_over(project)) == ([], "")
    assert is_clean(project)
    git(project, "switch", "-q", "-c", "side")
    commit(project, {POND: POND_TEXT}, "旁边的")
    git(project, "switch", "-q", BRANCH)
    commit(project, {LAKE: LAKE_TEXT}, "这边的")
    git(project, "merge", "-q", "--no-edit", "side")
    hand_in_as_colleague(other, {"README.md": "乙的"})
    assert sent(project).result is HandInResult.DONE
    assert (text_at(bare, POND), text_at(bare, LAKE), text_at(bare, "README.md")) == (POND_TEXT, LAKE_TEXT, "乙的")


def test_what_was_cut_off_once_it_was_sent_is_found_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, bare, other = lay_pair(tmp_path)
    hand_in_as_colleague(other, {LAKE: LAKE_TEXT.replace("一处湖", "大湖")})
    mine = POND_TEXT.replace("一处。", "甲的。")
    write(project, {POND: mine})
    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "move_to", lambda *_: os.kill(os.getpid(), signal.SIGINT) or True)
        with pytest.raises(KeyboardInterrupt):
            sent(project)
    assert text_at(bare, POND) == mine
    assert (project / LAKE).read_text("utf-8") == LAKE_TEXT
    assert "断了" in left_over(project)
    (project / ".git" / "index.lock").touch()
    monkeypatch.setattr(own_state, "ORPHANED", 0.0)
    git(project, "remote", "set-url", "origin", "http://127.0.0.1:9/x.git")
    assert sent(project).result is HandInResult.NO_NETWORK
    git(project, "remote", "set-url", "origin", str(bare))
    assert sent(project).result is HandInResult.ALREADY
    assert is_clean(project)
    assert "大湖" in (project / LAKE).read_text("utf-8")
    # What is written before the next time is no conflict with what one sent oneself.
    write(project, {POND: POND_TEXT})
    hand_in_as_colleague(other, {POND: mine.replace("1234567", "7654321")})
    with monkeypatch.context() as patch:
        patch.setattr(handing_in, "move_to", lambda *_: os.kill(os.getpid(), signal.SIGINT) or True)
        with pytest.raises(KeyboardInterrupt):
            sent(project)
    write(project, {POND: POND_TEXT.replace("一处。", "第三次。")})
    assert sent(project).result is HandInResult.DONE
    assert text_at(bare, POND) == POND_TEXT.replace("一处。", "第三次。").replace("1234567", "7654321")
    assert is_clean(project)


def test_who_saves_while_it_is_sent_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, bare, other = lay_pair(tmp_path)
    store, push = Store(project), Remote.push
    saved: dict[str, object] = {}

    def slow_push(remote: Remote, commit: str, branch: str = "") -> tuple[RemoteAnswer, str]:
        pond = store.open("bases", "pond")
        store.save(pond, {**pond.data, **saved}, "后来的原因")
        return push(remote, commit, branch)

    monkeypatch.setattr(Remote, "push", slow_push)
    rounds = ({"summary": "还在写。"}, False, "1111111"), ({"contact": {"phone": "0750-3333333"}}, True, "2222222")
    for values, is_behind, theirs in rounds:
        saved.update(values)
        pond = store.open("bases", "pond")
        store.save(pond, {**pond.data, "aliases": ["小池", f"塘{theirs}"]}, f"先前的原因 {theirs}")
        hand_in_as_colleague(other, {POND: re.sub(r"0750-\d+", f"0750-{theirs}", text_at(bare, POND))})
        done = sent(project)
        assert (done.result, done.is_behind) == (HandInResult.DONE, is_behind)
        assert f"塘{theirs}" in text_at(bare, POND)
        assert "还在写" not in text_at(bare, POND) or is_behind
        assert ("还在写。" in (project / POND).read_text("utf-8"), theirs in (project / POND).read_text("utf-8")) == (
            True,
            True,
        )
        assert git(project, "diff", "HEAD", "--name-only").split() == [POND]
    monkeypatch.setattr(Remote, "push", push)
    asked = sent(project)
    assert [(one.conflict.name, one.conflict.mine, one.conflict.theirs) for one in asked.conflicts] == [
        ("contact.phone", "0750-3333333", "0750-2222222")
    ]
    mine = HandInChoices(asked.upstream, {POND: {"contact.phone": Side.OURS}})
    assert sent(project, mine).result is HandInResult.DONE
    assert text_at(bare, POND) == (project / POND).read_text("utf-8")
    assert "0750-3333333" in text_at(bare, POND)
    assert (is_clean(project), reasons(project)) == (True, {})


def test_a_branch_that_is_protected_gets_a_request(tmp_path: Path) -> None:
    project, bare, _ = lay_pair(tmp_path)
    hook = bare / "hooks" / "update"
    visit = "https://gitlab.example.org/qu/kepu/-/merge_requests/new?x=1"
    hook.write_text(
        f'#!/bin/sh\nif [ "$1" = refs/heads/{BRANCH} ]; then\n  echo "GitLab: You are not allowed to push code to protected branches"\n'
        f'  exit 1\nfi\necho "To create a merge request, visit:"\necho "  {visit}"\n',
        "utf-8",
    )
    hook.chmod(0o755)
    mine = POND_TEXT.replace("一处。", "甲的。")
    write(project, {POND: mine})
    requested = sent(project)
    assert (requested.result, requested.address) == (HandInResult.REQUEST, visit)
    assert text_at(bare, POND, requested.branch) == mine == (project / POND).read_text("utf-8")
    assert text_at(bare, POND) == POND_TEXT
    assert is_clean(project)
    assert unsent(project) == []
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    write(project, {POND: mine.replace("甲的。", "再改。")})
    refused = sent(project)
    assert refused.result is HandInResult.NO_PERMISSION
    assert git(project, "diff", "--name-only").strip() == POND


def test_what_keeps_it_back_is_told_and_changes_nothing(tmp_path: Path) -> None:
    project, bare, other = lay_pair(tmp_path)
    mine = POND_TEXT.replace("一处。", "甲的。")
    write(project, {POND: mine})
    head = git(project, "rev-parse", "HEAD")

    def held(result: HandInResult) -> HandInOutcome:
        found = hand_in(project, "更正")
        assert found.result is result, found
        assert not found.is_good
        assert git(project, "rev-parse", "HEAD") == head
        assert (project / POND).read_text("utf-8") == mine
        return found

    git(project, "remote", "set-url", "origin", "http://127.0.0.1:9/x.git")
    held(HandInResult.NO_NETWORK)
    git(project, "remote", "set-url", "origin", str(bare))
    (project / ".git" / "MERGE_HEAD").write_text(head, "utf-8")
    held(HandInResult.UNFINISHED)
    (project / ".git" / "MERGE_HEAD").unlink()
    git(project, "config", "user.name", "")
    held(HandInResult.NO_NAME)
    git(project, "config", "user.name", "甲")
    write(project, {"content/notes.md": "---\ntitel: 记\n---\n"})
    assert {problem.path for problem in held(HandInResult.CHECK_FAILED).problems} == {"content/notes.md"}
    write(project, {"content/notes.md": None})
    write(project, {LAKE: LAKE_TEXT.replace("ref: plan", "ref: other-plan"), POND: mine})
    plan = (project / "data/policies/plan.yml").read_text("utf-8")
    commit(project, {"data/policies/other-plan.yml": plan, LAKE: LAKE_TEXT, POND: POND_TEXT}, "另一份")
    git(project, "push", "-q", "origin", BRANCH)
    head = git(project, "rev-parse", "HEAD")
    write(project, {POND: mine, LAKE: LAKE_TEXT.replace("ref: plan", "ref: other-plan")})
    hand_in_as_colleague(other, {"data/policies/other-plan.yml": None})
    together = held(HandInResult.CHECK_FAILED_TOGETHER)
    assert {(problem.path, problem.rule) for problem in together.problems} == {(LAKE, "dangling-reference")}


def test_without_another_side_it_is_kept_here(tmp_path: Path) -> None:
    project = lay_repository(tmp_path)
    write(project, {POND: POND_TEXT.replace("一处。", "甲的。")})
    assert sent(project).result is HandInResult.KEPT
    assert git(project, "log", "-1", "--format=%s").strip() == "更正池塘"
    assert is_clean(project)
    (tmp_path / "plain").mkdir()
    assert sent(tmp_path / "plain").result is HandInResult.NO_HISTORY


def test_the_words_of_hosts_are_understood() -> None:
    said = {
        "fatal: unable to access 'https://gitee.com/': Could not resolve host: gitee.com": RemoteAnswer.NO_NETWORK,
        "ssh: connect to host gitee.com port 22: Connection timed out\nfatal: Could not read from remote repository.": RemoteAnswer.NO_NETWORK,
        "git@gitee.com: Permission denied (publickey).\nfatal: Could not read from remote repository.": RemoteAnswer.NO_PERMISSION,
        "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://gitlab.com/'": RemoteAnswer.NO_PERMISSION,
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled": RemoteAnswer.NO_PERMISSION,
        "remote: error: GH006: Protected branch update failed for refs/heads/main.": RemoteAnswer.FORBIDDEN,
        "! [remote rejected] main -> main (pre-receive hook declined)": RemoteAnswer.FORBIDDEN,
        "! [rejected] main -> main (fetch first)": RemoteAnswer.OTHERS_FIRST,
        "! [rejected] main -> main (non-fast-forward)": RemoteAnswer.OTHERS_FIRST,
        "fatal: couldn't find remote ref refs/heads/main": RemoteAnswer.MISSING,
        "什么也看不懂": RemoteAnswer.UNKNOWN,
    }
    assert {words: understood(GitAnswer(1, b"", words)) for words in said} == said
    addresses = {
        "git@gitee.com:qu/kepu.git": "https://gitee.com/qu/kepu/compare/main...kepu%2F1",
        "https://name@github.com/qu/kepu": "https://github.com/qu/kepu/compare/main...kepu%2F1",
        "ssh://git@gitlab.example.org:2222/qu/kepu.git": "https://gitlab.example.org/qu/kepu/-/merge_requests/new?merge_request%5Bsource_branch%5D=kepu%2F1",
        "/srv/kepu.git": "",
    }
    assert {where: request_address("", where, "kepu/1", "main") for where in addresses} == addresses


def test_outcomes_are_told_without_words_of_the_machinery() -> None:
    for result in HandInResult:
        told = outcome(result)
        assert not re.search(r"[A-Za-z]{2}|分支|变基|仓库|推送|拉取", f"{told.title}{told.text}"), result
        assert told.is_good or "请" in told.text or "改动" in told.text, result


@pytest.mark.audit
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_kills_lose_nothing_and_leave_a_sound_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_state, "ORPHANED", 0.0)
    project, bare, other = lay_pair(tmp_path)
    chance = random.Random(1)

    def check(number: int) -> None:
        mine, theirs = f"甲 {number}。", f"0750-{1000000 + number}"
        now = re.sub("summary: .*", f"summary: {mine}", (project / POND).read_text("utf-8"))
        write(project, {POND: now})
        if number % 2:
            before = text_at(bare, POND)
            hand_in_as_colleague(other, {POND: re.sub("phone: .*", f"phone: '{theirs}'", before)})
        _killed(project, chance.random() * 0.3)
        for lock in (*bare.glob("*.lock"), *(bare / "refs").rglob("*.lock")):
            lock.unlink()  # the other side is another machine, which nobody kills
        text = (project / POND).read_text("utf-8")
        assert f"summary: {mine}" in text
        git(project, "fsck", "--connectivity-only")
        if number % 3 == 0:
            done = sent(project)
            assert done.is_good, done
            assert f"summary: {mine}" in text_at(bare, POND)
            assert (project / POND).read_text("utf-8") == text_at(bare, POND)
            assert is_clean(project)

    assert failures(check, range(1, KILLS + 1)) == []
    git(bare, "fsck", "--strict")


def _killed(project: Path, seconds: float) -> None:
    """Hand in, and kill it with all that it has started after some time."""
    child = os.fork()
    if child == 0:
        os.setpgrp()
        sent(project)
        os._exit(0)
    time.sleep(seconds)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
