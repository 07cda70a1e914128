"""The style guide: who may see it, and that every component passes axe and fits a small phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.factories import WorkerFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"), [({}, 404), ({"coordinator": True}, 404), ({"administrator": True}, 200)]
)
def test_only_staff_sees_it(client, who, status):
    client.force_login(WorkerFactory(**who))
    assert client.get(reverse("styleguide")).status_code == status


@pytest.mark.django_db
def test_everybody_signed_in_sees_it_in_a_demonstration(client, settings):
    settings.DEMONSTRATION = True
    client.force_login(WorkerFactory())
    assert client.get(reverse("styleguide")).status_code == 200


@pytest.mark.django_db
def test_the_title_says_that_something_is_wrong(client):
    client.force_login(WorkerFactory(administrator=True))
    assert "<title>Tyyliopas" in client.get(reverse("styleguide")).content.decode()
    page = client.get(reverse("styleguide"), {"virheet": 1}).content.decode()
    assert "<title>Virhe: Tyyliopas" in page


@pytest.mark.django_db
def test_nothing_stands_inline(client):
    client.force_login(WorkerFactory(administrator=True))
    page = client.get(reverse("styleguide"), {"virheet": 1}).content.decode()
    for forbidden in (" style=", "<style", "onclick=", "javascript:"):
        assert forbidden not in page


@pytest.fixture
def signed_in_cookie(client, settings, transactional_db):
    client.force_login(WorkerFactory(administrator=True))
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.mark.system
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_every_component_passes_axe_and_fits(signed_in_cookie, live_server, chromium, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.add_cookies([signed_in_cookie | {"url": live_server.url}])
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None
    )
    for query in ("", "?virheet=1"):
        page.goto(f"{live_server.url}{reverse('styleguide')}{query}")
        sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(sideways) == 0
        # axe draws styles of its own while it measures: what the policy says of them is not the page's doing.
        assert troubles == []
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        troubles.clear()
    context.close()


@pytest.mark.system
def test_after_an_error_the_reader_lands_on_the_summary_and_its_link_leads_to_the_field(
    signed_in_cookie, live_server, chromium
):
    page = chromium.new_page()
    page.context.add_cookies([signed_in_cookie | {"url": live_server.url}])
    page.goto(f"{live_server.url}{reverse('styleguide')}?virheet=1")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_name"
    page.close()


@pytest.mark.system
def test_a_second_press_sends_nothing_and_the_button_never_dies(signed_in_cookie, live_server, chromium):
    page = chromium.new_page()
    page.context.add_cookies([signed_in_cookie | {"url": live_server.url}])
    page.goto(f"{live_server.url}{reverse('styleguide')}")
    presses = page.evaluate(
        """async () => {
          const form = document.querySelector("main form");
          const button = form.querySelector("button[type=submit]");
          let gone = 0;
          // Comes after the guard, which listens on the document: counts what it let through, and stays here.
          window.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) gone += 1;
            event.preventDefault();
          });
          button.click();
          button.click();
          return [gone, button.disabled];
        }"""
    )
    assert presses == [1, False]
    page.close()
