"""What the system says when a file can't be read or written, in words that name the cure."""

from __future__ import annotations

import errno
from pathlib import Path

_TABLES = {".xlsx", ".xls", ".csv"}
_FULL = {errno.ENOSPC, errno.EDQUOT}
# Windows answers so where another program has the file open: ERROR_ACCESS_DENIED, _SHARING_VIOLATION, _LOCK_VIOLATION.
_HELD = {errno.EACCES, errno.EPERM, errno.EBUSY}


def explain(error: OSError) -> str:
    """Return one line in Chinese: which file, why, and what to do.

    Args:
        error: what the system said; of a file that takes another's place, the other one is named.
    """
    path = error.filename2 or error.filename
    where = f"{path}：" if path else ""
    if error.errno in _FULL:
        return f"{where}磁盘满了，没有写入；请清理磁盘，再运行一次"
    if error.errno == errno.EROFS:
        return f"{where}磁盘是只读的，没有写入；请把项目放到别的磁盘，再运行一次"
    if error.errno in _HELD and path and Path(str(path)).suffix.lower() in _TABLES:
        return f"{where}打不开或换不下；请先在 Excel 或 WPS 里关闭它，再运行一次"
    if error.errno in _HELD:
        return f"{where}打不开或换不下；请关掉正打开着它的程序，再运行一次；还不行就检查文件的权限"
    return f"{where}文件读写不成（{error.strerror or error}）；请检查磁盘和权限，关掉占用它的程序"
