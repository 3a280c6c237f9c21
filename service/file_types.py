"""What a file is, by its own bytes: whatever it was called or sent as, and without unpacking or drawing any of it.

Each kind is walked through from its first byte to its last, as its specification orders it, so that nothing can be hidden before,
between or behind: PNG (ISO/IEC 15948), JPEG (ITU-T T.81), WebP (RFC 9649) and PDF (ISO 32000-2).
"""

import re
import struct
from collections.abc import Callable, Iterator, Sized
from hashlib import sha256
from typing import Final
from zlib import crc32

from models.evidence import LONGEST_SIDE, FileFacts, MediaType

MOST_PIXELS: Final = 100_000_000
"""The largest picture that is taken: four times what cameras in telephones make, and what a viewer can still show."""

MOST_PIECES: Final = 10_000
"""Of how many pieces a file may consist: many times what any program writes, and few enough to walk through at once."""

PNG: Final = b"\x89PNG\r\n\x1a\n"
JPEG: Final = b"\xff\xd8"
RIFF, WEBP = b"RIFF", b"WEBP"
PDF: Final = re.compile(rb"%PDF-[12]\.[0-9]")
LAST_OF_PDF: Final = re.compile(rb"startxref\s+[0-9]+\s+%%EOF\s*\Z")
LAST_OF_ZIP: Final = b"PK\x05\x06"
ZIP_TAIL, ZIP_COMMENT_AT, LONGEST_COMMENT = 22, 20, 0xFFFF
ENDS_OF_PDF_WITHIN: Final = 1024
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG that say how large the picture is."""
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""The markers of a JPEG that nothing belongs to."""
AFTER_A_SCAN: Final = re.compile(rb"\xff(?![\x00\xd0-\xd7\xff])")
Size = tuple[int, int] | None


class FileTypeUnknown(Exception):
    """A file here is a picture as PNG, JPEG or WebP, or a PDF. This one begins like none of them."""


class FileBroken(Exception):
    """The file is not whole, or there is more in it than belongs there. Send it as it was made."""


class PictureTooLarge(Exception):
    """The picture says that it has more than 100 million pixels, or sides of no length. Send a smaller one."""


def facts_of(content: bytes) -> FileFacts:
    """What a file is. Raises FileTypeUnknown, FileBroken or PictureTooLarge."""
    media_type, walk = begun(content)
    try:
        size = walk(content)
    except (IndexError, struct.error):
        raise FileBroken from None
    if is_archive(content):
        raise FileBroken
    if size and not (min(size) > 0 and max(size) <= LONGEST_SIDE and size[0] * size[1] <= MOST_PIXELS):
        raise PictureTooLarge
    width, height = size or (None, None)
    digest = sha256(content).hexdigest()
    return FileFacts(media_type=media_type, size=len(content), sha256=digest, width=width, height=height)


def begun(content: bytes) -> tuple[MediaType, Callable[[bytes], Size]]:
    """What a file begins as, and how that is walked through. Raises FileTypeUnknown."""
    if content.startswith(PNG):
        return MediaType.PNG, walk_png
    if content.startswith(JPEG):
        return MediaType.JPEG, walk_jpeg
    if content.startswith(RIFF) and content[8:12] == WEBP:
        return MediaType.WEBP, walk_webp
    if PDF.match(content):
        return MediaType.PDF, walk_pdf
    raise FileTypeUnknown


def not_too_many(pieces: Sized) -> None:
    """Raise FileBroken before somebody is kept busy."""
    if len(pieces) > MOST_PIECES:
        raise FileBroken


def walk_png(content: bytes) -> Size:
    """Chunk by chunk, each with its checksum, from the header to the end. Raises FileBroken."""
    place, names = len(PNG), list[bytes]()
    while not names or names[-1] != b"IEND":
        not_too_many(names)
        (length,) = struct.unpack_from(">I", content, place)
        body = content[place + 4 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, place + 8 + length)
        if crc32(body) != checksum:
            raise FileBroken
        names.append(body[:4])
        place += 12 + length
    if names[0] != b"IHDR" or b"IDAT" not in names or place != len(content):
        raise FileBroken
    width, height = struct.unpack_from(">II", content, len(PNG) + 8)
    return width, height


def walk_jpeg(content: bytes) -> Size:
    """Picture by picture: telephones put further ones behind the first. Raises FileBroken."""
    place, sizes = 0, list[tuple[int, int]]()
    while place < len(content):
        not_too_many(sizes)
        place, size = walk_picture(content, place)
        sizes.append(size)
    return max(sizes, key=lambda each: each[0] * each[1])


def walk_picture(content: bytes, place: int) -> tuple[int, tuple[int, int]]:
    """One picture, marker by marker: where it ends, and its size. Raises FileBroken."""
    size = None
    if content[place : place + 2] != JPEG:
        raise FileBroken
    for marker, begins, ends in segments(content, place + 2):
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, begins + 1)
            size = width, height
        place = ends
    if size is None:
        raise FileBroken
    return place, size


def segments(content: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """What stands between the beginning of a picture and its end: each marker, and from where to where it goes."""
    marker, passed = 0, [place]
    while marker != 0xD9:  # noqa: PLR2004 - the end of the picture
        passed.append(place)
        not_too_many(passed)
        if content[place] != 0xFF:  # noqa: PLR2004 - what every marker begins with
            raise FileBroken
        marker, begins = content[place + 1], place + 2
        if marker == 0xFF:  # noqa: PLR2004 - a marker may be preceded by any number of these
            place += 1
            continue
        place = begins if marker in ALONE or marker == 0xD9 else past(content, marker, begins)  # noqa: PLR2004 - as above
        yield marker, begins + 2, place


def past(content: bytes, marker: int, begins: int) -> int:
    """Where the next marker stands. Raises FileBroken."""
    (length,) = struct.unpack_from(">H", content, begins)
    if length < 2:  # noqa: PLR2004 - it counts itself
        raise FileBroken
    if marker != 0xDA:  # noqa: PLR2004 - a scan, whose length is nowhere said
        return begins + int(length)
    following = AFTER_A_SCAN.search(content, begins + length)
    if following is None:
        raise FileBroken
    return following.start()


def walk_webp(content: bytes) -> Size:
    """Chunk by chunk, within the length that the file says. Raises FileBroken."""
    (length,) = struct.unpack_from("<I", content, 4)
    place, names, sizes = 12, list[bytes](), []
    while place < len(content):
        names.append(content[place : place + 4])
        not_too_many(names)
        (size,) = struct.unpack_from("<I", content, place + 4)
        if names[-1] in SIZES_OF_WEBP:
            sizes.append(SIZES_OF_WEBP[names[-1]](content, place + 8))
        place += 8 + size + size % 2
    if not sizes or place != len(content) or length + 8 != len(content):
        raise FileBroken
    return sizes[0]


def canvas(content: bytes, place: int) -> tuple[int, int]:
    """The size of a picture that has features beside it."""
    width, height = (int.from_bytes(content[place + at : place + at + 3], "little") + 1 for at in (4, 7))
    return width, height


def lossy(content: bytes, place: int) -> tuple[int, int]:
    """The size of a picture as a video has it. Raises FileBroken."""
    if content[place + 3 : place + 6] != b"\x9d\x01\x2a":
        raise FileBroken
    width, height = struct.unpack_from("<HH", content, place + 6)
    return width & 0x3FFF, height & 0x3FFF


def lossless(content: bytes, place: int) -> tuple[int, int]:
    """The size of a picture without loss. Raises FileBroken."""
    if content[place] != 0x2F:  # noqa: PLR2004 - what it begins with
        raise FileBroken
    (bits,) = struct.unpack_from("<I", content, place + 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


SIZES_OF_WEBP: Final = {b"VP8X": canvas, b"VP8 ": lossy, b"VP8L": lossless}


def walk_pdf(content: bytes) -> Size:
    """From its version to the mark of its end, behind which there is nothing. Raises FileBroken."""
    if not LAST_OF_PDF.search(content, max(0, len(content) - ENDS_OF_PDF_WITHIN)):
        raise FileBroken
    return None


def is_archive(content: bytes) -> bool:
    """Whether a program that unpacks archives would take it for one: those are read from their end."""
    tail = content[-(ZIP_TAIL + LONGEST_COMMENT) :]
    at = tail.find(LAST_OF_ZIP)
    while at >= 0:
        left = len(tail) - at - ZIP_TAIL
        if left >= 0 and int.from_bytes(tail[at + ZIP_COMMENT_AT : at + ZIP_TAIL], "little") == left:
            return True
        at = tail.find(LAST_OF_ZIP, at + 1)
    return False
