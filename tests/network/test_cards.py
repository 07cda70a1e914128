"""A worker keeps their own card, the editor the unit, and a card that nobody confirms asks its owner."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from network.actions import cards
from network.card_messages import CARD_OLD, queue_old_cards
from network.models import Worker, WorkerPhoto
from network.tasks import remind_of_old_cards
from perhekeskus import outbox
from perhekeskus.models import Message
from perhekeskus.refusals import Refused
from tests.factories import UnitFactory, WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client) -> Worker:
    worker = WorkerFactory()
    client.force_login(worker)
    return worker


def picture(size=(900, 600), kind="JPEG", mode="RGB", **options) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "teal").save(file, kind, **options)
    return file.getvalue()


def sent(data: bytes, name: str = "kuva.jpg") -> dict[str, SimpleUploadedFile]:
    return {"photo": SimpleUploadedFile(name, data)}


# --- the photograph --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_is_made_anew_as_a_small_square_without_its_other_facts(client, me, kind):
    facts = Image.Exif()
    facts[0x010E] = "Kettulan päiväkoti"
    client.post("/oma-kortti/kuva/", sent(picture(kind=kind, exif=facts)))
    jpeg = client.get(f"/verkosto/{me.pk}/kuva.jpg")
    assert jpeg["Content-Type"] == "image/jpeg"
    made = Image.open(BytesIO(jpeg.content))
    assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (320, 320), {})
    assert b"Kettulan" not in jpeg.content
    assert f"/verkosto/{me.pk}/kuva.jpg" in client.get(f"/verkosto/{me.pk}/").content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Kuvaa ei voi lukea", id="svg"),
        pytest.param(b"GIF89a" + b"\0" * 40, "Kuvaa ei voi lukea", id="gif"),
        pytest.param(picture()[:400], "Kuvaa ei voi lukea", id="cut short"),
        pytest.param(b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024), "liian suuri", id="too big"),
        pytest.param(picture((9000, 9000), "PNG", "1"), "liikaa pikseleitä", id="swells"),
    ],
)
def test_what_is_no_photograph_is_refused_with_a_sentence(client, me, data, sentence):
    response = client.post("/oma-kortti/kuva/", sent(data))
    assert sentence in response.content.decode()
    assert not WorkerPhoto.objects.exists()


def test_a_photograph_is_for_those_who_are_signed_in(client, me):
    cards.set_photo(by=me, file=BytesIO(picture()), size=1000)
    client.logout()
    assert client.get(f"/verkosto/{me.pk}/kuva.jpg").status_code == 302


def test_a_photograph_is_taken_away(client, me):
    cards.set_photo(by=me, file=BytesIO(picture()), size=1000)
    for _twice in range(2):
        client.post("/oma-kortti/kuva/poista/")
    assert client.get(f"/verkosto/{me.pk}/kuva.jpg").status_code == 404


def test_the_database_refuses_a_large_photograph(me):
    with pytest.raises(IntegrityError, match="worker_photo_small"), transaction.atomic():
        WorkerPhoto.objects.create(worker=me, jpeg=b"x" * 100_001)


# --- one's own card --------------------------------------------------------------------------------


def test_ones_languages_times_and_availability_stand_on_the_card(client, me):
    client.post(
        "/oma-kortti/",
        {"languages": ["sv", "fi"], "reachable": "Arkisin klo 8–9", "available_for_consultation": "on"},
    )
    card = client.get(f"/verkosto/{me.pk}/").content.decode()
    assert "suomi ja ruotsi" in card
    assert "Arkisin klo 8–9" in card
    assert "häneltä voi kysyä neuvoa" in card
    assert "hänet voi kutsua yhteiseen aikaan" not in card


def test_a_card_not_confirmed_for_a_year_asks_its_owner(client, me):
    assert "Onko korttisi ajan tasalla?" not in client.get("/").content.decode()
    Worker.objects.filter(pk=me.pk).update(card_confirmed_at=timezone.now() - timedelta(days=366))
    assert "Onko korttisi ajan tasalla?" in client.get("/").content.decode()
    client.post("/oma-kortti/vahvista/")
    assert "Onko korttisi ajan tasalla?" not in client.get("/").content.decode()


def test_saving_a_card_confirms_it(client, me):
    Worker.objects.filter(pk=me.pk).update(card_confirmed_at=None)
    client.post("/oma-kortti/", {})
    me.refresh_from_db()
    assert me.card_confirmed_at is not None


def test_the_letter_of_an_old_card_goes_once_a_month_and_not_after_it_was_confirmed(me):
    Worker.objects.filter(pk=me.pk).update(card_confirmed_at=timezone.now() - timedelta(days=366))
    WorkerFactory(is_active=False, card_confirmed_at=None)
    for _twice in range(2):
        remind_of_old_cards()
    letter = Message.objects.get(kind=CARD_OLD)
    assert (letter.recipient, letter.about_id) == (me.email, me.pk)
    kind = outbox.kinds.kind_of(letter)
    assert kind.why_not(letter) is None
    assert "/oma-kortti/" in kind.compose(letter).text
    cards.confirm_card(by=me)
    assert kind.why_not(letter) == "confirmed"
    Message.objects.all().delete()
    queue_old_cards()
    assert not Message.objects.exists()


# --- the unit --------------------------------------------------------------------------------------


def unit_fields(**changed) -> dict[str, str]:
    return {
        "description": "Tukea arkeen.",
        "website": "perhekeskus.example",
        "opening_hours": "ma–pe 8–16",
    } | changed


def test_the_units_editor_keeps_the_unit(client, me):
    Worker.objects.filter(pk=me.pk).update(is_unit_editor=True)
    url = f"/verkosto/yksikot/{me.unit_id}/"
    assert "Muuta tietoja" in client.get(url).content.decode()
    client.post(f"{url}muuta/", unit_fields())
    page = client.get(url).content.decode()
    assert "Tukea arkeen." in page
    assert "https://perhekeskus.example" in page


@pytest.mark.parametrize("whose", ["own", "another"])
def test_nobody_else_keeps_it(client, me, whose):
    unit = me.unit if whose == "own" else UnitFactory()
    if whose == "another":
        Worker.objects.filter(pk=me.pk).update(is_unit_editor=True)
        me.refresh_from_db()
    url = f"/verkosto/yksikot/{unit.pk}/"
    assert "Muuta tietoja" not in client.get(url).content.decode()
    assert client.post(f"{url}muuta/", unit_fields()).status_code == 404
    with pytest.raises(Refused, match="pitää ne ajan tasalla"):
        cards.keep_unit(unit=unit, by=me, fields={})


def test_a_bad_address_of_a_page_loses_nothing(client, me):
    Worker.objects.filter(pk=me.pk).update(is_unit_editor=True)
    page = client.post(
        f"/verkosto/yksikot/{me.unit_id}/muuta/", unit_fields(website="javascript:alert(1)")
    ).content.decode()
    assert "Tarkista sivun osoite" in page
    assert "Tukea arkeen." in page


def test_units_are_listed_by_sector_and_a_missing_sector_shows(client, me, django_assert_num_queries):
    other = UnitFactory(municipality=me.unit.municipality)
    page = client.get("/verkosto/yksikot/").content.decode()
    assert me.unit.name in page
    assert other.name in page
    assert "Ei vielä ketään verkostossa." in page
    for _number in range(8):
        UnitFactory(municipality=me.unit.municipality)
    # Session, me, my unit; the municipalities and areas of the form, the chosen one, the units.
    with django_assert_num_queries(6):
        client.get("/verkosto/yksikot/")


def test_a_unit_tells_who_works_there(client, me, django_assert_num_queries):
    for _number in range(8):
        WorkerFactory(unit=me.unit)
    WorkerFactory(unit=me.unit, is_active=False, last_name="Lähtenyt")
    page = client.get(f"/verkosto/yksikot/{me.unit_id}/").content.decode()
    assert "9 työntekijää" in page
    assert "Lähtenyt" not in page
    with django_assert_num_queries(5):
        client.get(f"/verkosto/yksikot/{me.unit_id}/")


# --- two tabs, two editors ------------------------------------------------------------------------


def fields_of(client, url: str, **changes) -> dict[str, object]:
    """What the page's form would send."""
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in (data | changes).items()}


def test_a_card_written_in_two_tabs_loses_neither(client, me):
    url = "/oma-kortti/"
    first, second = (
        fields_of(client, url, what_i_do=text) for text in ("Ensin kirjoitettu.", "Sitten toinen.")
    )
    for _press in range(2):
        assert client.post(url, first).status_code == 302, "a second press is the same"
    page = client.post(url, second)
    said = page.content.decode()
    assert "Korttia on muutettu" in said and "Sitten toinen." in said
    me.refresh_from_db()
    assert me.what_i_do == "Ensin kirjoitettu."
    again = second | {"seen": page.context["form"]["seen"].value()}
    assert f'name="seen" value="{again["seen"]}"' in said
    assert client.post(url, again).status_code == 302
    me.refresh_from_db()
    assert me.what_i_do == "Sitten toinen."


def test_two_editors_of_a_unit_do_not_write_over_each_other(client):
    unit = UnitFactory()
    editor = WorkerFactory(unit=unit, is_unit_editor=True)
    client.force_login(editor)
    url = f"/verkosto/yksikot/{unit.pk}/muuta/"
    mine = fields_of(client, url, description="Minun sanani.")
    cards.keep_unit(
        unit=unit,
        by=WorkerFactory(unit=unit, is_unit_editor=True),
        fields=dict.fromkeys(cards.UNIT_FIELDS, "") | {"description": "Toisen sanat."},
    )
    assert "Minun sanani." in client.post(url, mine).content.decode()
    unit.refresh_from_db()
    assert unit.description == "Toisen sanat."
