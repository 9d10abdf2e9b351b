"""Everything that machines read, in one place."""

from __future__ import annotations

from macros.exports import calendar, openapi, redirects
from macros.exports.api import Api
from macros.exports.feeds import Feeds
from macros.exports.files import Files
from macros.exports.package import Package
from macros.exports.publication import Publication
from macros.exports.tables import Tables


def export(publication: Publication) -> Files:
    """Return all files for machines, paths below the site's root; each is made when it is read."""
    api = Api(publication)
    tables = Tables(api)
    return (
        api.files()
        | openapi.files(api)
        | tables.files()
        | Package(tables).files()
        | Feeds(publication).files()
        | calendar.files(publication)
        | redirects.files(api)
    )
