"""Where the address stands on an A4 that is folded once and put into a C5 envelope with a window.

All in millimetres from the upper left corner. The window is the one that office envelopes of Finland and
Germany share (DIN 680: 90 x 45, 20 from the left, its upper edge 40 from the top of the C5); SFS 2487 puts
the receiver to the same place. The sheet is smaller than the envelope and slides in it, so the address keeps
away from the window's edges, and nothing else may come into the window's way. `.envelope-address` in
static/css/paper-page.css says the same place; tests/plans/test_paper_layouts.py measures it in the PDF.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


ENVELOPE = Box(0, 0, 229, 162)
WINDOW = Box(20, 40, 90, 45)
FOLDED = Box(0, 0, 210, 148.5)
# How far the folded sheet slides to the right and down.
PLAY = (ENVELOPE.width - FOLDED.width, ENVELOPE.height - FOLDED.height)
# The address's own place on the sheet: five rows, in the window wherever the sheet has slid.
ADDRESS = Box(22, 41, 69, 30)
# What can come into the window's way: nothing else may stand here.
SEEN = Box(WINDOW.left - PLAY[0], WINDOW.top - PLAY[1], WINDOW.width + PLAY[0], WINDOW.height + PLAY[1])
