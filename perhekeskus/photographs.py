"""Pictures that people send: read with care, made anew, and stripped of everything but the picture."""

import warnings
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

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
            picture = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("Kuvassa on liikaa pikseleitä. Pienennä kuvaa ja yritä uudelleen."))
            picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(_("Kuvassa on liikaa pikseleitä. Pienennä kuvaa ja yritä uudelleen.")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused(_("Kuvaa ei voi lukea. Kuvaksi käy JPEG- tai PNG-tiedosto.")) from None
    return ImageOps.exif_transpose(picture)


def square_jpeg(picture: Image.Image, side: int) -> bytes:
    """The middle of the picture as a JPEG of side × side pixels, on white where it was see-through."""
    ground = Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    ground.paste(seen, mask=seen.getchannel("A"))
    small = ImageOps.fit(ground, (side, side), method=Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
