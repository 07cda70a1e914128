"""Thanks and feedback: between two people, in no log, with no family; and no way from here to a family."""

from collections import deque
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from network.actions import bulletins, feedback, forums, groups
from network.models import (
    AreaForum,
    Bulletin,
    BulletinReceipt,
    DevelopmentNeed,
    Family,
    ForumParticipation,
    Group,
    GroupMeeting,
    GroupMembership,
    PeerFeedback,
    RegularLetter,
    Thanks,
    Worker,
)
from perhekeskus.models import Message
from perhekeskus.outbox import kind_of
from perhekeskus.refusals import Refused
from tests.factories import (
    MunicipalityFactory,
    WorkerFactory,
    a_draft,
    a_forum,
    a_group,
    a_group_meeting,
    a_situation,
)
from tests.plugins.together import together

pytestmark = pytest.mark.django_db

SAID = "Aloitetaan ensi kerralla ajoissa."


@pytest.fixture
def two() -> tuple[Worker, Worker]:
    return WorkerFactory(first_name="Antaja"), WorkerFactory(first_name="Saaja")


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# --- nobody else ---------------------------------------------------------------------------------

OTHERS = [{}, {"guidance": True}, {"coordinator": True}, {"administrator": True}]


@pytest.mark.parametrize("role", OTHERS)
def test_only_its_two_ends_read_feedback(client, two, role):
    giver, receiver = two
    given = feedback.give(to=receiver, by=giver, text=SAID)
    thanks = feedback.thank(to=receiver, by=giver, text=SAID)
    other = WorkerFactory(**role)
    for reader, reads in ((giver, True), (receiver, True), (other, False)):
        client.force_login(reader)
        page = client.get(given.get_absolute_url())
        assert page.status_code == (200 if reads else 404)
        listed = client.get(reverse("thanks_list")).content.decode()
        assert (SAID in listed) == reads and (given.get_absolute_url() in listed) == reads
        assert SAID not in client.get(reverse("worker_detail", args=[receiver.pk])).content.decode()
    assert not PeerFeedback.objects.visible_to(other).exists()
    assert not Thanks.objects.visible_to(other).exists()
    assert thanks in Thanks.objects.visible_to(receiver)


def test_a_closed_account_reads_nothing(two):
    giver, receiver = two
    feedback.give(to=receiver, by=giver, text=SAID)
    Worker.objects.filter(pk=receiver.pk).update(is_active=False)
    receiver.refresh_from_db()
    assert not PeerFeedback.objects.visible_to(receiver).exists()


def test_no_other_table_holds_what_was_said(two):
    """Neither a history table, nor a message, nor a log of looks."""
    giver, receiver = two
    given = feedback.give(to=receiver, by=giver, text=SAID)
    feedback.reply(feedback=given, by=receiver, text="Salainen vastaus")
    holders = set()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.abstract or model.__module__.startswith("pghistory"):
            continue
        rows = repr(list(model._base_manager.values_list()))
        if SAID in rows or "Salainen vastaus" in rows:
            holders.add(model.__name__)
    assert holders == {"PeerFeedback"}


def test_the_letter_says_nothing_but_that_there_is_something(two):
    giver, receiver = two
    feedback.thank(to=receiver, by=giver, text=SAID)
    given = feedback.give(to=receiver, by=giver, text=SAID)
    feedback.reply(feedback=given, by=receiver, text=SAID)
    messages = list(Message.objects.order_by("pk"))
    assert [one.recipient for one in messages] == [receiver.email, receiver.email, giver.email]
    for message in messages:
        letter = kind_of(message).compose(message)
        assert kind_of(message).why_not(message) is None
        for secret in (SAID, giver.last_name, receiver.last_name):
            assert secret not in letter.subject + letter.text + letter.html


def test_the_log_tells_no_word_of_it(client, two, caplog):
    giver, receiver = two
    client.force_login(giver)
    with caplog.at_level("INFO"):
        client.post(reverse("peer_feedback_give", args=[receiver.pk]), {"text": SAID})
        client.get(PeerFeedback.objects.get().get_absolute_url())
    assert SAID not in caplog.text


# --- replying ------------------------------------------------------------------------------------


def test_the_receiver_replies_once(two):
    giver, receiver = two
    given = feedback.give(to=receiver, by=giver, text=SAID)
    with pytest.raises(Refused, match="joka sai sen"):
        feedback.reply(feedback=given, by=giver, text="Vielä")
    feedback.reply(feedback=given, by=receiver, text="Kiitos")
    with pytest.raises(Refused, match="jo vastannut"):
        feedback.reply(feedback=given, by=receiver, text="Vielä")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_reply_once(two):
    giver, receiver = two
    given = feedback.give(to=receiver, by=giver, text=SAID)
    acts = [lambda: feedback.reply(feedback=given, by=receiver, text="Kiitos")] * 3
    assert len(together(*acts)) == 2
    assert Message.objects.filter(kind="feedback_replied").count() == 1


def test_nobody_writes_to_themselves_or_to_a_closed_account(two):
    giver, _receiver = two
    closed = WorkerFactory(is_active=False)
    for act in (feedback.thank, feedback.give):
        with pytest.raises(Refused, match="joku toinen"):
            act(to=giver, by=giver, text=SAID)
        with pytest.raises(Refused, match="ei menisi perille"):
            act(to=closed, by=giver, text=SAID)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE network_thanks SET text = 'x'", "thanks_unchanged"),
        ("UPDATE network_peerfeedback SET text = 'x' WHERE reply = ''", "feedback_unchanged"),
        ("UPDATE network_peerfeedback SET to_worker_id = from_worker_id WHERE reply = ''",
         "feedback_unchanged"),
        ("UPDATE network_peerfeedback SET reply = 'x'", "feedback_replied_once"),
        ("INSERT INTO network_thanks (from_worker_id, to_worker_id, text, created_at)"
         " SELECT to_worker_id, to_worker_id, 'x', now() FROM network_thanks", "thanks_between_two"),
        ("INSERT INTO network_peerfeedback (from_worker_id, to_worker_id, text, created_at, reply)"
         " SELECT to_worker_id, to_worker_id, 'x', now(), '' FROM network_thanks", "feedback_between_two"),
        ("INSERT INTO network_peerfeedback (from_worker_id, to_worker_id, text, created_at, reply)"
         " SELECT to_worker_id, from_worker_id, 'x', now(), 'y' FROM network_thanks",
         "feedback_reply_has_time"),
    ],
)  # fmt: skip
def test_the_database_refuses(two, statement, constraint):
    giver, receiver = two
    feedback.thank(to=receiver, by=giver, text=SAID)
    given = feedback.give(to=receiver, by=giver, text=SAID)
    feedback.reply(feedback=given, by=receiver, text="Kiitos")
    feedback.give(to=giver, by=receiver, text=SAID)
    with pytest.raises(IntegrityError, match=constraint):
        sql(statement)


# --- no family -----------------------------------------------------------------------------------

APART = [
    AreaForum, Bulletin, BulletinReceipt, DevelopmentNeed, ForumParticipation, Group, GroupMeeting,
    GroupMembership, PeerFeedback, RegularLetter, Thanks,
]  # fmt: skip


def forward(model: type[models.Model]) -> set[type[models.Model]]:
    """The models that the rows of this one point to."""
    return {
        field.related_model
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    }


def reached_from(model: type[models.Model]) -> set[type[models.Model]]:
    found, waiting = {model}, deque([model])
    while waiting:
        for other in forward(waiting.popleft()) - found:
            found.add(other)
            waiting.append(other)
    return found


@pytest.mark.parametrize("model", APART)
def test_no_way_leads_to_a_family(model):
    assert Family not in reached_from(model)
    # Nor does anything that knows a family point here: the same row would tie the two together.
    pointing = {other for other in apps.get_models() if model in forward(other)}
    assert not {other for other in pointing if Family in reached_from(other)}


def test_the_way_is_found_where_there_is_one():
    from meetings.models import Participation

    assert Family in reached_from(Participation)


@pytest.fixture
def keeper() -> Worker:
    """A coordinator sees no family, so the one who writes is the chair of a group, with a family's koppi."""
    worker = WorkerFactory()
    a_situation(by=worker)
    return worker


def test_what_names_a_family_of_the_writers_is_refused_everywhere(keeper):
    colleague, boss = WorkerFactory(first_name="Toimi"), WorkerFactory(coordinator=True)
    group = a_group(chair=keeper)
    meeting = a_group_meeting(group=group, by=keeper)
    text = "Puhuttiin Aadan aamuista."
    when = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "place": "Koulu"}
    writings = [
        lambda: feedback.thank(to=colleague, by=keeper, text=text),
        lambda: feedback.give(to=colleague, by=keeper, text=text),
        lambda: a_group_meeting(group=group, by=keeper, days=20, agenda=text),
        lambda: groups.change_meeting(
            meeting=meeting, by=keeper, agenda=text, seen_version=meeting.version, **when
        ),
        lambda: a_draft(by=keeper, group=group, text=text),
        lambda: a_draft(by=keeper, group=group, title=text),
        lambda: forums.record_need(by=keeper, text=text, municipality=MunicipalityFactory()),
    ]
    for write in writings:
        with pytest.raises(Refused, match="Aadan"):
            write()
    # The colleague's own name is no family's, and another's families are not the writer's.
    feedback.thank(to=colleague, by=keeper, text="Kiitos, Toimi!")
    assert a_forum(by=boss, themes=text).pk
    assert not Bulletin.objects.exists() and not PeerFeedback.objects.exists()


def test_a_reply_and_a_draft_that_is_sent_are_looked_at_too(keeper):
    given = feedback.give(to=keeper, by=WorkerFactory(), text=SAID)
    with pytest.raises(Refused, match="Aadasta"):
        feedback.reply(feedback=given, by=keeper, text="Kyse oli Aadasta.")
    group = a_group(chair=keeper)
    draft = a_draft(by=keeper, group=group)
    # Written by somebody else who does not know the family.
    boss = WorkerFactory(coordinator=True)
    draft = bulletins.write(
        bulletin=draft,
        by=boss,
        fields={"title": "Asia", "text": "Kuten Aadan kohdalla"},
        seen_version=draft.version,
    )
    with pytest.raises(Refused, match="Aadan"):
        bulletins.publish(bulletin=draft, by=keeper, seen_version=draft.version)


# --- how many in a day ---------------------------------------------------------------------------


@pytest.mark.parametrize(("send", "model"), [(feedback.thank, Thanks), (feedback.give, PeerFeedback)])
def test_one_person_gets_three_in_a_day_from_the_same_sender(two, send, model):
    giver, receiver = two
    for number in range(3):
        send(to=receiver, by=giver, text=f"{SAID} {number}")
    with pytest.raises(Refused, match="monta kertaa"):
        send(to=receiver, by=giver, text=SAID)
    send(to=giver, by=receiver, text=SAID)
    send(to=WorkerFactory(), by=giver, text=SAID)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        send(to=receiver, by=giver, text=SAID)
    assert model.objects.filter(from_worker=giver, to_worker=receiver).count() == 4


def test_twenty_leave_in_a_day():
    giver = WorkerFactory()
    for _number in range(20):
        feedback.thank(to=WorkerFactory(), by=giver, text=SAID)
    with pytest.raises(Refused, match="monelle"):
        feedback.thank(to=WorkerFactory(), by=giver, text=SAID)


def test_the_page_keeps_the_text_that_does_not_leave_today(two, client):
    giver, receiver = two
    client.force_login(giver)
    page = reverse("thanks_give", args=[receiver.pk])
    for number in range(3):
        assert client.post(page, {"text": f"{SAID} {number}"}).status_code == 302
    answer = client.post(page, {"text": "Kiitos avusta aamulla."})
    assert answer.status_code == 422
    assert "Kiitos avusta aamulla." in answer.content.decode() and "huomenna" in answer.content.decode()
    assert Thanks.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_do_not_pass_the_limit(two):
    giver, receiver = two
    acts = [lambda n=n: feedback.thank(to=receiver, by=giver, text=f"{SAID} {n}") for n in range(6)]
    assert len(together(*acts)) == 3
    assert Thanks.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_thank_each_other_at_the_same_moment_both_do(two):
    one, other = two
    for number in range(3):
        acts = [
            lambda n=number, a=a, b=b: feedback.thank(to=b, by=a, text=f"{SAID} {n}")
            for a, b in ((one, other), (other, one))
        ]
        assert together(*acts) == []
    assert Thanks.objects.count() == 6


def test_a_second_press_of_the_button_sends_nothing_more():
    giver, receiver = WorkerFactory(), WorkerFactory()
    assert feedback.thank(to=receiver, by=giver, text=SAID) == feedback.thank(
        to=receiver, by=giver, text=SAID
    )
    assert feedback.give(to=receiver, by=giver, text=SAID) == feedback.give(to=receiver, by=giver, text=SAID)
    feedback.thank(to=receiver, by=giver, text=f"{SAID} Ja toisenkin kerran.")
    assert Thanks.objects.count() == 2 and PeerFeedback.objects.count() == 1
