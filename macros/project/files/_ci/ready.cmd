rem Makes .venv ready by ready.py, with the Python that is found. A crash ends with a code below 0.
set PYTHONUTF8=1
set NO_MKDOCS_2_WARNING=1
set python=py
where py >nul 2>nul || set python=python
%python% .ci\ready.py
if %errorlevel%==0 exit /b 0
if errorlevel 103 goto missing
exit /b 1
:missing
echo 没有找到 Python。请从 python.org 安装 3.11 或更新的版本，再双击一次。
exit /b 1
