"""Run the command line: ``python -m macros``."""

from macros.cli import main

main(prog_name="kepu")
