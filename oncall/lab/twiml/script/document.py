"""Reads a TwiML document strictly: well formed, `<Response>` at its root, known verbs in their own spelling.

Anything else is `BadDocument` with the telephone company's code; what the verbs do is told elsewhere.
"""

from xml.etree.ElementTree import Element, ParseError, fromstring

_XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})
SPOKEN_TYPES = frozenset({"text/plain"})


class BadDocument(Exception):
    """A document that cannot be fetched (11200 and its kin), read (12100, 12300) or carried out."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


def parse(body: str, *, content_type: str, verbs: frozenset[str]) -> list[Element]:
    """The verbs of a document in order."""
    if content_type not in _XML_TYPES and not body.lstrip().startswith("<"):
        raise BadDocument(12300)
    if "<!DOCTYPE" in body or "<!ENTITY" in body:
        raise BadDocument(12100)
    try:
        root = fromstring(body.strip().encode())  # noqa: S314 (entities are refused above)
    except ParseError as error:
        raise BadDocument(12100) from error
    if root.tag != "Response" or (root.text or "").strip():
        raise BadDocument(12100)
    if any(verb.tag not in verbs for verb in root):
        raise BadDocument(12100)
    return list(root)
