@echo off
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
set python=py
where py >nul 2>nul || set python=python
%python% -m macros edit
if errorlevel 103 goto missing
goto end
:missing
echo 没有找到 Python。请从 python.org 安装 3.11 或更新的版本，再双击一次。
:end
pause
