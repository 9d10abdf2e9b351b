from __future__ import annotations

import pytest

from macros.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("廣東省科學技術協會", "广东省科学技术协会"),
        ("衞生", "卫生"),
        ("ＡＢｃ１２", "abc12"),
        ("！？，", "!?,"),
        ("㎡ ½ ﬁ", "㎡ ½ ﬁ"),
        ("İ", "İ"),
        ("", ""),
        ("\ud800科", "\ud800科"),
        ("😀𝐀", "😀𝐀"),
    ],
)
def test_folds_one_character_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


def test_every_character_keeps_its_length_and_folds_once() -> None:
    everything = "".join(map(chr, range(0x110000)))
    folded = fold(everything)
    assert len(folded) == len(everything)
    assert len(folded.encode("utf-16-le", "surrogatepass")) == len(everything.encode("utf-16-le", "surrogatepass"))
    unstable = [(a, b, c) for a, b, c in zip(everything, folded, fold(folded), strict=True) if b != c]
    assert unstable == []
