"""Reading a printed paper as poppler reads it."""

import shutil
import subprocess

import pytest


def needs_poppler() -> None:
    """Skip the test, and say why, where poppler is not installed."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext puuttuu: sudo apt-get install poppler-utils")


def read_by_poppler(pdf: bytes, *switches: str) -> str:
    """What `pdftotext` with the switches makes of the PDF."""
    needs_poppler()
    done = subprocess.run(["pdftotext", *switches, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()
