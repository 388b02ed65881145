"""Click's own words in Chinese: written as the gettext domain ``messages`` that click looks into."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

FOLDER = Path(__file__).resolve().parent.parent / "src" / "jingban" / "locale" / "zh_CN" / "LC_MESSAGES"
WORDS: dict[str | tuple[str, str], str] = {
    "Do you want to continue?": "继续吗？",
    "%(prog)s, version %(version)s": "%(prog)s，版本 %(version)s",
    "Show the version and exit.": "显示版本。",
    "Show this message and exit.": "显示这段说明。",
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Error: {message}": "错误：{message}",
    "Error: invalid input": "错误：输入无效",
    "Error: The two entered values do not match.": "错误：两次输入不一致。",
    "Repeat for confirmation": "再输入一次",
    "Aborted!": "已中止。",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Missing {param_type}": "缺少{param_type}",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "(dynamic)": "（随情况而定）",
    "required": "必填",
    "Try '{command} {option}' for help.": "用 '{command} {option}' 查看说明。",
    "No such option {name!r}.": "没有选项 {name!r}。",
    "No such command {name!r}.": "没有命令 {name!r}。",
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"): "是不是 {possibilities}？",
    "Invalid value: {message}": "取值不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 的取值不对：{message}",
    "Option {name!r} does not take a value.": "选项 {name!r} 不带值。",
    (
        "Option {name!r} requires an argument.",
        "Option {name!r} requires {nargs} arguments.",
    ): "选项 {name!r} 需要 {nargs} 个值。",
    "Argument {name!r} takes {nargs} values.": "参数 {name!r} 需要 {nargs} 个值。",
    (
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ): "多余的参数（{args}）",
    "Could not open file {filename!r}: {message}": "打不开文件 {filename!r}：{message}",
    "unknown error": "原因不明",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "Choose from:\n\t{choices}": "可选：\n\t{choices}",
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."): "{value!r} 不在 {choices} 之中。",
    "{value} is not in the range {range}.": "{value} 不在 {range} 之内。",
    "{value!r} is not a valid {number_type}.": "{value!r} 不是有效的 {number_type}。",
    "{name} {filename!r} is a file.": "{name} {filename!r} 是文件。",
    "{name} {filename!r} is a directory.": "{name} {filename!r} 是文件夹。",
    "{name} {filename!r} is not readable.": "{name} {filename!r} 不能读。",
    "{name} {filename!r} is not writable.": "{name} {filename!r} 不能写。",
    "{name} {filename!r} does not exist.": "{name} {filename!r} 不存在。",
}


def main() -> int:
    catalog = Catalog(locale="zh_CN", project="click", version="", charset="utf-8")
    for words, translation in WORDS.items():
        plural = isinstance(words, tuple)
        catalog.add(words, (translation,) if plural else translation)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    stream = BytesIO()
    write_po(stream, catalog, width=0)
    (FOLDER / "messages.po").write_bytes(
        b"\n".join(line for line in stream.getvalue().splitlines() if b"-Date:" not in line) + b"\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
