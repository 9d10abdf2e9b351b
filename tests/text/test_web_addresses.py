"""An address that citizens can open is taken as it is; a slip is told with the address that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.text.web_addresses import corrected, objection
from tests.support.looping import failures

GOOD = [
    "https://example.org/a_(b)", "https://例子.cn/甲?乙=1#丙", "https://example.org/甲（乙）", "https://Example.org/A", "http://8.8.8.8:8080/a",
    "https://web.archive.org/web/2020/https://example.org/", "https://httpbin.org/x", "https://example.org/?a=1&b=2;3#c",
]  # fmt: skip
SLIPS = {
    **{f"https://example.org/a{mark}": "https://example.org/a" for mark in "。，、；：！？）)》”’】;,.>\"'"},
    "https://example.org/a）。": "https://example.org/a",
    "https://www．example．org/": "https://www.example.org/",
    "https://www。example。org/甲。": "https://www.example.org/甲",
    "https://ｗｗｗ.example.org/": "https://www.example.org/",
    "https://example.org：8080/a": "https://example.org:8080/a",
    "https：//example.org": "https://example.org",
    "https:/example.org/a": "https://example.org/a",
    "https:///example.org/a": "https://example.org/a",
    "https// example.org/a": "https://example.org/a",
    "https://https://example.org/a": "https://example.org/a",
    "http://https//example.org/a": "https://example.org/a",
    "https://http://example.org/a": "http://example.org/a",
    "HTTPS://example.org/A": "https://example.org/A",
    "Http://example.org": "http://example.org",
    "“https://example.org/a”": "https://example.org/a",
    "<https://example.org/a>": "https://example.org/a",
    "https://example.org./a": "https://example.org/a",
}
INNER = [
    "http://localhost/", "http://oa/", "http://oa:8080/a", "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/",
    "http://[::1]/", "http://[fe80::1]:80/", "http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.2/a", "http://169.254.1.1/",
    "http://0.0.0.0/", "http://oa.local/", "http://files.lan/", "http://x.internal/", "http://LOCALHOST/",
]  # fmt: skip


def test_a_good_address_stays() -> None:
    def check(address: str) -> None:
        assert objection(address) is None
        assert corrected(address) == address

    assert failures(check, GOOD) == []


def test_a_slip_is_told_with_the_address_that_was_meant() -> None:
    def check(address: str) -> None:
        assert corrected(address) == SLIPS[address]
        assert (objection(address) or "").endswith(f"请写成 {SLIPS[address]}")
        assert objection(SLIPS[address]) is None

    assert failures(check, SLIPS) == []


def test_an_address_within_one_network_is_told() -> None:
    def check(address: str) -> None:
        assert "只有本机或内网打得开" in (objection(address) or "")

    assert failures(check, INNER) == []


@pytest.mark.parametrize("address", ["https://www..example.org/", "https://-a.org/", "https://a_.-b.org/", f"https://{'a' * 64}.org/", f"https://{'a.' * 130}org/"])  # fmt: skip
def test_a_host_that_cannot_be_is_told(address: str) -> None:
    assert "里的域名不对" in (objection(address) or "")


def test_an_address_without_its_beginning_is_told_with_it() -> None:
    assert "请写成 https://www.example.org/a，打不开就写 http://www.example.org/a" in (
        objection("www.example.org/a。") or ""
    )
    assert corrected("www.example.org/a") is None


@given(st.text("htps:/.。，)）(“”aA例1[]@?# ", max_size=60))
def test_what_was_corrected_needs_no_correction(text: str) -> None:
    better = corrected(text)
    assert better is None or corrected(better) == better
