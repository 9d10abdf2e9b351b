"""Every number that people can dial is taken, and dialled as it must be; half a number is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from macros.text import telephones
from tests.support.looping import failures

WHOLE = {
    "0750-1234567": ["07501234567"],
    "020-12345678": ["02012345678"],
    "07501234567": ["07501234567"],
    "02012345678": ["02012345678"],
    "(0750)1234567": ["07501234567"],
    "(0750) 123 4567": ["07501234567"],
    "0750 123 4567": ["07501234567"],
    "0571-8626 9999": ["057186269999"],
    "0750-1234567-802": ["07501234567,802"],
    "0750-1234567转802": ["07501234567,802"],
    "0750-1234567 转 802": ["07501234567,802"],
    "0750-1234567 分机 802": ["07501234567,802"],
    "0750-1234567(转802)": ["07501234567,802"],
    "0750-1234567 ext. 802": ["07501234567,802"],
    "0750-1234567#802": ["07501234567,802"],
    "0750-1234567转801、802": ["07501234567,801", "07501234567,802"],
    "0750-1234567、1234568": ["07501234567", "07501234568"],
    "0750-1234567/1234568": ["07501234567", "07501234568"],
    "0750-1234567；13800138000": ["07501234567", "13800138000"],
    "0750-1234567 或 0750-1234568": ["07501234567", "07501234568"],
    "13800138000": ["13800138000"],
    "138 0013 8000": ["13800138000"],
    "138-0013-8000": ["13800138000"],
    "+86 138 0013 8000": ["+8613800138000"],
    "+86 750 1234567": ["+867501234567"],
    "+86-0750-1234567": ["+867501234567"],
    "0086-750-1234567": ["+867501234567"],
    "+852 2345 6789": ["+85223456789"],
    "400-123-4567": ["4001234567"],
    "400 123 4567": ["4001234567"],
    "4001234567": ["4001234567"],
    "400-12-34567": ["4001234567"],
    "800-820-8820": ["8008208820"],
    "400-820-8820转1": ["4008208820,1"],
    "0750-96110": ["075096110"],
} | {short: [short] for short in ["110", "114", "119", "120", "122", "10000", "10086", "12309", "12315", "12345", "95598", "95188", "96110", "962121", "116114"]}  # fmt: skip

HALF = {
    "0750-12": "不完整",
    "1234567": "不完整",
    "86269999": "不完整",
    "0750-1234567/8": "不完整",
    "110-1": "不完整",
    "2022-05-03": "不完整",
    "0750-1234567、": "不完整",
    "（0750）1234567": "请写成 0750-1234567",
    "０７５０－１２３４５６７": "请写成 0750-1234567",
    "0750—1234567": "请写成 0750-1234567",
    "0750-1234567（转８０２）": "请写成 0750-1234567-802",
    "0750-1234567（工作日）": "里有 “（”",
    "办公室 0750-1234567": "里有 “办”",
}


def test_a_whole_number_is_dialled_as_it_must_be() -> None:
    def check(text: str) -> None:
        assert [number.dialled for number in telephones.read(text)] == WHOLE[text]
        assert "".join(number.before + number.written for number in telephones.read(text)) == text

    assert failures(check, WHOLE) == []


def test_half_a_number_is_told_with_the_remedy() -> None:
    def check(text: str) -> None:
        assert telephones.read(text) == ()
        assert HALF[text] in (telephones.objection(text) or "")

    assert failures(check, HALF) == []


def test_the_usual_form_dials_the_same() -> None:
    def check(text: str) -> None:
        usual = telephones.usual(text)
        assert usual is not None
        assert [number.dialled for number in telephones.read(usual)] == WHOLE[text]
        assert telephones.usual(usual) == usual

    assert failures(check, WHOLE) == []


@given(st.text("0123456789-+()转、/ 分机ext#", max_size=120))
def test_nothing_but_digits_is_ever_dialled(text: str) -> None:
    for number in telephones.read(text):
        assert set(number.dialled) <= set("+,0123456789")
        assert number.dialled.strip("+,")
    assert (telephones.objection(text) is None) is bool(telephones.read(text))


def test_a_number_without_area_code_gets_that_of_nearly_all_others() -> None:
    assert telephones.area_code(["0571-86269999", "(0571)86269998", "86269997", "13800138000"]) == "0571"
    assert telephones.area_code(["0571-86269999", "0750-1234567"]) == ""
    completed = {
        "86269999": "0571-86269999",
        "８６２６ ９９９９转801": "0571-86269999-801",
        "1234567-801": "0571-1234567-801",
    }
    assert {text: telephones.with_area_code(text, "0571") for text in completed} == completed
    whole = ["0571-86269999", "13800138000", "12345", "123456", "4001234567", "甲"]
    assert [telephones.with_area_code(text, "0571") for text in whole] == [None] * len(whole)
    assert telephones.with_area_code("86269999", "") is None
