"""The door of the family's own pages: the link leads to it, and only the code opens it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from meetings.models import Situation
from network.actions import families
from network.actions.family_codes import send_code
from network.actions.link_codes import why_not_enter
from network.code_messages import FAMILY_CODE
from network.models import Consent, Family
from network.states import ContactChannel
from perhekeskus import outbox
from perhekeskus.models import AccessLog, DemonstrationMail, LinkCode, Message
from perhekeskus.refusals import Refused
from tests.access import all_urls, everything_kept
from tests.door import FamilyClient, code_in_message, comes_in
from tests.factories import WorkerFactory, a_situation, an_invited_meeting, invited
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

BEFORE_THE_DOOR = {"family_code", "family_code_enter", "family_leave"}
FAMILY_PAGES = [one for one in all_urls() if (one.name or "").startswith("family_")]


@pytest.fixture
def situation() -> Situation:
    return a_situation(email="aiti.kaisa@posti.example")


def at(name: str, situation: Situation, **more) -> str:
    return reverse(name, kwargs={"token": situation.family.link.token, **more})


def types(client: Client, situation: Situation, code: str, **more):
    return client.post(at("family_code_enter", situation), {"code": code, **more})


def wrong(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 1_000_000:06}"


# --- nothing without the code ---------------------------------------------------------------------


def test_every_page_of_the_family_stands_behind_the_door():
    """A new page under the family's link can't forget it."""
    by_link = [one for one in all_urls() if address_of(one.name).startswith("perhe/")]
    assert {one.name for one in by_link} == {one.name for one in FAMILY_PAGES}
    for one in FAMILY_PAGES:
        behind = getattr(one.callback, "is_behind_the_door", False)
        assert behind is (one.name not in BEFORE_THE_DOOR), one.name


def address_of(name: str) -> str:
    return get_resolver().reverse_dict.getlist(name)[0][0][0][0]


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_the_link_alone_shows_nothing_and_changes_nothing(client, method):
    one = invited(an_invited_meeting(people=1))
    token = one.meeting.situation.family.link.token
    before = everything_kept()
    for page in FAMILY_PAGES:
        if page.name in BEFORE_THE_DOOR:
            continue
        keys = {"<int:pk>": {"pk": one.consent_id}, "<uuid:key>": {"key": uuid4()}}
        more = next((found for part, found in keys.items() if part in str(page.pattern)), {})
        response = getattr(client, method)(reverse(page.name, kwargs={"token": token, **more}))
        if response.status_code == 405:
            continue
        assert response.status_code == 302 and "/koodi/" in response.url, page.name
        assert response.content == b""
    assert everything_kept() == before
    assert not AccessLog.objects.exists() and Consent.objects.in_force().count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_door_sends_nothing(client, situation, method):
    """A mail scanner opens every link it finds."""
    before = everything_kept()
    for name in BEFORE_THE_DOOR:
        assert getattr(client, method)(at(name, situation)).status_code == 200
    assert everything_kept() == before and "sessionid" not in client.cookies


def test_the_door_shows_only_the_ends_of_the_address(client):
    by_mail = a_situation(email="aiti.kaisa@posti.example")
    by_text = a_situation(contact_channel=ContactChannel.SMS, email="", phone="040 123 4567")
    for situation, words in (
        (by_mail, "sähköpostiosoitteeseen a…@p….example"),
        (by_text, "tekstiviestinä puhelinnumeroon, jonka lopussa on 67"),
    ):
        for name in ("family_code", "family_code_enter"):
            page = client.get(at(name, situation)).content.decode()
            assert words in page
            secrets = ["aiti.kaisa", "posti.example", "1234567", "123 45", situation.holder.name]
            assert not [secret for secret in secrets if secret in page]


def test_a_worker_who_is_signed_in_sees_no_more_than_anybody(client, situation):
    for worker in (situation.holder, WorkerFactory(), WorkerFactory(administrator=True)):
        client.force_login(worker)
        assert "/koodi/" in client.get(at("family_home", situation)).url
        assert "Asiastanne huolehtii" not in client.get(at("family_code", situation)).content.decode()


# --- the code goes to the address on record ---------------------------------------------------------


def test_the_code_is_sent_by_mail_and_opens_the_page(post, client, situation):
    client.post(at("family_code", situation))
    outbox.drain()
    (letter,) = post.letters
    assert (letter["To"], letter["Subject"]) == ("aiti.kaisa@posti.example", "Koodi omalle sivullenne")
    text = letter.get_body(("plain",)).get_content()
    assert "voimassa 10 minuuttia" in text and "/perhe/" not in text
    response = types(client, situation, LinkCode.objects.get().digits)
    assert response.url == at("family_home", situation)
    assert "Tervetuloa" in client.get(response.url).content.decode()


def test_or_by_text_message(settings, client):
    settings.SMS_BACKEND, settings.DEMONSTRATION = "demonstration", True
    situation = a_situation(contact_channel=ContactChannel.SMS, email="", phone="040 123 4567")
    client.post(at("family_code", situation))
    outbox.drain()
    mail = DemonstrationMail.objects.get()
    assert mail.recipient == "+358401234567" and len(mail.text) <= 160
    assert LinkCode.objects.get().digits in mail.text


@pytest.mark.parametrize(
    ("family", "goes_to"),
    [
        ({"contact_channel": "email", "email": "a@b.example", "phone": "040 123 4567"}, "email"),
        ({"contact_channel": "sms", "email": "a@b.example", "phone": "040 123 4567"}, "sms"),
        ({"contact_channel": "phone", "email": "", "phone": "040 123 4567"}, "sms"),
        ({"contact_channel": "phone", "email": "a@b.example", "phone": "017 123 456"}, "email"),
        ({"contact_channel": "phone", "email": "", "phone": "017 123 456"}, ""),
        ({"contact_channel": "paper", "email": "", "phone": "040 123 4567"}, "sms"),
        ({"contact_channel": "paper", "email": "", "phone": ""}, ""),
    ],
)
def test_the_channel_says_where_the_code_goes(family, goes_to):
    assert a_situation(**family).family.code_address[0] == goes_to


def test_without_an_operator_of_texts_the_code_goes_by_mail(settings):
    settings.SMS_BACKEND = "none"
    family = {"contact_channel": "sms", "phone": "040 123 4567"}
    assert a_situation(email="a@b.example", **family).family.code_address == ("email", "a@b.example")
    assert a_situation(email="", **family).family.code_address == ("", "")


def test_a_family_with_neither_telephone_nor_mail_is_told_how_it_decides(client):
    situation = a_situation(contact_channel=ContactChannel.PAPER, email="")
    for response in (client.get(at("family_code", situation)), client.post(at("family_code", situation))):
        page = response.content.decode()
        assert "Työntekijänne kirjaa päätöksenne" in page and "017 000 0000" in page
    assert client.get(at("family_code_enter", situation)).url == at("family_code", situation)
    assert not LinkCode.objects.exists()


def test_an_address_that_changes_meanwhile_gets_no_code(post, client, situation):
    client.post(at("family_code", situation))
    Family.objects.update(email="toinen@posti.example")
    outbox.drain()
    assert not post.letters and Message.objects.get(kind=FAMILY_CODE).state == "dropped"


def test_a_code_that_is_late_or_replaced_is_not_sent(post, situation):
    send_code(situation.family)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        outbox.drain()
        send_code(situation.family)
        outbox.drain()
    assert len(post.letters) == 1


# --- typing it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", ["{0}{1}", "{0} {1}", " {0}-{1} ", "{0}\u00a0{1}", "{0}\n{1}"])
def test_it_is_typed_or_pasted_as_people_do(client, situation, shape):
    client.post(at("family_code", situation))
    code = code_in_message()
    assert types(client, situation, shape.format(code[:3], code[3:])).status_code == 302


def test_digits_of_another_script_are_digits(client, situation):
    client.post(at("family_code", situation))
    arabic = code_in_message().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert types(client, situation, arabic).status_code == 302


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12a456", "x" * 50, "12\x00456", "²²²²²²x"])
def test_what_is_no_code_is_told_and_is_no_try(client, situation, typed):
    client.post(at("family_code", situation))
    response = types(client, situation, typed)
    page = response.content.decode()
    assert response.status_code == 422 and "<title>Virhe:" in page
    assert LinkCode.objects.get().tries == 0


def test_the_field_helps_a_telephone_to_fill_it(client, situation):
    page = client.get(at("family_code_enter", situation)).content.decode()
    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page


def test_after_five_wrong_tries_the_right_one_is_wrong(client, situation):
    client.post(at("family_code", situation))
    code = code_in_message()
    for step in range(1, 5):
        page = types(client, situation, wrong(code, step)).content.decode()
        assert f"Voitte yrittää vielä {5 - step} ker" in page
    assert "liian monta kertaa" in types(client, situation, wrong(code, 5)).content.decode()
    assert "ei ole enää voimassa" in types(client, situation, code).content.decode()
    assert "/koodi/" in client.get(at("family_home", situation)).url


def test_a_code_opens_once(client, situation):
    client.post(at("family_code", situation))
    code = code_in_message()
    assert types(client, situation, code).status_code == 302
    stranger = Client()
    assert types(stranger, situation, code).status_code == 422
    stranger.post(at("family_code", situation))
    assert types(stranger, situation, code).status_code == 422, "nor with a session of one's own"


def test_a_second_press_of_the_same_button_finds_the_door_open(situation):
    browser = Client()
    browser.post(at("family_code", situation))
    code, cookie = code_in_message(), browser.cookies["sessionid"].value
    assert types(browser, situation, code).status_code == 302
    twin = Client()
    twin.cookies["sessionid"] = cookie
    assert types(twin, situation, code).status_code == 302
    assert twin.get(at("family_home", situation)).status_code == 200
    later = Client()
    later.cookies["sessionid"] = cookie
    with time_machine.travel(timezone.now() + timedelta(seconds=11), tick=False):
        assert types(later, situation, code).status_code == 422


def test_a_code_lives_ten_minutes(client, situation):
    client.post(at("family_code", situation))
    code = code_in_message()
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1), tick=False):
        assert "Koodi on vanhentunut" in types(client, situation, code).content.decode()


def test_the_newest_code_is_the_one_that_counts(client, situation):
    client.post(at("family_code", situation))
    old = code_in_message()
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        client.post(at("family_code", situation))
        assert types(client, situation, old).status_code == 422
        assert types(client, situation, code_in_message()).status_code == 302


def test_a_code_of_another_family_opens_nothing(client, situation):
    other = a_situation()
    client.post(at("family_code", other))
    code = code_in_message()
    assert "Pyytäkää ensin koodi" in types(client, situation, code).content.decode()


def test_an_impatient_second_press_sends_one_message(client, situation):
    for _press in range(2):
        client.post(at("family_code", situation))
    assert Message.objects.filter(kind=FAMILY_CODE).count() == LinkCode.objects.count() == 1


# --- how many ---------------------------------------------------------------------------------------


def codes_until_refused(family: Family, *, minutes: int) -> int:
    now = timezone.now()
    for number in range(100):
        with time_machine.travel(now + timedelta(minutes=minutes * number), tick=False):
            try:
                send_code(family)
            except Refused:
                return number
    raise AssertionError("There is no end to them.")


@pytest.mark.parametrize(("minutes", "most"), [(1, 5), (30, 15)])
def test_only_so_many_codes_are_sent_by_one_link(situation, minutes, most):
    assert codes_until_refused(situation.family, minutes=minutes) == most


def test_and_to_one_address_whichever_link_asks(client, situation):
    twin = a_situation(email=situation.family.email)
    codes_until_refused(situation.family, minutes=1)
    page = client.post(at("family_code", twin), follow=True).content.decode()
    assert "Koodeja on pyydetty monta peräkkäin" in page


def test_old_codes_are_forgotten(situation):
    send_code(situation.family)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        send_code(situation.family)
    assert LinkCode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_ten_who_guess_together_get_five_tries(self, situation):
        code = send_code(situation.family)
        link = situation.family.link
        together(*[lambda step=step: why_not_enter(link, wrong(code.digits, step)) for step in range(1, 11)])
        code.refresh_from_db()
        assert code.tries == 5 and code.ended_at is not None
        assert why_not_enter(link, code.digits) is not None

    def test_two_who_have_the_code_come_in_once(self, situation):
        digits, link = send_code(situation.family).digits, situation.family.link
        answers: list[object] = []
        together(*[lambda: answers.append(why_not_enter(link, digits)) for _ in range(4)])
        assert answers.count(None) == 1

    def test_two_who_ask_get_one_live_code(self, situation):
        together(*[lambda: send_code(situation.family) for _ in range(4)])
        assert LinkCode.objects.filter(ended_at=None).count() == 1
        assert Message.objects.filter(kind=FAMILY_CODE).count() == 1


# --- in and out -------------------------------------------------------------------------------------


def test_the_session_is_a_new_one_behind_the_door(client, situation):
    client.post(at("family_code", situation))
    before = client.cookies["sessionid"].value
    types(client, situation, code_in_message())
    assert client.cookies["sessionid"].value != before


def test_after_half_an_hour_away_the_code_is_asked_again(client, situation):
    comes_in(client, situation.family.link.token)
    now, home = timezone.now(), at("family_home", situation)
    for minutes, status in ((29, 200), (58, 200), (87, 200), (118, 302)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert client.get(home).status_code == status


def test_and_one_goes_on_where_one_was(client, situation):
    page = at("family_permissions", situation)
    to_the_door = client.get(page).url
    shown = client.get(to_the_door).content.decode()
    assert "pääsette jatkamaan" in shown and f'value="{page}"' in shown
    client.post(to_the_door, {"target": page})
    assert types(client, situation, code_in_message(), target=page).url == page


@pytest.mark.parametrize("target", ["https://paha.example/", "//paha.example/", "/tilanteet/1/", "{}../../"])
def test_the_code_leads_nowhere_else(client, situation, target):
    client.post(at("family_code", situation))
    home = at("family_home", situation)
    assert types(client, situation, code_in_message(), target=target.format(home)).url == home


def test_leaving_shuts_the_door_and_forgets_what_was_chosen(client, situation):
    comes_in(client, situation.family.link.token)
    page = client.get(at("family_home", situation)).content.decode()
    assert f'action="{at("family_leave", situation)}"' in page
    session = client.session
    session["family_decision"] = {"of": "x", "answers": {}}
    session.save()
    left = client.post(at("family_leave", situation), follow=True).content.decode()
    assert "Oma sivunne on suljettu" in left
    assert "/koodi/" in client.get(at("family_home", situation)).url
    assert "family_decision" not in client.session


def test_a_worker_who_leaves_the_familys_page_stays_signed_in(client, situation):
    client.force_login(situation.holder)
    comes_in(client, situation.family.link.token)
    client.post(at("family_leave", situation))
    assert "/koodi/" in client.get(at("family_home", situation)).url
    assert client.get(reverse("home")).status_code == 200


def test_a_changed_link_shuts_the_door_at_once(client, situation):
    comes_in(client, situation.family.link.token)
    old = at("family_home", situation)
    families.renew_link(situation.family)
    situation.family.refresh_from_db()
    assert client.get(old).status_code == 404
    assert "/koodi/" in client.get(at("family_home", situation)).url


def test_a_code_of_the_old_link_is_worth_nothing(client, situation):
    client.post(at("family_code", situation))
    code = code_in_message()
    families.renew_link(situation.family)
    situation.family.refresh_from_db()
    assert types(client, situation, code).status_code == 422


def test_another_familys_link_in_the_same_browser_takes_the_place_of_the_first(client, situation):
    other = a_situation()
    comes_in(client, situation.family.link.token)
    session = client.session
    session["family_decision"] = {"of": "x", "answers": {}}
    session.save()
    comes_in(client, other.family.link.token)
    assert client.get(at("family_home", other)).status_code == 200
    assert "/koodi/" in client.get(at("family_home", situation)).url
    assert "family_decision" not in client.session


def test_a_second_tab_is_in_as_well(client, situation):
    comes_in(client, situation.family.link.token)
    for name in ("family_code", "family_code_enter"):
        assert client.get(at(name, situation)).url == at("family_home", situation)


def test_a_browser_with_the_code_is_helped_in_by_the_test_client(situation):
    assert FamilyClient().get(at("family_home", situation)).status_code == 200


# --- what the database says --------------------------------------------------------------------------


def test_the_digits_are_kept_nowhere(situation):
    code = send_code(situation.family)
    assert code.digits not in repr([list(model) for model in LinkCode.objects.values_list()])


@pytest.mark.parametrize(
    "change",
    [
        {"tries": 6},
        {"used_at": timezone.now()},
    ],
)
def test_the_database_keeps_a_code_in_its_bounds(situation, change):
    code = send_code(situation.family)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCode.objects.filter(pk=code.pk).update(**change)


def test_an_ended_code_is_not_revived(situation):
    code = send_code(situation.family)
    LinkCode.objects.filter(pk=code.pk).update(ended_at=timezone.now())
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        LinkCode.objects.filter(pk=code.pk).update(ended_at=None)


def test_two_live_codes_of_one_link_cannot_be(situation):
    code = send_code(situation.family)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCode.objects.create(link=code.link, address_hash="x", expires_at=code.expires_at)
