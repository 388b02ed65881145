"""A process that carries out every command of ``jingban`` in the working directory, with no more than it must be given.

Started by tests/cli/test_bare.py. Writes one JSON list a command: its words, exit status, what it said, the traceback if there was one.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from itertools import product

import click
from click.testing import CliRunner

from jingban.cli.main import root
from jingban.cli.shared import MonthType
from jingban.values.i18n import activate

MADE_ELSEWHERE = {"sample", "year", "serve", "manage", "check"}
"""They make a centre of their own, stay until they are stopped, are Django's, or take documents and no centre."""


def leaves(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not (not words and name in MADE_ELSEWHERE):
                yield from leaves(found, (*words, name))
    else:
        yield words, command


def values(parameter: click.Parameter) -> list[str]:
    """Something that a parameter takes; all of them where it is a choice."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return [str(one) for one in kind.choices]
    if isinstance(kind, MonthType):
        return ["2020-01"]
    if isinstance(kind, click.DateTime):
        return ["2020-01-01"]
    if isinstance(kind, click.types.IntParamType):
        return [str(max(getattr(kind, "min", None) or 1, 1))]
    return ["x"]


def lines(words: tuple[str, ...], command: click.Command) -> Iterator[list[str]]:
    """A command line for each combination of choices among its arguments and the options that it demands."""
    asked = [
        one
        for one in command.params
        if one.required or (isinstance(one, click.Argument) and isinstance(one.type, click.Choice))
    ]
    for chosen in product(*(values(one) for one in asked)):
        options = [
            part
            for one, value in zip(asked, chosen, strict=True)
            if isinstance(one, click.Option)
            for part in (one.opts[0], value)
        ]
        arguments = [
            value for one, value in zip(asked, chosen, strict=True) if isinstance(one, click.Argument)
        ]
        yield [*words, *options, *arguments]


def main() -> None:
    activate("zh")
    for words, command in leaves(root, ()):
        for line in lines(words, command):
            done = CliRunner().invoke(root, line, input="")
            trace = ""
            if done.exception is not None and not isinstance(done.exception, SystemExit):
                trace = "".join(traceback.format_exception(done.exception))
            print(json.dumps([line, done.exit_code, done.output, trace]), flush=True, file=sys.__stdout__)


if __name__ == "__main__":
    main()
