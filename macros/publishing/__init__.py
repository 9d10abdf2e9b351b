"""Publishing: how a site goes out.

The wing knows folders of finished files only. `verify` crawls such a folder, `build` puts a fresh one in the place of
the last one without a moment of half a site, and `serve` shows the last good one to an editor.
"""
