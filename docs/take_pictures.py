"""Take the pictures of the documents from a running demonstration: `make run`, and then

    .venv/bin/python docs/take_pictures.py --from http://localhost:8000

`--to` takes them elsewhere, `--all` of every main page, wide and on a phone, to be looked at.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent / "pictures"
CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "yhteinen-aika-demo"


@dataclass(frozen=True)
class Shot:
    """A picture: its name, whose it is, and the way there: an address, then the links to follow."""

    name: str
    desk: str
    path: str
    # Each a piece of a link's address; the first link on the page that has it is followed.
    then: tuple[str, ...] = ()
    is_for_documents: bool = False


SHOTS = [
    Shot("home", "lahityontekija", "/", is_for_documents=True),
    Shot("situation", "lahityontekija", "/", (r"/aika/$", r"/tilanteet/\d+/$"), is_for_documents=True),
    Shot("meeting-time", "lahityontekija", "/", (r"/aika/$",), is_for_documents=True),
    Shot("situation-list", "lahityontekija", "/tilanteet/"),
    Shot("situation-raise", "lahityontekija", "/ota-puheeksi/"),
    Shot("meeting-people", "vastuutyontekija", "/", (r"/kutsuttavat/",)),
    Shot("meeting", "lahityontekija", "/", (r"/yhteiset-ajat/\d+/$",)),
    Shot("meeting-record", "lahityontekija", "/", (r"/kirjaus/$",)),
    Shot("handover", "lahityontekija", "/", (r"/koppi|/tarjous",)),
    Shot("invitation", "lahityontekija", "/", (r"/kutsut/\d+/$",)),
    Shot("contact-record", "lahityontekija", "/", (r"/yhteydenotot/\d+/$",)),
    Shot("directory", "lahityontekija", "/verkosto/"),
    Shot("directory-search", "lahityontekija", "/verkosto/?text=uni"),
    Shot("profile", "lahityontekija", "/oma-kortti/"),
    Shot("responsible-home", "vastuutyontekija", "/"),
    Shot("responsible-contact", "vastuutyontekija", "/", (r"/yhteydenotot/\d+/$",)),
    Shot("responsible-situations", "vastuutyontekija", "/tilanteet/"),
    Shot("guidance-home", "ohjaus", "/"),
    Shot("count-page", "koordinaattori", "/koonti/", is_for_documents=True),
    Shot("administration", "paakayttaja", "/yllapito/"),
    Shot("demo-mail", "", "/demo/posti/"),
    Shot("sign-in", "", "/tili/login/"),
    Shot("accessibility", "", "/saavutettavuus/"),
    Shot("privacy", "", "/tietosuoja/"),
]


@contextmanager
def window(browser: Browser, base: str, desk: str, size: dict[str, int]) -> Iterator[Page]:
    """A window of its own, signed in as the desk's worker."""
    context = browser.new_context(
        base_url=base, viewport=size, locale="fi-FI", reduced_motion="reduce", device_scale_factor=1
    )
    page = context.new_page()
    try:
        if desk:
            page.goto("/tili/login/")
            page.locator("input[name=login]").fill(f"{desk}@demo.example")
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url(lambda url: "/login" not in url)
        yield page
    finally:
        context.close()


def follow(page: Page, pattern: str) -> bool:
    """Go where the first link goes whose address has the pattern."""
    for link in page.locator("main a[href]").all():
        address = link.get_attribute("href") or ""
        if re.search(pattern, address):
            page.goto(address)
            return True
    return False


def take(page: Page, shot: Shot, to: Path, suffix: str) -> None:
    page.goto(shot.path)
    for pattern in shot.then:
        if not follow(page, pattern):
            sys.stderr.write(f"{shot.name}: no link {pattern} on {page.url}\n")
            return
    page.screenshot(path=to / f"{shot.name}{suffix}.png", full_page=True)


def take_family(browser: Browser, base: str, to: Path, *, is_all: bool) -> None:
    """The family's own page on a phone, by the link in the post of the demonstration."""
    with window(browser, base, "", PHONE) as page:
        page.goto("/demo/posti/?to=%2B35850")
        for number in range(page.locator("main a[href*='/demo/posti/']").count()):
            page.goto("/demo/posti/?to=%2B35850")
            page.locator("main a[href*='/demo/posti/']").nth(number).click()
            links = page.locator("main a[href*='/perhe/']")
            if links.count():
                # The post has the address under which the demonstration knows itself.
                page.goto(urlsplit(links.first.get_attribute("href") or "").path)
                if is_all:
                    page.screenshot(path=to / "family-home-phone.png", full_page=True)
                if follow(page, "/paatos/"):
                    page.screenshot(path=to / "family-decide-phone.png", full_page=True)
                return


def take_paper(browser: Browser, base: str, to: Path, *, is_all: bool) -> None:
    """The printed plan, page by page, by poppler."""
    with window(browser, base, "lahityontekija", WIDE) as page:
        page.goto("/tilanteet/")
        addresses = [link.get_attribute("href") or "" for link in page.locator("main a[href]").all()]
        for address in dict.fromkeys(addresses):
            if not re.search(r"/tilanteet/\d+/$", address):
                continue
            page.goto(address)
            # An agreed plan is shown; a draft would be opened for writing.
            if follow(page, r"/suunnitelma/$|/suunnitelmat/\d+/$") and "/suunnitelmat/" in page.url:
                break
        if is_all:
            page.screenshot(path=to / "plan.png", full_page=True)
        paper = page.context.request.get(f"{page.url}suunnitelma.pdf")
        (to / "plan.pdf").write_bytes(paper.body())
    subprocess.run(
        ["pdftoppm", "-png", "-r", "80", str(to / "plan.pdf"), str(to / "plan-page")],
        check=True,
    )
    (to / "plan.pdf").unlink()


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--from", dest="base", default="http://localhost:8000")
    words.add_argument("--to", type=Path, default=HERE)
    words.add_argument("--all", action="store_true")
    words.add_argument("--only", default="")
    asked = words.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    shots = [
        shot
        for shot in SHOTS
        if (asked.all or shot.is_for_documents) and (not asked.only or re.search(asked.only, shot.name))
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for desk in dict.fromkeys(shot.desk for shot in shots):
            for size, suffix in ((WIDE, ""), (PHONE, "-phone")):
                with window(browser, asked.base, desk, size) as page:
                    for shot in shots:
                        if shot.desk == desk and (asked.all or size is WIDE):
                            take(page, shot, asked.to, suffix)
        if not asked.only:
            take_family(browser, asked.base, asked.to, is_all=asked.all)
            take_paper(browser, asked.base, asked.to, is_all=asked.all)
        browser.close()


if __name__ == "__main__":
    main()
