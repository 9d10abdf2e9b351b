rem Makes .venv ready as requirements.txt pins it, and again when that has changed.
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
if not exist .venv\Scripts\kepu.exe goto install
fc /b requirements.txt .venv\requirements.txt >nul 2>nul
if not errorlevel 1 exit /b 0
:install
set python=py
where py >nul 2>nul || set python=python
echo 正在准备，要几分钟，请不要关窗口……
%python% -m venv .venv
if errorlevel 103 goto missing
if errorlevel 1 goto failed
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
if errorlevel 1 goto failed
copy /y requirements.txt .venv\requirements.txt >nul
exit /b 0
:missing
echo 没有找到 Python。请从 python.org 安装 3.11 或更新的版本，再双击一次。
exit /b 1
:failed
echo 没有准备好。请检查能不能上网，再试一次；还不行就删掉 .venv 文件夹再试。
exit /b 1
