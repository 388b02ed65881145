"""A process that carries out ``jingban`` commands read from standard input (started by tests/casework/test_at_once.py).

A line is a JSON list of arguments. It is answered by ``ready`` when everything is loaded, then by JSON of exit status and output.
"""

from __future__ import annotations

import json
import sys

from click.testing import CliRunner

from jingban.cli.main import root
from jingban.cli.shared import require_register


def main() -> None:
    require_register()
    print("ready", flush=True)
    for line in sys.stdin:
        done = CliRunner().invoke(root, json.loads(line))
        trace = (
            "" if done.exception is None or isinstance(done.exception, SystemExit) else repr(done.exception)
        )
        print(json.dumps({"status": done.exit_code, "said": done.output, "trace": trace}), flush=True)


if __name__ == "__main__":
    main()
