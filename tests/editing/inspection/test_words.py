"""Wrong words and personal data: what is certain is found, what is right is let be."""

from __future__ import annotations

from pathlib import Path

from macros.editing.inspection.findings import InspectionFinding, ScannedText
from macros.editing.inspection.page_words import unclear_links
from macros.editing.inspection.personal_data import find_personal_data
from macros.editing.inspection.wrong_words import WordSearch, impossible_days
from macros.records import yaml
from macros.records.wordlists import WrongWord, read_wording
from tests.support import ROOT
from tests.support.looping import failures

HARMLESS = (Path(__file__).parent / "harmless.txt").read_text("utf-8")
NAMES = (
    "科学技术部", "工业和信息化部", "江门市科学技术局", "江门市人民政府", "国家税务总局", "高新技术企业认定管理办法", "科技型企业孵化器管理办法",
    "中华人民共和国科学技术普及法", "广东省科学技术普及条例", "杜阮凉瓜田园综合体", "东仓里美术馆",
)  # fmt: skip
FEWEST_WORDS, FEWEST_SENTENCES = 150, 200
CARD = "6222 0212 3456 7890 128"
PERSONAL = {
    "请打手机 13800138000": 1,
    "手机：138 0013 8000，或 +86 139-0013-9000": 2,
    "手机１３８００１３８０００": 1,
    "身份证 11010519491231002X": 1,
    "身份证 110105194912310021": 0,
    "身份证 110105 19490231 0026": 0,
    f"卡号 {CARD}": 1,
    "卡号 6222 0212 3456 7890 123": 0,
    "家庭住址：白沙街道胜利路 12 号": 1,
    "住在幸福花园小区 3 栋 2 单元 501 室": 1,
    "陈小明 13800138000\n李四 13900139000": 3,
    "科普馆 13800138000\n前台 13900139000": 2,
    "https://example.org/13800138000": 0,
}  # fmt: skip


def wording() -> tuple[WrongWord, ...]:
    path = ROOT / "data/terms/wording.yml"
    return read_wording(yaml.read(path.name, path.read_bytes()))


def found(search: WordSearch, source: str) -> list[InspectionFinding]:
    text = ScannedText("content/a.md", source)
    return [*search.find(text), *find_personal_data(text), *impossible_days(text), *unclear_links("a.md", source)]


def test_harmless_sentences_raise_no_alarm() -> None:
    assert len(HARMLESS.splitlines()) >= FEWEST_SENTENCES
    assert [str(one) for one in found(WordSearch(wording(), NAMES), HARMLESS)] == []


def test_each_wrong_word_is_found_at_its_place_and_no_right_one() -> None:
    words = wording()
    search = WordSearch(words, NAMES)
    assert len(words) >= FEWEST_WORDS

    def check(word: WrongWord) -> None:
        year = f"{word.since + 1}年，" if word.since else ""
        source = f"第一行\n前文{year}{word.wrong[:1]}\n  {word.wrong[1:]}。"
        assert (2, len(f"前文{year}") + 1) in [(one.line, one.column) for one in search.find(ScannedText("a", source))]
        right = "。\n".join((word.right, *word.exceptions, f"{word.since or ''}年的{word.wrong}" if word.since else ""))
        assert [one.text for one in search.find(ScannedText("a", right)) if one.text == word.wrong] == []

    assert failures(check, words) == []
    near = ("科学技部", "科学术技部", "高新技术企业认管理办法", "中华人民共和国科学技术普普及法", "东里仓美术馆")
    assert [one for one in near if not list(WordSearch((), NAMES).find(ScannedText("a", one)))] == []


def test_personal_data_is_found_and_nothing_like_it() -> None:
    def check(source: str) -> None:
        assert len(list(find_personal_data(ScannedText("a", source)))) == PERSONAL[source]

    assert failures(check, PERSONAL) == []
    assert "0013" not in next(find_personal_data(ScannedText("a", "13800138000"))).found
