"""A portrait for one card, drawn by ourselves: of nobody."""

import io

from PIL import Image, ImageDraw, ImageFilter

from network.actions.cards import set_photo
from network.models import Worker

SIDE = 600
WALL, LIGHT, CARDIGAN, SHIRT = "#c9d8d2", "#dfe9e4", "#3d5a6c", "#f4efe6"
SKIN, CHEEK, HAIR, LINE = "#e8bfa0", "#dd9d86", "#7a4f31", "#4a3426"


def hang_up_portrait(worker: Worker) -> None:
    """Let the worker's card have a picture, sent as they would send it themselves."""
    file = io.BytesIO()
    _portrait().save(file, "PNG")
    size = file.tell()
    file.seek(0)
    set_photo(by=worker, file=file, size=size)


def _portrait() -> Image.Image:
    """Somebody in a cardigan who smiles, before a light wall."""
    image = Image.new("RGB", (SIDE, SIDE), WALL)
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 10, 540, 490), fill=LIGHT)
    # The hair behind, the shoulders, the shirt between the cardigan's edges, the neck.
    draw.rounded_rectangle((178, 130, 422, 430), radius=110, fill=HAIR)
    draw.rounded_rectangle((90, 440, 510, 760), radius=120, fill=CARDIGAN)
    draw.polygon([(238, 440), (362, 440), (300, 600)], fill=SHIRT)
    draw.rounded_rectangle((258, 360, 342, 480), radius=40, fill=SKIN)
    draw.ellipse((200, 140, 400, 400), fill=SKIN)
    # The fringe.
    draw.chord((192, 112, 408, 330), 180, 360, fill=HAIR)
    for x in (256, 344):
        draw.arc((x - 22, 232, x + 22, 262), 200, 340, fill=LINE, width=5)
        draw.ellipse((x - 8, 256, x + 8, 274), fill=LINE)
    draw.ellipse((222, 290, 262, 322), fill=CHEEK)
    draw.ellipse((338, 290, 378, 322), fill=CHEEK)
    draw.arc((286, 282, 314, 312), 20, 160, fill=CHEEK, width=5)
    draw.arc((254, 290, 346, 352), 25, 155, fill=LINE, width=7)
    return image.filter(ImageFilter.GaussianBlur(1.2))
