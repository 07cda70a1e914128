"""A child's own view: by age, with a drawing that is safe to keep, and gone for good when so wished."""

import uuid
from io import BytesIO
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from meetings.actions import children
from meetings.actions.families import remove_member
from meetings.models import ChildDrawing, ChildView
from meetings.states import ChildMoment
from network.models import FamilyMember
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from tests.factories import (
    ChildFactory,
    WorkerFactory,
    a_booked_meeting,
    a_child_view,
    a_drawing,
    a_situation,
    an_ended_situation,
    an_invited_meeting,
    invited,
    with_conversation,
)

pytestmark = pytest.mark.django_db


def the_child(situation) -> FamilyMember:
    return situation.family.members.get(role="child")


def page(situation) -> str:
    return reverse("child_view_write", args=[situation.pk, the_child(situation).pk])


def data(drawing: bytes | None = None, name: str = "kuva.jpg", **changes) -> dict[str, object]:
    sent: dict[str, object] = {
        "form_key": str(uuid.uuid4()),
        "told_on": str(timezone.localdate()),
        "face": "glad",
        "words": "",
        "drawing_told": "",
        "child_knows": "on",
    }
    if drawing is not None:
        sent |= {"drawing": SimpleUploadedFile(name, drawing), "drawing_told": "Tässä on meidän maja."}
    return sent | changes


@pytest.fixture
def situation():
    return with_conversation()


@pytest.fixture
def holder(client, situation):
    client.force_login(situation.holder)
    return client


# --- writing it down --------------------------------------------------------------------------------


def test_a_face_words_and_a_drawing_are_kept_and_shown(holder, situation):
    holder.post(page(situation), data(a_drawing(), words="Leikin majaa."))
    view = situation.child_views.get()
    assert (view.face, view.words, view.moment, view.meeting) == ("glad", "Leikin majaa.", "talk", None)
    text = holder.get(situation.get_absolute_url()).content.decode()
    for words in ("Leikin majaa.", "Iloinen", "Tässä on meidän maja.", str(view.drawing.key)):
        assert words in text


def test_one_form_is_one_view(holder, situation):
    sent = data()
    for _time in range(2):
        holder.post(page(situation), sent)
    assert ChildView.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"child_knows": ""}, "Kerro lapselle ensin, ketkä tämän näkevät."),
        ({"face": ""}, "Kirjaa lapsen sanat, ilme tai piirros."),
        ({"face": "happy"}, "Valittua vaihtoehtoa ei enää ole"),
        ({"drawing_told": "Maja"}, "Valitse kuva, josta tämä kertoo."),
        ({"told_on": "2099-01-01"}, "Päivä ei voi olla tulevaisuudessa."),
        ({"words": "a\x00b"}, "merkki, jota ei voi tallentaa"),
    ],
)
def test_what_is_missing_is_told(holder, situation, changes, sentence):
    response = holder.post(page(situation), data() | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ChildView.objects.exists()


def test_a_drawing_needs_the_childs_own_telling_and_is_asked_for_again(holder, situation):
    response = holder.post(page(situation), data(a_drawing(), drawing_told=""))
    text = response.content.decode()
    assert "Kysy, mitä kuvassa on, ja kirjoita se tähän." in text
    assert "Valitse kuva uudelleen" in text
    assert not ChildView.objects.exists()


@pytest.mark.parametrize(
    ("age", "order"),
    [
        (4, ["id_face_group", "id_drawing", "id_words"]),
        (9, ["id_face_group", "id_words", "id_drawing"]),
        (15, ["id_words", "id_face_group", "id_drawing"]),
    ],
)
def test_the_form_fits_the_age(holder, situation, age, order):
    child = the_child(situation)
    child.birth_year = timezone.localdate().year - age
    child.save()
    text = holder.get(page(situation)).content.decode()
    places = [text.index(f'id="{name}"') for name in order]
    assert places == sorted(places)
    assert ("Nuoren omat sanat" in text) == (age > 12)
    assert "Tee lastensuojeluilmoitus heti" in text


def test_what_is_told_before_and_at_a_meeting_knows_its_meeting(client):
    meeting = a_booked_meeting()
    client.force_login(meeting.convener)
    text = client.get(page(meeting.situation)).content.decode()
    assert 'value="before"' in text
    client.post(page(meeting.situation), data(moment="before"))
    view = ChildView.objects.get()
    assert (view.moment, view.meeting) == (ChildMoment.BEFORE, meeting)
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert "ennen tapaamista" in shown


# --- pictures ---------------------------------------------------------------------------------------


def test_a_drawing_is_made_anew_small_and_without_its_other_facts(holder, situation):
    exif = Image.Exif()
    exif[0x010F] = "Puhelin"
    exif.get_ifd(0x8825)[2] = (62.0, 53.0, 0.0)
    sent = a_drawing(size=(3000, 2000), exif=exif.tobytes())
    assert b"Puhelin" in sent
    holder.post(page(situation), data(sent))
    drawing = ChildDrawing.objects.get()
    kept = Image.open(BytesIO(bytes(drawing.jpeg)))
    assert (kept.format, kept.size) == ("JPEG", (1600, 1067))
    assert (drawing.width, drawing.height) == kept.size
    assert not kept.getexif()
    assert b"Puhelin" not in bytes(drawing.jpeg)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_kind_are_taken(holder, situation, mode):
    out = BytesIO()
    Image.new(mode, (50, 40)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    holder.post(page(situation), data(out.getvalue()))
    assert ChildDrawing.objects.count() == 1


def test_sixteen_bits_of_grey_stay_grey(holder, situation):
    out = BytesIO()
    Image.new("I;16", (50, 40), 0x8000).save(out, "PNG")
    holder.post(page(situation), data(out.getvalue()))
    kept = Image.open(BytesIO(bytes(ChildDrawing.objects.get().jpeg)))
    assert all(abs(part - 0x80) < 4 for part in kept.getpixel((20, 20)))


def test_a_picture_of_noise_is_made_small_enough(holder, situation):
    side = 1600
    noise = Image.frombytes("RGB", (side, side), Random(1).randbytes(3 * side * side))
    out = BytesIO()
    noise.save(out, "JPEG", quality=95)
    holder.post(page(situation), data(out.getvalue()))
    assert len(bytes(ChildDrawing.objects.get().jpeg)) <= 1_500_000


def _bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG", optimize=True)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (lambda: b"MZ\x90\x00" + b"\x00" * 500, "Kuvaa ei voi lukea."),
        (lambda: SVG, "Kuvaa ei voi lukea."),
        (lambda: a_drawing("GIF"), "Kuvaa ei voi lukea."),
        (lambda: a_drawing()[:400], "Kuvaa ei voi lukea."),
        (lambda: a_drawing() + b"\x00" * 20_000_000, "Kuva on liian suuri."),
        (_bomb, "Kuvassa on liikaa pikseleitä."),
        (lambda: b"", "Tiedosto on tyhjä."),
    ],
    ids=["exe", "svg", "gif", "cut", "20 MB", "bomb", "empty"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(holder, situation, sent, sentence):
    response = holder.post(page(situation), data(sent(), name="piirros.png", words="Maja"))
    text = response.content.decode()
    assert response.status_code == 422
    assert sentence in text
    assert "Maja" in text
    assert not ChildView.objects.exists()


# --- who sees it ------------------------------------------------------------------------------------


def test_a_broken_note_of_the_camera_keeps_no_drawing_away(holder, situation):
    """Which way up it was held is read from the note; the picture itself is whole."""
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    broken = out.getvalue().replace(b"MM\x00*", b"MM\x00\xff")
    assert broken != out.getvalue()
    assert holder.post(page(situation), data(broken)).status_code == 302
    kept = ChildDrawing.objects.get()
    assert (kept.width, kept.height) == (40, 30)


def test_a_drawing_is_kept_by_no_browser_and_each_look_is_on_record(holder, situation):
    view = a_child_view(situation=situation)
    response = holder.get(reverse("child_drawing", args=[view.drawing.key]))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert AccessLog.objects.latest("pk").what == "Lapsen piirros"
    assert holder.get(reverse("child_drawing", args=[uuid.uuid4()])).status_code == 404


def test_an_invited_person_and_an_outsider_see_nothing_of_it(client):
    meeting = an_invited_meeting(people=1)
    view = a_child_view(situation=meeting.situation)
    drawing = reverse("child_drawing", args=[view.drawing.key])
    client.force_login(invited(meeting).worker)
    assert client.get(drawing).status_code == 404
    for url in (meeting.situation.get_absolute_url(), meeting.get_absolute_url()):
        text = client.get(url).content.decode()
        assert view.words not in text
        assert str(view.drawing.key) not in text
    client.force_login(WorkerFactory())
    assert client.get(drawing).status_code == 404


def test_another_familys_link_opens_no_drawing(family_client, situation):
    view, other = a_child_view(situation=situation), a_situation()
    name = "family_child_drawing"
    own = reverse(name, args=[situation.family.link.token, view.drawing.key])
    assert family_client.get(own).headers["Content-Type"] == "image/jpeg"
    foreign = reverse(name, args=[other.family.link.token, view.drawing.key])
    assert family_client.get(foreign).status_code == 404


def test_only_those_who_see_all_write_and_only_while_it_is_open():
    meeting = an_invited_meeting(people=1)
    with pytest.raises(Refused, match="Lapsen näkemyksen kirjaa"):
        a_child_view(situation=meeting.situation, by=invited(meeting).worker)
    with pytest.raises(Refused, match="Tilanne on päättynyt"):
        a_child_view(situation=an_ended_situation())


# --- taking it away ---------------------------------------------------------------------------------


def test_the_family_takes_it_away_and_nothing_of_it_is_left(family_client, situation):
    view = a_child_view(situation=situation)
    token = situation.family.link.token
    listed = family_client.get(reverse("family_child_views", args=[token])).content.decode()
    assert view.words in listed
    url = reverse("family_child_view_remove", args=[token, view.pk])
    assert family_client.get(url).status_code == 200
    assert ChildView.objects.exists()
    for _time in range(2):
        assert family_client.post(url).status_code == 302
    assert not ChildView.objects.exists()
    assert not ChildDrawing.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM meetings_childviewevent one")
        left = " ".join(row[0] for row in cursor.fetchall())
    for words in (view.words, view.drawing_told, view.face):
        assert words not in left
    assert not hasattr(ChildDrawing, "pgh_event_model")


def test_the_writer_and_the_holder_take_it_away_and_nobody_else(holder, situation):
    view = a_child_view(situation=situation)
    with pytest.raises(Refused, match="Tämän voi poistaa"):
        children.remove(view=view, by=WorkerFactory())
    url = reverse("child_view_remove", args=[situation.pk, view.pk])
    assert "Poistetaanko" in holder.get(url).content.decode()
    holder.post(url)
    assert not ChildView.objects.exists()
    assert holder.post(url).status_code == 302


def test_a_child_who_has_told_something_is_not_taken_off_the_family(situation):
    view = a_child_view(situation=situation)
    ChildFactory(family=situation.family)
    with pytest.raises(Refused, match="on kertonut oman näkemyksensä"):
        remove_member(situation=situation, by=situation.holder, member=view.child)
    assert ChildView.objects.exists()


# --- what the database itself refuses ---------------------------------------------------------------

INSERT = (
    "INSERT INTO meetings_childview (situation_id, child_id, moment, meeting_id, told_on, face, words,"
    " drawing_told, child_knows, written_at, written_by_id) VALUES (%(situation)s, %(child)s, {moment},"
    " %(meeting)s, current_date, {face}, '', '', {knows}, now(), %(worker)s)"
)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE meetings_childview SET words = 'toiset' WHERE id = %(view)s", "child_view_unchanged"),
        (INSERT.format(moment="'talk'", face="'sad'", knows="false"), "child_view_child_knows"),
        (INSERT.format(moment="'talk'", face="''", knows="true"), "child_view_says_something"),
        (INSERT.format(moment="'before'", face="'sad'", knows="true"), "child_view_meeting_by_moment"),
        (
            INSERT.format(moment="'talk'", face="'sad'", knows="true").replace("%(child)s", "%(guardian)s"),
            "child_view_of_own_child",
        ),
        (
            INSERT.format(moment="'talk'", face="'sad'", knows="true").replace("%(child)s", "%(stranger)s"),
            "child_view_of_own_child",
        ),
        (
            INSERT.format(moment="'after'", face="'sad'", knows="true").replace("%(meeting)s", "%(foreign)s"),
            "child_view_of_own_child",
        ),
        (
            "INSERT INTO meetings_childdrawing (view_id, key, jpeg, width, height)"
            " VALUES (%(silent)s, gen_random_uuid(), '', 1, 1)",
            "child_drawing_is_told",
        ),
        (
            "UPDATE meetings_childdrawing SET jpeg = decode(repeat('00', 1500001), 'hex')",
            "child_drawing_not_too_large",
        ),
    ],
)
def test_the_database_refuses(situation, statement, constraint):
    view = a_child_view(situation=situation)
    silent = children.write(
        situation=situation,
        by=situation.holder,
        view=ChildView(
            child=the_child(situation),
            moment=ChildMoment.TALK,
            told_on=timezone.localdate(),
            words="Hei",
            child_knows=True,
        ),
    )
    values = {
        "situation": situation.pk,
        "child": view.child_id,
        "guardian": situation.family.members.filter(role="guardian").first().pk,
        "stranger": the_child(a_situation()).pk,
        "meeting": None,
        "foreign": a_booked_meeting().pk,
        "worker": situation.holder_id,
        "view": view.pk,
        "silent": silent.pk,
    }
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert refused.value.__cause__.diag.constraint_name == constraint


def test_a_view_without_the_childs_knowing_says_so_in_words(situation):
    view = ChildView(child=the_child(situation), moment=ChildMoment.TALK, told_on=timezone.localdate())
    view.face = "sad"
    with pytest.raises(ValidationError, match="Kerro lapselle ensin"):
        children.write(situation=situation, by=situation.holder, view=view)


def test_the_number_of_queries_does_not_grow(holder, situation):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            holder.get(situation.get_absolute_url())
        return len(found)

    a_child_view(situation=situation)
    asked()
    few = asked()
    for number in range(3):
        child = ChildFactory(family=situation.family, first_name=f"Lapsi {number}")
        a_child_view(situation=situation, child=child)
    assert asked() == few
