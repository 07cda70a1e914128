"""The supervisor: numbers of the unit, and the koppis of those who are away; never a family."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.actions import handovers
from meetings.actions.absences import add_absence
from meetings.models import Handover, Situation
from meetings.states import HandoverStatus
from network.models import Worker
from perhekeskus import outbox
from perhekeskus.models import AccessLog
from perhekeskus.refusals import Refused
from tests.door import comes_in
from tests.factories import (
    WorkerFactory,
    a_situation,
    an_ended_situation,
    an_offered_handover,
    with_conversation,
)
from tests.plugins.together import together

from .test_touched import forgotten
from .test_unit_catch import sql


def away(worker: Worker) -> Worker:
    add_absence(by=worker, first=timezone.localdate(), last=timezone.localdate() + timedelta(days=3))
    return worker


def left(worker: Worker) -> Worker:
    worker.is_active = False
    worker.save()
    return worker


def a_unit() -> tuple[Worker, Worker, Situation]:
    """A supervisor, a worker of the same unit, and that worker's situation."""
    supervisor = WorkerFactory(is_supervisor=True)
    worker = WorkerFactory(unit=supervisor.unit)
    return supervisor, worker, with_conversation(a_situation(by=worker))


@pytest.mark.django_db
class TestOffering:
    @pytest.mark.parametrize("reason", [away, left])
    @pytest.mark.parametrize("to_unit", [True, False])
    def test_the_koppi_of_one_who_is_away_is_offered_and_caught(self, reason, to_unit):
        supervisor, worker, situation = a_unit()
        reason(worker)
        catcher = WorkerFactory(unit=supervisor.unit)
        handover = handovers.offer_for(
            situation=situation, by=supervisor, to=supervisor.unit if to_unit else catcher
        )
        situation.refresh_from_db()
        assert situation.holder == worker and handover.offered_by == supervisor
        handovers.accept(handover=handover, by=catcher)
        situation.refresh_from_db()
        assert situation.holder == catcher

    def test_the_supervisor_may_catch_it_too_and_reads_nothing_before(self):
        supervisor, worker, situation = a_unit()
        away(worker)
        handover = handovers.offer_for(situation=situation, by=supervisor, to=supervisor.unit)
        assert not Situation.objects.visible_to(supervisor).exists()
        handovers.accept(handover=handover, by=supervisor)
        assert Situation.objects.visible_to(supervisor).get() == situation

    def test_of_one_who_is_at_work_it_is_refused(self):
        supervisor, worker, situation = a_unit()
        with pytest.raises(Refused, match=f"{worker.name} ei ole poissa"):
            handovers.offer_for(situation=situation, by=supervisor, to=supervisor.unit)

    def test_of_ones_own_it_is_refused(self):
        supervisor, _worker, _situation = a_unit()
        own = with_conversation(a_situation(by=supervisor))
        with pytest.raises(Refused, match="Tarjoa sitä tilanteen sivulta"):
            handovers.offer_for(situation=own, by=supervisor, to=supervisor.unit)

    def test_by_others_it_is_refused(self):
        supervisor, worker, situation = a_unit()
        away(worker)
        for other in (WorkerFactory(is_supervisor=True), WorkerFactory(unit=supervisor.unit), worker):
            with pytest.raises(Refused, match="hänen yksikkönsä esihenkilö"):
                handovers.offer_for(situation=situation, by=other, to=supervisor.unit)

    def test_out_of_the_unit_it_is_refused(self):
        supervisor, worker, situation = a_unit()
        away(worker)
        stranger = WorkerFactory()
        for to in (stranger, stranger.unit):
            with pytest.raises(Refused, match="oman yksikkösi väelle"):
                handovers.offer_for(situation=situation, by=supervisor, to=to)

    def test_twice_and_of_what_has_ended_it_is_refused(self):
        supervisor, worker, situation = a_unit()
        away(worker)
        handovers.offer_for(situation=situation, by=supervisor, to=supervisor.unit)
        with pytest.raises(Refused, match="Koppia tarjotaan jo"):
            handovers.offer_for(situation=situation, by=supervisor, to=supervisor.unit)
        ended = an_ended_situation(by=WorkerFactory(unit=supervisor.unit))
        with pytest.raises(Refused, match="on päättynyt"):
            handovers.offer_for(situation=ended, by=supervisor, to=supervisor.unit)

    def test_an_offer_of_one_who_went_away_is_taken_back(self):
        supervisor, worker, situation = a_unit()
        handover = an_offered_handover(situation=situation)
        with pytest.raises(Refused, match="Koppi on nyt toisella"):
            handovers.withdraw_offer(handover=handover, by=supervisor)
        left(worker)
        handovers.withdraw_offer(handover=handover, by=supervisor)
        handovers.offer_for(situation=situation, by=supervisor, to=supervisor.unit)


@pytest.mark.django_db
class TestTheDatabase:
    def test_an_offer_for_another_needs_its_reason_its_supervisor_and_its_unit(self):
        supervisor, worker, situation = a_unit()
        catcher, stranger = WorkerFactory(unit=supervisor.unit), WorkerFactory()
        row = {"situation": situation, "from_worker": worker}
        for wrong in (
            {"offered_by": supervisor, "to_worker": catcher},  # nobody is away
            {"offered_by": supervisor, "to_unit": supervisor.unit},
        ):
            with pytest.raises(IntegrityError, match="handover_offered_for_one_away"):
                insert(row | wrong)
        away(worker)
        for wrong in (
            {"offered_by": catcher, "to_unit": supervisor.unit},
            {"offered_by": WorkerFactory(is_supervisor=True), "to_unit": supervisor.unit},
            {"offered_by": supervisor, "to_worker": stranger},
            {"offered_by": supervisor, "to_unit": stranger.unit},
        ):
            with pytest.raises(IntegrityError, match="handover_offered_for_one_away"):
                insert(row | wrong)
        insert(row | {"offered_by": supervisor, "to_unit": supervisor.unit})


def insert(row: dict) -> None:
    columns = {"offered_by": None, "to_worker": None, "to_unit": None} | row
    sql(
        "INSERT INTO meetings_handover (situation_id, from_worker_id, offered_by_id, to_worker_id,"
        " to_unit_id, note, family_told, status, offered_at) VALUES"
        " (%s, %s, %s, %s, %s, '', false, 'offered', now())",
        *(
            columns[name].pk if columns[name] else None
            for name in ("situation", "from_worker", "offered_by", "to_worker", "to_unit")
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_the_holder_and_the_supervisor_at_the_same_moment_leave_one_offer_and_one_holder():
    for _round in range(8):
        supervisor, worker, situation = a_unit()
        away(worker)
        catcher = WorkerFactory(unit=supervisor.unit)
        refused = together(
            partial(handovers.offer, situation=situation, by=worker, to=catcher),
            partial(handovers.offer_for, situation=situation, by=supervisor, to=supervisor.unit),
        )
        assert len(refused) == 1
        handover = Handover.objects.get(situation=situation)
        together(
            partial(handovers.accept, handover=handover, by=catcher),
            partial(handovers.withdraw_offer, handover=handover, by=supervisor),
            partial(left, Worker.objects.get(pk=worker.pk)),
        )
        handover.refresh_from_db()
        situation.refresh_from_db()
        taken = handover.status == HandoverStatus.ACCEPTED
        assert situation.holder == (catcher if taken else worker)


@pytest.mark.django_db
class TestPages:
    def test_only_a_supervisor_has_the_page(self, client):
        supervisor, worker, _situation = a_unit()
        client.force_login(worker)
        assert client.get(reverse("supervised_unit")).status_code == 404
        assert "Yksikköni" not in client.get(reverse("home")).content.decode()
        client.force_login(supervisor)
        assert client.get(reverse("supervised_unit")).status_code == 200
        assert "Yksikköni" in client.get(reverse("home")).content.decode()

    def test_numbers_by_worker_in_order_of_name_and_nothing_else(self, client):
        supervisor = WorkerFactory(is_supervisor=True, last_name="Mäki")
        first = WorkerFactory(unit=supervisor.unit, last_name="Aalto")
        last = WorkerFactory(unit=supervisor.unit, last_name="Äijälä")
        WorkerFactory(last_name="Muualla")
        WorkerFactory(unit=supervisor.unit, last_name="Koordinoi", coordinator=True)
        for days in (1, 16, 20):
            forgotten(with_conversation(a_situation(by=last)), days=days)
        situation = with_conversation(a_situation(by=first))
        client.force_login(supervisor)
        page = client.get(reverse("supervised_unit")).content.decode()
        assert "20 päivää" in page and "Muualla" not in page and "Koordinoi" not in page
        rows = client.get(reverse("supervised_unit")).context["rows"]
        heads = [row["head"].split()[-1] for row in rows]
        assert heads == ["Aalto", "Mäki", "Äijälä"]
        numbers = {row["head"]: [cell["text"] for cell in row["cells"]] for row in rows}
        assert numbers[last.name] == ["3", "2", "20 päivää", "0", "0"]
        assert numbers[first.name] == ["1", "0", "–", "0", "0"]
        for member in situation.family.members.all():
            assert member.first_name not in page
        assert f"Tilanne {situation.pk}" not in page

    def test_in_the_same_number_of_queries(self, client):
        supervisor, worker, situation = a_unit()
        away(worker)
        client.force_login(supervisor)
        client.get(reverse("supervised_unit"))
        with CaptureQueriesContext(connection) as few:
            client.get(reverse("supervised_unit"))
        for _number in range(3):
            other = away(WorkerFactory(unit=supervisor.unit))
            an_offered_handover(situation=with_conversation(a_situation(by=other)))
            with_conversation(a_situation(by=other))
        with CaptureQueriesContext(connection) as many:
            client.get(reverse("supervised_unit"))
        assert len(many) == len(few)

    def test_the_koppi_is_offered_without_a_word_of_the_family_and_the_family_sees_it(self, client):
        supervisor, worker, situation = a_unit()
        away(worker)
        client.force_login(supervisor)
        url = reverse("supervised_offer", args=[situation.pk])
        assert url in client.get(reverse("supervised_unit")).content.decode()
        page = client.get(url).content.decode()
        for member in situation.family.members.all():
            assert member.first_name not in page
        response = client.post(url, {"to": "", "note": ""})
        assert response.url == reverse("supervised_unit")
        handover = Handover.objects.get()
        assert (handover.to_unit, handover.offered_by) == (supervisor.unit, supervisor)
        page = client.get(reverse("supervised_unit")).content.decode()
        assert "Vastausta odotetaan" in page and url not in page
        assert client.get(situation.get_absolute_url()).status_code == 404
        look = AccessLog.objects.get(worker=supervisor)
        assert (look.family_id, look.ground) == (
            situation.family_id, "esihenkilö, koska työntekijä on poissa",
        )  # fmt: skip
        token = situation.family.link.token
        comes_in(client, token)
        page = client.get(reverse("family_home", args=[token])).content.decode()
        assert "Työntekijänne on poissa" in page and supervisor.unit.name in page
        client.force_login(supervisor)
        response = client.post(reverse("handover_withdraw", args=[handover.pk]))
        assert response.url == reverse("supervised_unit")
        handover.refresh_from_db()
        assert handover.status == HandoverStatus.WITHDRAWN

    def test_no_page_for_one_who_is_at_work_or_works_elsewhere(self, client):
        supervisor, _worker, situation = a_unit()
        client.force_login(supervisor)
        assert client.get(reverse("supervised_offer", args=[situation.pk])).status_code == 404
        elsewhere = with_conversation(a_situation(by=away(WorkerFactory())))
        assert client.get(reverse("supervised_offer", args=[elsewhere.pk])).status_code == 404

    def test_who_goes_away_sees_each_open_koppi_and_none_moves(self, client):
        worker = WorkerFactory()
        situation = with_conversation(a_situation(by=worker))
        offered = an_offered_handover(situation=with_conversation(a_situation(by=worker)))
        ended = an_ended_situation(by=worker)
        client.force_login(worker)
        day = timezone.localdate().isoformat()
        page = client.post(
            reverse("absence_list"), {"first": day, "last": day, "substitute": ""}, follow=True
        ).content.decode()
        assert "Koppisi eivät siirtyneet kenellekään" in page
        assert reverse("handover_offer", args=[situation.pk]) in page
        assert "Perhe haluaa yhteisen ajan" in page
        assert offered.to_worker.name in page
        assert reverse("handover_offer", args=[offered.situation_id]) not in page
        assert f"Tilanne {ended.pk}" not in page
        assert set(Situation.objects.values_list("holder", flat=True)) == {worker.pk}

    def test_the_letter_tells_that_the_holder_is_away_by_who_offers(self, post):
        supervisor, worker, situation = a_unit()
        catcher = WorkerFactory(unit=supervisor.unit)
        away(worker)
        handovers.offer_for(situation=situation, by=supervisor, to=catcher)
        outbox.drain()
        (letter,) = [one for one in post.letters if one["To"] == catcher.email]
        assert supervisor.name in letter.get_body(("plain",)).get_content()
