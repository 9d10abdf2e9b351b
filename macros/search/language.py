"""What the browser has to know of the language: how characters are read and written, which words mean the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from macros.records.collection import Synonym
from macros.records.region import CANTONESE
from macros.text.compiled_cache import cached, package_state, program_digest
from macros.text.fold import fold, fold_table
from macros.text.phrase_readings import SEPARATOR, PhraseReadings, SortedPhrases
from macros.text.pinyin import Readings, syllables

_LATIN = re.compile("[a-z]+")


def language(names: Sequence[str], descriptions: Sequence[str], synonyms: Synonyms) -> dict[str, Any]:
    """Make the tables of language that every query needs.

    Args:
        names: folded names and aliases of all documents.
        descriptions: folded descriptions of all documents.
        synonyms: short form → what it means.

    Returns:
        ``forms``, ``synonyms``, ``framing`` and ``aspects``.
    """
    framing, aspects = longest_first(FRAMING), longest_first(ASPECTS)
    return {
        "forms": traditional_forms((*names, *descriptions, *framing, *aspects, *synonyms)),
        "synonyms": synonym_rows(synonyms),
        "framing": " ".join(framing),
        "aspects": " ".join(aspects),
    }


def readings_of_names(names: Sequence[str], readings: Readings, dialects: Container[str]) -> dict[str, dict[str, str]]:
    """Make the tables of readings, which only queries with Latin letters or mistakes need.

    Args:
        names: folded names and aliases of all documents.
        readings: curated readings of words.
        dialects: codes of the dialects by whose romanization names are found.

    Returns:
        ``pinyin`` and ``jyutping``: syllable without tone → characters.
    """
    return {"pinyin": pinyin_table(names, readings), "jyutping": jyutping_table(names) if CANTONESE in dialects else {}}


def pinyin_table(names: Iterable[str], readings: Readings) -> dict[str, str]:
    """The characters of names by their pinyin.

    Args:
        names: folded names.
        readings: curated readings of words.

    Returns:
        Syllable without tone → its characters. A character stands under each reading that it has in one of the names,
        and under the one that it has alone.
    """
    return _by_syllable((name, syllables(name, readings=readings)) for name in _with_characters(names))


def common_pinyin(names: Sequence[str]) -> dict[str, str]:
    """How characters are read that no name has, but that people type in place of others.

    Args:
        names: folded names and aliases of all documents.

    Returns:
        Syllable without tone → its characters, for those of the 3,755 most common ones (GB 2312, level 1) that no name
        has.
    """
    rows = range(0xB0, 0xD8)
    common = b"".join(bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF)).decode("gb2312", "ignore")
    return _by_syllable((character, syllables(character)) for character in sorted(set(common).difference(*names)))


def jyutping_table(names: Iterable[str]) -> dict[str, str]:
    """The characters of names by their Cantonese reading.

    Args:
        names: folded names.

    Returns:
        Jyutping syllable without tone → its characters, as in ``pinyin_table``.
    """
    return _by_syllable((name, cantonese(name)) for name in _with_characters(names))


def traditional_forms(texts: Iterable[str]) -> list[str]:
    """The other forms of the characters that occur, for folding in the browser.

    Args:
        texts: folded texts.

    Returns:
        Strings of a folded character and the Chinese characters that fold to it, in order.
    """
    occurring = set().union(*texts)
    forms: defaultdict[str, str] = defaultdict(str)
    for code, folded in sorted(fold_table().items()):
        if folded in occurring and "\u3400" <= folded <= "\u9fff" and chr(code) < "\uf900":
            forms[folded] += chr(code)
    return [folded + others for folded, others in sorted(forms.items())]


def _with_characters(names: Iterable[str]) -> list[str]:
    """The names and each of their characters by itself."""
    distinct = sorted(set(names))
    return distinct + sorted(set().union(*distinct))


def cantonese(name: str) -> list[str]:
    """Return the Jyutping of each character, without tones; ``""`` for one that has none.

    Args:
        name: any text.
    """
    table, read = _cantonese_table(), list[str]()
    while len(read) < len(name):
        read += table.longest(name, len(read)).readings or [""]
    return read


@cache
def _cantonese_table() -> PhraseReadings:
    """Return what ToJyutping knows, as an earlier run kept it, or from the package itself, which takes half a second to load."""
    return PhraseReadings(cached("jyutping", (package_state("ToJyutping"), program_digest()), _read_cantonese))


def _read_cantonese() -> SortedPhrases:
    from ToJyutping import Trie

    return PhraseReadings.of(_phrases(Trie.root, "")).lines


def _phrases(node: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for character, inner in node.items():
        phrase = before + character
        if inner.v:
            first = inner.v[0] if len(phrase) > 1 else [inner.v[0]]
            yield phrase, SEPARATOR.join(one.jyutping.rstrip("123456") for one in first)
        yield from _phrases(inner, phrase)


def _by_syllable(read: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    pairs = {pair for name, name_syllables in read for pair in zip(name, name_syllables, strict=True)}
    characters: defaultdict[str, str] = defaultdict(str)
    for character, syllable in sorted(pairs):
        if character >= "\u3007" and _LATIN.fullmatch(syllable):
            characters[syllable] += character
    return dict(sorted(characters.items()))


FRAMING = """
请问 全部 所有 一览 列表 想问 问问 问一下 问个 咨询 请教 打听 了解 了解一下 知道 想知道 告诉 帮忙 麻烦 谢谢 谢谢大家 多谢 感谢 劳驾 你好 您好 大家好 各位好 各位 大家
不好意思 打扰 打扰一下 拜托 求助 急求 求推荐 求问 求解 求告知 求救 救急 救命 急急急 在线等 回复 回复一下 回答 解答 指教 指点 知情 万分感谢 十分感谢
有没有 有无 有没有人 有人 有人知道 谁知道 有谁 是否 是不是 能不能 可不可以 可以 会不会 要不要 好不好 行不行 行吗 需不需要 需要 应该 应当 必须 能否 可否 对不对
什么 什么样 是什么 有什么 叫什么 指什么 为什么 干什么 做什么 什么时候 什么地方 什么意思 怎么 怎么样 怎样 怎么办 怎么回事 怎么走 怎么去 怎么来 如何 为何
哪里 哪儿 在哪 在哪里 在哪儿 去哪 去哪里 去哪儿 到哪 到哪里 哪个 哪些 哪家 哪种 哪一个 哪边 哪天 有哪些 多少 多少钱 几个 几点 几时 几岁 多久 多长时间 多大 多远 何时 何处
啥 啥时候 咋 咋样 咋办 为啥 干啥 边度 点样 点解 几多 乜嘢 有冇 唔该 系咪 想知 意思 的话 一下 一下子 一些 一点 一个 这个 那个 这种 那种 这样 那样 这里 那里 这边 那边 这儿 那儿
我们 你们 他们 她们 咱们 自己 本人 我家 我家里 我想 我要 我爱 想要 想去 要去 想带 想来 打算 准备 计划 计划去 希望 觉得 感觉 听说 听人说 听说过 说过 看看 看一下 查查 查一下 查询 查到 没查到
查找 搜索 搜一下 搜到 找找 找一下 寻找 推荐 推荐一下 介绍 介绍一下 说说 说一下 说明一下 讲讲 讲一下 聊聊 解释 解释一下 科普一下 帮我 帮我查 帮我找 给我 告诉我 问我 问他 问她
外地 外地来的 外地人 本地 本地人 刚来 刚到 第一次 第一次来 头一次 最近 现在 如今 目前 今天 明天 后天 昨天 周末 这周 下周 这周末 下个月 这个月 今年 明年 去年 五一 十一 国庆 春节 元旦 清明 端午 中秋
暑假 寒假 放假 假期 节假日 早上 上午 中午 下午 晚上 之前 之后 以前 以后 刚才 刚刚 马上 附近 这附近 我附近 周边 路过 出差 旅游 旅行 自驾 自驾游 跟团 跟团游 过去 过来 回来
地方 东西 事情 事儿 个事 问题 情况 方面 相关 关于 有关 具体 详细 到底 究竟 其实 可能 大概 一般 通常 真的 真的吗 是真的吗 的人
孩子 小孩 小孩子 小朋友 孩子们 娃 娃娃 儿子 女儿 闺女 宝贝 家里 家人 家长 爸妈 爸爸 妈妈 父母 爷爷 奶奶 外公 外婆 老公 老婆 老人家 亲戚 邻居 朋友 同学 同事 网友 网友们 老师 班主任 一家 一家人 全家
他爸 他妈 孩子他爸 孩子他妈 我爸 我妈 我儿子 我女儿 带孩子 带娃 研究生 大学生 中学生 小学生 初中生 高中生 学生 学校 班里 班上 单位让 老板让 领导让 学校让 老师让
作业 布置 布置作业 老师布置 写作业 做作业 写作文 作文 日记 观察日记 手抄报 小报 研学报告 网上 在网上 上网 新闻 电视上 朋友圈 看到 看见 看到过 看一看 能看 能看到 可看 好看 好玩 适合 比较 特别 非常 很想 好奇 很好奇
一直 还有 或者 以及 但是 不过 因为 所以 如果 要是 然后 就是 不是 不知道 不清楚 不懂 不太懂 不明白 不太明白 没有 没听过 有点 想看 想学 想找 要找 想办 想听 想参加 有的 的是 了吗 的吗 好吗 要用 急用 有用 用途
随便 随便问问 随便看看 只是 只想 顺便 正好 刚好 恰好 突然 忽然 急着 打电话 没人接 没人 哪位 哪位知道 大神 大佬 高手 高人 朋友们 兄弟 姐妹 姐妹们 亲们 楼主 帖子 百度 百度了 资料 查资料 信息 消息 内容 参考
上课 课上 课本 课本上 课文 语文课 数学课 科学课 老师让 老师说 老师问 老师要 考试 题目 论文 写论文 客户 陪客户 接待 考察 团建 公司要 单位要 领导要 领导说 领导问 老板要 新来的 新手 小白 外行 规矩 归哪管 归谁管 谁管 哪里管 这个事 这件事 那件事 一件事
导游 提起 提到 说起 讲到 谈到 琢磨 纳闷 想不通 搞不懂 弄不懂 搞不清 弄不清 弄不明白 疑惑 困惑 去过 去过没 来过 玩过 见过 值得 值不值得 值得去 安利 种草 顺路 一日游 半日游 一天 半天 两天 这两天 这几天 前几天 过几天 前两天 今晚 明早 年底 年初 月底
年级 一年级 二年级 三年级 四年级 五年级 六年级 小学 初一 初二 高一 高二 幼儿园 住在 住得 远不远 远吗 近吗 有意思 有趣 好玩吗 干嘛 干嘛的 干嘛用的 做什么用 为啥子 咋回事 啥意思 啥样 长什么样 长啥样 是啥 好不好用 有多少 有多高 有多大 有多远 有多长
想问下 请问下 边个 边间 几钱 有无 咁 佢 哋 嚟 睇 睇下 知唔知 可唔可以 点去 喺边 喺边度 想睇 想去睇 从 来自 过来玩
吗 呢 啊 吧 呀 嘛 哦 噢 哈 啦 哟 喔 哎 诶 唉 嗯 喂 嗨 咯 哪 么 咩 嘅 喺 咗 啲 嘢
我 你 您 他 她 它 咱 俺 们 的 了 着 过 得 地 是 在 有 和 与 及 或 也 都 就 还 又 很 太 最 更 好 挺 再 才 只 去 来 到 给 把 被 让 向 从 对 能 会 要 想 可 该 请 问 找 看 听 说 讲 带 陪 个 些 这 那 几 谁 急 求
"""
"""What people wrap around a question: without it “有没有人知道哪里能看大熊猫” would be a search for 有没有人知道.

A phrase is not looked up at all. A single character may be part of a word (能 in 能源), so it only weighs less.
"""

ASPECTS = """
原理 工作原理 过程 流程 步骤 历史 由来 起源 来历 作用 用处 好处 功能 结构 构造 组成 形成 成因 特点 特征 种类 分类 区别 方法 办法 技巧 做法 知识 常识 科普 简介 介绍 概况 含义 定义 标准 规定 要求 条件
体验 参观 游玩 游览 学习 实践 活动 研学 亲子 打卡 攻略 路线 地址 位置 电话 联系 联系方式 官网 门票 票价 收费 免费 预约 预订 报名 参加 开放 开放时间 时间 营业 停车 交通 照片 图片 视频
申请 申报 办理 材料 手续 资格 名额 名单 结果 公示 通知 文件 全文 政策 补贴 资助 奖励 待遇 优惠 打折 减免 入驻 落户 公司 企业 机构 单位 部门 中心 负责人 志愿者 工作人员 专家
"""
"""What people want to know of a thing, when the thing itself stands beside it: 极光 in “极光是怎么形成的”."""


def longest_first(words: str) -> list[str]:
    """The words, each once, the longest first, as the browser matches them."""
    return sorted(set(words.split()), key=lambda word: (-len(word), word))


Synonyms = Mapping[str, Synonym]
"""Short form → what it means."""


def synonym_rows(synonyms: Synonyms) -> list[list[str | float]]:
    """The synonyms for the browser: rows of folded short form, folded meaning, weight, meaning as written; sorted."""
    rows = [(fold(short), fold(one.means), one.weight, one.means) for short, one in synonyms.items()]
    return [list(row) for row in sorted(rows)]
