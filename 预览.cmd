@echo off
chcp 65001 >nul
cd /d "%~dp0"
if exist ".venv\Scripts\python.exe" goto ready
echo 第一次运行，正在准备，要几分钟……
py -m venv .venv || goto failed
.venv\Scripts\python -m pip install --quiet --require-hashes -r requirements.txt || goto failed
.venv\Scripts\python -m pip install --quiet --no-deps --no-build-isolation -e . || goto failed
:ready
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
.venv\Scripts\python -m macros serve
goto end
:failed
echo 没有准备好。请先安装 Python 3.11 或更新的版本（python.org），再试一次。
:end
pause
