@echo off
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
set python=py
where py >nul 2>nul || set python=python
%python% -m macros.cli.installing
if errorlevel 103 goto missing
if errorlevel 1 goto end
call ".venv\Scripts\activate.bat"
echo 准备好了。输入命令，例如 kepu check，按回车。
cmd /k
exit /b
:missing
echo 没有找到 Python。请从 python.org 安装 3.11 或更新的版本，再双击一次。
:end
pause
