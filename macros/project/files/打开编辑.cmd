@echo off
chcp 65001 >nul
cd /d "%~dp0"
call .ci\ready.cmd
if errorlevel 1 goto end
.venv\Scripts\python.exe -m macros edit
:end
pause
