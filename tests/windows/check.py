"""Do an editor's jobs in Windows and beside it, and tell what differs: ``make windows``."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.windows.desks import Desks
from tests.windows.jobs import JOBS, sets_itself_up
from tests.windows.machine import switched_on
from tests.windows.new_site import NEW_SITE_JOBS


def main(names: list[str]) -> int:
    """Do all jobs, or those that are named after the first; return 1 if anything went wrong."""
    faults: list[str] = []
    with TemporaryDirectory() as folder, switched_on():
        desks = Desks(Path(folder))
        for job in (*JOBS, *NEW_SITE_JOBS):
            if names and job not in (sets_itself_up,) and job.__name__ not in names:
                continue
            began = time.monotonic()
            found = list(job(desks))
            print(f"{'failed' if found else 'done'}, {time.monotonic() - began:.0f} s: {job.__doc__}", flush=True)
            faults += [f"{job.__name__}: {fault}" for fault in found]
            if found and job is sets_itself_up:
                break
    print("\n".join(faults) or "Windows does what this system does.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
