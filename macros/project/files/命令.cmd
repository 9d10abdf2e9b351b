@echo off
chcp 65001 >nul
cd /d "%~dp0"
call .ci\ready.cmd
if errorlevel 1 goto end
set "PATH=%~dp0.ci;%~dp0.venv\Scripts;%PATH%"
echo 准备好了。输入命令，例如 kepu check，按回车。
cmd /k
exit /b
:end
pause
