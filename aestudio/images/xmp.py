"""XMP packets: changed by inserting text, so that everything else stays as another program wrote it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_MM = "http://ns.adobe.com/xap/1.0/mm/"
_EVENT = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
_DC = "http://purl.org/dc/elements/1.1/"

_ORIENTATION = re.compile(rb"(tiff:Orientation(?:\s*=\s*[\"']|\s*>\s*))([2-8])(?=\s*[\"'<])")
_ABOUT = re.compile(r"<rdf:Description[^>]*?(rdf:about\s*=\s*(?:\"[^\"]*\"|'[^']*'))")
_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f'<rdf:RDF xmlns:rdf="{_RDF}">\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
)


def upright(packet: bytes) -> bytes:
    """The packet with its orientation reset to 1: some viewers follow it."""
    return _ORIENTATION.sub(rb"\g<1>1", packet)


def with_history(packet: bytes | None, software: str, lines: tuple[str, ...], when: datetime) -> bytes | None:
    """The packet with an event for each line at the end of its history (xmpMM:History, XMP part 2, 2016).

    A packet that cannot be parsed, or uses unusual prefixes, comes back as it is.
    """
    events = "".join(_event(software, line, when) for line in lines)
    return _changed(packet, lambda text: _inserted(text, events))


def with_texts(packet: bytes | None, texts: Mapping[str, Sequence[str]]) -> bytes | None:
    """The packet with Dublin Core properties, such as subject or description, that it lacks."""
    properties = "".join(_property(name, values) for name, values in texts.items())
    return _changed(packet, lambda text: _described(text, f'xmlns:dc="{_DC}"', properties))


def _changed(packet: bytes | None, change: Callable[[str], str]) -> bytes | None:
    try:
        changed = change(packet.decode("utf-8-sig") if packet else _EMPTY)
        ElementTree.fromstring(_body(changed))
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return packet
    return changed.encode()


def _property(name: str, values: Sequence[str]) -> str:
    kind = {"subject": "Bag", "creator": "Seq"}.get(name, "Alt")
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{language}>{escape(_UNFIT.sub(' ', value))}</rdf:li>" for value in values)
    return f"<dc:{name}><rdf:{kind}>{items}</rdf:{kind}></dc:{name}>"


def _event(software: str, line: str, when: datetime) -> str:
    return (
        f'<rdf:li rdf:parseType="Resource" xmlns:stEvt="{_EVENT}"><stEvt:action>edited</stEvt:action>'
        f"<stEvt:softwareAgent>{escape(software)}</stEvt:softwareAgent>"
        f"<stEvt:parameters>{escape(line)}</stEvt:parameters>"
        f"<stEvt:when>{when.isoformat(timespec='seconds')}</stEvt:when></rdf:li>"
    )


def _inserted(text: str, events: str) -> str:
    start = text.find("<xmpMM:History")
    if start >= 0:
        end = text.index("</xmpMM:History>", start)
        at = text.rindex("</rdf:Seq>", start, end)
        return text[:at] + events + text[at:]
    history = f"<xmpMM:History><rdf:Seq>{events}</rdf:Seq></xmpMM:History>"
    return _described(text, f'xmlns:xmpMM="{_MM}"', history)


def _described(text: str, namespace: str, properties: str) -> str:
    """The packet with one more description of the photo behind the others."""
    at = text.rindex("</rdf:RDF>")
    found = _ABOUT.search(text)
    about = found.group(1) if found else 'rdf:about=""'
    return f"{text[:at]}<rdf:Description {about} {namespace}>{properties}</rdf:Description>\n{text[at:]}"


def _body(text: str) -> str:
    """The XML without its packet wrapper, which may be padded by kilobytes of blanks."""
    start = text.index("<", text.find("?>") + 2) if text.lstrip("\ufeff").startswith("<?xpacket") else 0
    end = text.rfind("<?xpacket end")
    return text[start : end if end > 0 else len(text)]


def text_of(packet: bytes | None, name: str) -> str | None:
    """The first text of a Dublin Core property, such as creator or rights."""
    if not packet:
        return None
    try:
        root = ElementTree.fromstring(_body(packet.decode("utf-8-sig")))
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return None
    item = root.find(f".//{{{_DC}}}{name}//{{{_RDF}}}li")
    return item.text.strip() or None if item is not None and item.text else None
