"""What the tables are, for machines: a Data Package (datapackage.json) and a catalogue in DCAT (JSON-LD)."""

from __future__ import annotations

from dataclasses import dataclass

from macros.exports.columns import ColumnType, TableColumn, columns_of
from macros.exports.files import Files
from macros.exports.tables import ROOT, Tables
from macros.text.notation import Values, json_file

_FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MEDIA = "http://www.iana.org/assignments/media-types/"
_CONTEXT: Values = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Package:
    """The descriptions of the tables.

    Attributes:
        tables: what they describe.
    """

    tables: Tables

    def files(self) -> Files:
        """Return the descriptions, paths below the site's root; without a table there is nothing to describe."""
        if not self.tables.kinds:
            return Files({})
        return Files(
            {
                f"{ROOT}datapackage.json": lambda: json_file(self.package()),
                f"{ROOT}dcat.jsonld": lambda: json_file(self.catalogue()),
            }
        )

    def package(self) -> Values:
        """Return the Data Package; a licence is named only on the page about copyright, so none is stated here."""
        publication = self.tables.publication
        return {
            "profile": "tabular-data-package",
            "name": "kepu",
            "title": f"{publication.name}开放数据",
            "description": publication.description,
            **({"homepage": publication.url} if publication.url else {}),
            "resources": [self._resource(kind) for kind in self.tables.kinds],
        }

    def _resource(self, kind: str) -> Values:
        return {
            "profile": "tabular-data-resource",
            "name": kind,
            "title": self.tables.publication.library.kind_label(kind),
            "path": f"{kind}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": [_field(column) for column in columns_of(kind)], "primaryKey": ["id"]},
        }

    def catalogue(self) -> Values:
        """Return the catalogue; its addresses are relative to the file where the site's own address is not known."""
        publication = self.tables.publication
        publisher = {"@type": "foaf:Agent", "foaf:name": publication.publisher}
        return {
            "@context": _CONTEXT,
            "@id": publication.absolute(ROOT) or "./",
            "@type": "dcat:Catalog",
            "dcterms:title": _text(f"{publication.name}开放数据"),
            "dcterms:description": _text(publication.description),
            "dcterms:language": publication.locale,
            **({"dcterms:publisher": publisher} if publication.publisher else {}),
            "dcterms:rights": {"@id": publication.absolute("copyright/") or "../copyright/"},
            "dcat:dataset": [self._dataset(kind) for kind in self.tables.kinds],
        }

    def _dataset(self, kind: str) -> Values:
        publication = self.tables.publication
        label = publication.library.kind_label(kind)
        days = filter(None, map(publication.library.modified, publication.records[kind]))
        modified = max(days, default=None)
        return {
            "@id": f"{publication.absolute(ROOT) or './'}#{kind}",
            "@type": "dcat:Dataset",
            "dcterms:title": _text(label),
            "dcterms:description": _text(f"{publication.name}的全部{label}记录。"),
            "dcterms:identifier": kind,
            **({"dcterms:modified": {"@type": "xsd:date", "@value": modified.iso}} if modified else {}),
            "dcat:landingPage": {"@id": publication.absolute(ROOT) or "./"},
            "dcat:distribution": [self._distribution(kind, name) for name in _FORMATS],
        }

    def _distribution(self, kind: str, form: str) -> Values:
        address = self.tables.publication.absolute(f"{ROOT}{kind}.{form}") or f"{kind}.{form}"
        return {
            "@type": "dcat:Distribution",
            "dcterms:title": _text(f"{kind}.{form}"),
            "dcat:accessURL": {"@id": address},
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": _MEDIA + _FORMATS[form]},
        }


def _text(text: str) -> Values:
    return {"@language": "zh", "@value": text}


def _field(column: TableColumn) -> Values:
    """Return a column as the Table Schema specification describes it."""
    field: Values = {"name": column.name, "title": column.title, "type": column.type.value}
    if column.help:
        field["description"] = column.help
    if column.type is ColumnType.BOOL:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: Values = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return {**field, "constraints": constraints} if constraints else field
