"""What can go wrong on the disk while a site goes out, said in Chinese."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_BUSY = {errno.EBUSY, errno.ETXTBSY}
# A program on Windows has the file open (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
_WINDOWS_BUSY = {32, 33}
# ERROR_PRIVILEGE_NOT_HELD: symbolic links need the developer mode of Windows.
_WINDOWS_NO_LINKS = 1314

FULL_OR_READ_ONLY = {*_FULL, errno.EROFS}
"""Errors that speak of the disk, whatever was being done."""


class PublishingError(Exception):
    """Raised where a site cannot go out; its text is Chinese and says what to do."""


def explain(error: OSError, folder: Path, outcome: str = "原有的网站没有改动。") -> PublishingError:
    """Return an error of the operating system in words that an editor understands.

    Args:
        error: what the operating system said.
        folder: the folder that was being written.
        outcome: what became of the site, a sentence in Chinese.
    """
    if error.errno in _FULL:
        text = "磁盘已满，写不下新的网站；请清理磁盘后再试"
    elif getattr(error, "winerror", None) in _WINDOWS_BUSY or error.errno in _BUSY:
        text = "文件夹正被别的程序占用；请关闭打开着它的窗口和程序后再试"
    elif error.errno == errno.EROFS:
        text = "所在的磁盘是只读的；请换一个位置"
    elif error.errno in _FORBIDDEN:
        text = "没有写入权限；请检查文件夹的权限，或换一个位置"
    elif getattr(error, "winerror", None) == _WINDOWS_NO_LINKS:
        text = "Windows 不让这个帐户建符号链接；请打开“开发者模式”，或用 --as pages"
    elif error.errno == errno.EXDEV:
        text = "文件系统不能整体替换这个文件夹（它可能是一个挂载点）；请选用它里面的一个子文件夹"
    else:
        text = f"写入失败（{error.strerror or error}）；请检查磁盘后再试"
    return PublishingError(f"{folder}：{text}。{outcome}")
