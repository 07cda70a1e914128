"""Debian's Chromium, driven as a person would, with an axe check of every page that is looked at."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE, PHONE = 1280, 390


def pytest_configure() -> None:
    # The driver leaves an event loop running in the process, and Django would refuse the database to
    # every test that comes after in it. Nothing of ours is asynchronous.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a file of tests; a test opens its own visitors in it. Two drivers can't run at once."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium puuttuu: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


class Visitor:
    """One person at one browser: what they press, fill in and see. Every new page is checked with axe."""

    def __init__(self, browser: Browser, base_url: str, *, width: int = WIDE) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 850}, locale="fi-FI", base_url=base_url
        )
        self.page: Page = self.context.new_page()
        self.width = width
        self.page.set_default_timeout(15_000)
        self.mistakes: list[str] = []
        self.page.on("pageerror", lambda error: self.mistakes.append(str(error)))

    def close(self) -> None:
        assert not self.mistakes, self.mistakes
        self.context.close()

    def goes_to(self, url: str) -> "Visitor":
        response = self.page.goto(url)
        assert response is not None and response.status < 500, url
        return self.looks()

    def signs_in(self, email: str, password: str) -> "Visitor":
        self.page.goto("/tili/login/")
        self.page.get_by_label("Sähköposti").fill(email)
        self.page.get_by_label("Salasana", exact=True).fill(password)
        with self.page.expect_navigation():
            self.page.get_by_label("Salasana", exact=True).press("Enter")
        return self.looks()

    def looks(self) -> "Visitor":
        """The page is whole for everybody: no violation found by axe, no sideways scrolling."""
        self.page.wait_for_load_state("load")
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{self.page.url} is {wide} px wide"
        return self

    def presses(self, label: str, *, within: str | None = None) -> "Visitor":
        """Presses the button or link of this name, and waits for the page that it leads to."""
        with self.page.expect_navigation():
            self.finds(label, within=within).click()
        return self.looks()

    def finds(self, label: str, *, within: str | None = None) -> Locator:
        place = self.page.locator("main") if within is None else self.page.locator(within)
        name = re.compile(r"^\s*" + re.escape(label).replace(":", r"\s*:"), re.IGNORECASE)
        return place.get_by_role("button", name=name).or_(place.get_by_role("link", name=name)).first

    def fills(self, label: str, text: str, *, number: int = 0) -> "Visitor":
        self.page.get_by_label(label).nth(number).fill(text)
        return self

    def chooses(self, label: str, *, group: str | None = None) -> "Visitor":
        place = self.page.get_by_role("group", name=group).last if group else self.page.locator("main")
        place.get_by_label(label).first.check(force=True)
        return self

    def sees(self, *words: str) -> "Visitor":
        text = self.page.locator("main").inner_text()
        for word in words:
            assert word in text, f"{word!r} is not on {self.page.url}:\n{text}"
        return self

    def does_not_see(self, *words: str) -> "Visitor":
        text = self.page.content()
        for word in words:
            assert word not in text, f"{word!r} is on {self.page.url}"
        return self
