"""Pictures that people send: read with care, made anew, and stripped of everything but the picture."""

import warnings
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .refusals import Refused

# A telephone's photograph is some 5 MB and 12–50 million pixels.
LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG")


def read(file: BinaryIO, size: int) -> Image.Image:
    """The picture, turned the right way up; Refused, with a sentence, when it is none that we take.

    `size` is the file's length in bytes. The header is read first: a picture that would swell to more than
    `MOST_PIXELS` is refused before it is unpacked.
    """
    if size > LARGEST_FILE:
        raise Refused(_("Kuva on liian suuri. Sen koko saa olla enintään 10 megatavua."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("Kuvassa on liikaa pikseleitä. Pienennä kuvaa ja yritä uudelleen."))
            picture.load()
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(_("Kuvassa on liikaa pikseleitä. Pienennä kuvaa ja yritä uudelleen.")) from None
    except Exception:  # noqa: BLE001  a broken file can break its reader in any way
        raise Refused(_("Kuvaa ei voi lukea. Kuvaksi käy JPEG- tai PNG-tiedosto.")) from None
    if picture.mode.startswith("I"):
        # Sixteen bits of grey, which no JPEG holds.
        picture = picture.convert("I").point(lambda grey: grey / 256).convert("L")
    return _turned(picture)


def _turned(picture: Image.Image) -> Image.Image:
    """The right way up; as it is when what the camera wrote of it is broken."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001  broken notes of a camera can break their reader in any way
        return picture


def square_jpeg(picture: Image.Image, side: int) -> bytes:
    """The middle of the picture as a JPEG of side × side pixels, on white where it was see-through."""
    return _jpeg(ImageOps.fit(_on_white(picture), (side, side), method=Image.Resampling.LANCZOS), 82)


def fitted_jpeg(picture: Image.Image, longest: int, most_bytes: int) -> tuple[bytes, int, int]:
    """The whole picture as a JPEG, its width and height: neither more than `longest`, few enough bytes."""
    # A small copy first: the full size of a telephone's photograph is much memory.
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    small = _on_white(picture)
    for quality in (82, 65, 45):
        jpeg = _jpeg(small, quality)
        if len(jpeg) <= most_bytes:
            return jpeg, small.width, small.height
    return fitted_jpeg(small, longest // 2, most_bytes)


def _on_white(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
