"""Two folders change places in one step, where the operating system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

# linux/fcntl.h and linux/fs.h
_CURRENT_FOLDER = -100
_EXCHANGE = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}


def exchange(first: Path, second: Path) -> bool:
    """Let two folders of one file system change places, so that at no moment either name is missing.

    Returns:
        Whether it was done; False where the system or the file system cannot do it (renameat2(2) with RENAME_EXCHANGE
        came with Linux 3.15), and nothing has changed.

    Raises:
        OSError: the system can do it, but not with these folders.
    """
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    arguments = (_CURRENT_FOLDER, os.fsencode(first), _CURRENT_FOLDER, os.fsencode(second), ctypes.c_uint(_EXCHANGE))
    if rename(*arguments) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))
