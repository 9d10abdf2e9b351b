"""`kepu init`: begin the site of another district in an empty folder."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from macros.cli.reporting import say
from macros.project.beginning import begin, is_free
from macros.project.new_site import NAME, NewSite, new_site_of
from macros.records.divisions import District, codes_named, district_of
from macros.records.region import province_named


@click.command("init")
@click.argument("district", required=False)
@click.option("--city", help="所在的市，例如 示例市；不写就按区划代码。")
@click.option("--province", help="所在的省、自治区、直辖市；不写就按区划代码。")
@click.option("--code", help="统计用区划代码，六位数字；不写就按名称查。")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="放在哪个文件夹；默认是当前的。"
)
def init(district: str | None, city: str | None, province: str | None, code: str | None, folder: Path) -> None:
    """为 DISTRICT（区、县、县级市的全名）新建一个网站：设置、首页、词表、镇和街道、检查和发布的流程。

    文件夹要是空的。没有写的，能查到就查，查不到就问。
    """
    if not is_free(folder):
        raise click.UsageError(f"“{folder}” 不是空的；请换一个空文件夹，或用 --folder 写一个新的名字。什么也没有写")
    site = _site(district or _asked("哪个区、县或县级市？写全名，例如 示例区"), city, province, code)
    files = begin(folder, site)
    towns = f"，{len(site.towns)} 个镇和街道" if site.towns else ""
    say(f"已建好{site.district}的网站：{len(files)} 个文件{towns}。")
    if not site.towns:
        say("区划代码不知道，镇和街道请自己写进 data/terms/towns.yml。", err=True)
    say("接下来：kepu check 检查，kepu serve 预览，kepu edit 填表。先看 README.md。")


def _site(name: str, city: str | None, province: str | None, code: str | None) -> NewSite:
    if not NAME.fullmatch(name):
        raise click.UsageError(f"“{name[:40]}” 不像区县的名称；写两个字以上的中文全名，例如 示例区")
    found = _looked_up(name, city, code)
    if found:
        _refuse_other("--city", city, found.city, found)
        _refuse_other("--province", province, found.province, found)
        return new_site_of(found)
    return NewSite(name, city or _asked("在哪个市？写全名"), _province(province or _asked("在哪个省？写全名")), "", {})


def _looked_up(name: str, city: str | None, code: str | None) -> District | None:
    """Return the district of the national list that is meant; None if the list has none of this name."""
    if code:
        found = district_of(code)
        if found is None:
            raise click.UsageError(f"没有 {code[:20]} 这个区划代码；写国家统计局的六位数字，或不写 --code")
        if found.name != name:
            raise click.UsageError(f"区划代码 {code} 是{found.province}{found.city}{found.name}，不是{name}；请核对")
        return found
    known = [one for each in codes_named(name) if (one := district_of(each))]
    named = [one for one in known if city in (None, one.city)]
    if known and not named:
        named = known[:1]
    if len(named) > 1:
        names = "、".join(f"{one.code}（{one.province}{one.city}）" for one in named)
        return _looked_up(name, city, _asked(f"叫{name}的有 {len(named)} 个：{names}。写哪一个的代码", "--code"))
    return named[0] if named else None


def _refuse_other(option: str, written: str | None, true: str, found: District) -> None:
    if written and written != true:
        raise click.UsageError(
            f"{option} 写的是 {written[:20]}，区划代码 {found.code} 的{found.name}属于{true}；请核对"
        )


def _province(name: str) -> str:
    region = province_named(name)
    if region is None:
        raise click.UsageError(f"没有 “{name[:20]}” 这个省；写全名，例如 浙江省")
    return region.name


def _asked(question: str, option: str = "") -> str:
    """Return the answer to a question; without a terminal there is nobody to ask."""
    if not sys.stdin.isatty():
        raise click.UsageError(
            f"{question}{'（' + option + '）' if option else ''}；这里没有人可以问，请写在命令里，见 kepu init --help"
        )
    answer: str = click.prompt(question, type=str)
    return answer.strip()
