"""Run the command line: ``python -m macros``, also where nothing is installed yet."""

from __future__ import annotations

import sys
from pathlib import Path

from macros.cli import installing

if installing.is_installed():
    from macros.cli.main import main

    main(prog_name="kepu")
else:
    sys.exit(installing.run_inside(Path(__file__).parent.parent, ["-m", "macros", *sys.argv[1:]]))
