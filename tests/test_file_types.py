"""What a file is, by its own bytes: every kind that is taken, and what only seems to be one of them."""

from __future__ import annotations

import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evidence import MediaType
from service.file_types import MOST_PIECES, FileBroken, FileTypeUnknown, PictureTooLarge, facts_of
from tests.files import HTML, PDF, SOUND, SVG, ZIP, chunk, jpeg, png, webp

FAULTS = (FileBroken, FileTypeUnknown, PictureTooLarge)


@pytest.mark.parametrize("media_type", MediaType)
def test_every_kind_is_known_by_its_bytes(media_type: MediaType) -> None:
    """EVID-8."""
    found = facts_of(SOUND[media_type])
    assert (found.media_type, found.size) == (media_type, len(SOUND[media_type]))


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(7, 5), (7, 5)),
        (jpeg(7, 5), (7, 5)),
        (jpeg(7, 5) + jpeg(9, 8), (9, 8)),
        *((webp(form, 7, 5), (7, 5)) for form in (b"VP8X", b"VP8 ", b"VP8L")),
    ],
)
def test_a_picture_says_how_large_it_is(content: bytes, size: tuple[int, int]) -> None:
    found = facts_of(content)
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    "content", [b"", b"x", HTML, SVG, b"GIF89a" + bytes(20), ZIP, b"MZ" + bytes(60), b" " + PDF, b"RIFF\0\0\0\0WAVE"]
)
def test_what_begins_as_nothing_that_is_taken_is_unknown(content: bytes) -> None:
    """EVID-8: whatever it is called."""
    with pytest.raises(FileTypeUnknown):
        facts_of(content)


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
@pytest.mark.parametrize("more", [HTML, ZIP, b"\0", b"\xff\xd8", PDF + b"x"])
def test_what_has_more_behind_its_end_is_broken(content: bytes, more: bytes) -> None:
    """EVID-8: a file is one thing, to every program that reads it."""
    with pytest.raises(FileBroken):
        facts_of(content + more)


def test_an_archive_within_a_file_is_found_by_its_end() -> None:
    """A PDF may hold anything between its objects; an archive is read from behind."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("wolf.html", HTML)
        made.comment = PDF[-40:]
    with pytest.raises(FileBroken):
        facts_of(PDF[:9] + archive.getvalue())
    assert zipfile.is_zipfile(BytesIO(PDF[:9] + archive.getvalue()))


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_a_file_that_was_cut_off_is_broken_wherever_that_was(content: bytes) -> None:
    for end in range(len(content.rstrip())):
        with pytest.raises(FAULTS):
            facts_of(content[:end])


@pytest.mark.parametrize(
    "content",
    [
        png(50_000, 50_000, data=b"bomb"),
        png(0, 1, data=b"none"),
        webp(b"VP8X", 16_384, 16_384),
        webp(b"VP8 ", 0, 3),
        jpeg(60_000, 60_000),
        jpeg(0, 9),
    ],
)
def test_a_picture_that_would_fill_the_memory_of_whoever_opens_it_is_refused(content: bytes) -> None:
    with pytest.raises(PictureTooLarge):
        facts_of(content)


@pytest.mark.parametrize(
    "content",
    [
        png(2, 1, *[chunk(b"teXt")] * (MOST_PIECES + 1)),
        b"\xff\xd8" + b"\xff" * (MOST_PIECES + 10) + jpeg()[2:],
        jpeg() * (MOST_PIECES + 2),
        b"RIFF" + struct.pack("<I", 4 + 8 * MOST_PIECES * 2) + b"WEBP" + (b"EXIF" + bytes(4)) * MOST_PIECES * 2,
    ],
    ids=["chunks", "fillings", "pictures", "pieces"],
)
def test_nobody_is_kept_busy_by_a_file_of_a_hundred_thousand_pieces(content: bytes) -> None:
    with pytest.raises(FileBroken):
        facts_of(content)


@pytest.mark.parametrize(
    "content",
    [
        png()[:-12],
        png().replace(b"IDAT", b"iDAT"),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b"x") + chunk(b"IEND"),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IEND"),
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\x00" + jpeg()[2:],
        b"\xff\xd8\xff\xfe\x00\x01" + jpeg()[2:],
        webp().replace(b"\x2f", b"\x2e", 1),
        webp(b"VP8 ").replace(b"\x9d\x01", b"\x9d\x02"),
        webp().replace(b"VP8L", b"EXIF"),
        webp()[:4] + b"\0\0\0\0" + webp()[8:],
        PDF.replace(b"startxref", b"endxref"),
    ],
)
def test_a_file_whose_pieces_do_not_fit_is_broken(content: bytes) -> None:
    with pytest.raises(FileBroken):
        facts_of(content)


@given(st.sampled_from(sorted(SOUND)), st.integers(0, 80), st.integers(1, 255))
def test_whatever_is_changed_it_is_taken_for_a_file_or_refused(media_type: MediaType, place: int, change: int) -> None:
    content = bytearray(SOUND[media_type])
    content[place % len(content)] ^= change
    with suppress(*FAULTS):
        assert facts_of(bytes(content)).size == len(content)
