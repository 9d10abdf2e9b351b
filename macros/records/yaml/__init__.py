"""YAML as editors write it: values that stay text and know where they stand, and faults told in Chinese."""

from macros.records.yaml.document import Document, decode, digest_of, parse, read

__all__ = ["Document", "decode", "digest_of", "parse", "read"]
