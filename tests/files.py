"""Files as they are sent: small ones of every kind, made byte by byte, and some that are not what they seem."""

from __future__ import annotations

import struct
from typing import Any
from zlib import compress, crc32

from models.evidence import FileFacts, MediaType
from service.file_types import facts_of


def chunk(name: bytes, said: bytes = b"") -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(said)) + name + said + struct.pack(">I", crc32(name + said))


def png(width: int = 2, height: int = 1, *between: bytes, data: bytes | None = None) -> bytes:
    """A picture in shades of grey, with whatever else somebody put between its header and its data."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    dots = compress(b"".join(b"\0" + bytes(width) for _ in range(height))) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(between) + chunk(b"IDAT", dots) + chunk(b"IEND")


def large_png(size: int) -> bytes:
    """A picture of exactly so many bytes, most of them a remark."""
    return png(2, 1, chunk(b"teXt", bytes(size - len(png()) - len(chunk(b"teXt")))))


def jpeg(width: int = 3, height: int = 2) -> bytes:
    """A picture as a camera has it, as far as its markers go; a marker within the scan is stuffed, as it has to be."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"dots\xff\x00dots\xff\xd0dots"
    remark = b"\xff\xfe" + struct.pack(">H", 7) + b"snow!"
    return b"\xff\xd8" + remark + b"\xff" + frame + scan + b"\xff\xd9"


def webp(form: bytes = b"VP8L", width: int = 4, height: int = 3) -> bytes:
    """A picture in one of the three forms of WebP."""
    said = {
        b"VP8X": b"\0" * 4 + max(0, width - 1).to_bytes(3, "little") + max(0, height - 1).to_bytes(3, "little"),
        b"VP8 ": b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height),
        b"VP8L": b"\x2f" + struct.pack("<I", max(0, width - 1) | max(0, height - 1) << 14),
    }[form]
    body = b"WEBP" + form + struct.pack("<I", len(said)) + said + b"\0" * (len(said) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Size 2>>\nstartxref\n9\n%%EOF\n"
ZIP = b"PK\x05\x06" + bytes(18)
HTML = b"<!doctype html><script>alert('a wolf')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
SOUND: dict[MediaType, bytes] = {
    MediaType.PNG: png(), MediaType.JPEG: jpeg(), MediaType.WEBP: webp(), MediaType.PDF: PDF,
}  # fmt: skip


def facts(content: bytes) -> FileFacts:
    """What a file is found to be."""
    return facts_of(content)


def sent(details: bytes | str, content: bytes, declared: str = "image/png", name: str = "wolf.png") -> dict[str, Any]:
    """A file as a form sends it."""
    return {"files": {"details": (None, details, "application/json"), "file": (name, content, declared)}}
