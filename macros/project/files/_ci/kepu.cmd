@rem The launcher that pip makes holds the folder's path and fails once the folder has another name.
@"%~dp0..\.venv\Scripts\python.exe" -m macros %*
