"""Click's own words in Chinese: headings of help, and what it says of a wrong call.

Click asks gettext for each of its words; a catalogue would have to be compiled and installed and depends on the
machine's language, so the words are put in the place of its lookup instead.
"""

from __future__ import annotations

from click import core, decorators, exceptions, formatting, parser, types

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明。",
    "Show the version and exit.": "显示版本。",
    "Aborted!": "已停止。",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "运行 “{command} {option}” 看说明。",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少",
    "No such command {name!r}.": "没有 {name!r} 这个命令。",
    "No such option {name!r}.": "没有 {name!r} 这个选项。",
    "Did you mean {possibility}?": "是不是 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是不是其中一个：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多了一个参数（{args}）",
    "Got unexpected extra arguments ({args})": "多了几个参数（{args}）",
    "Invalid value: {message}": "值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的值不对：{message}",
    "Option {name!r} requires an argument.": "选项 {name!r} 后面要写值。",
    "Option {name!r} does not take a value.": "选项 {name!r} 后面不写值。",
    "{value!r} is not {choice}.": "{value!r} 不能用，要写 {choice}。",
    "{value!r} is not one of {choices}.": "{value!r} 不能用，可以写 {choices}。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是数字。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{name} {filename!r} does not exist.": "没有 {filename!r} 这个文件或文件夹。",
    "{name} {filename!r} is a file.": "{filename!r} 是文件，不是文件夹。",
    "{name} {filename!r} is a directory.": "{filename!r} 是文件夹，不是文件。",
    "{name} {filename!r} is not readable.": "{filename!r} 读不了。",
    "{name} {filename!r} is not writable.": "{filename!r} 写不了。",
    "Could not open file {filename!r}: {message}": "打不开文件 {filename!r}：{message}",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "file": "文件",
    "directory": "文件夹",
    "path": "文件或文件夹",
}


def speak_chinese() -> None:
    """Let Click speak Chinese for the rest of this process."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, words in (("_", _word), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, words)


def _word(message: str) -> str:
    return WORDS.get(message, message)


def _counted(one: str, several: str, count: int) -> str:
    return _word(one if count == 1 else several)
