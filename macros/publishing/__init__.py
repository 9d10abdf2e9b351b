"""Publishing: how a site goes out.

The wing knows folders of finished files only: `crawl` checks such a folder as its readers will meet it, and `release` puts
it in the place of the last one, without a moment of half a site.
"""
