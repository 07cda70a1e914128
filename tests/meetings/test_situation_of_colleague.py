"""A colleague's question as a way in: only for the one with whom the family wants to go on."""

import pytest
from django.db import IntegrityError, connection, transaction

from meetings.models import Situation
from meetings.states import WayIn
from network.states import ConsultationResult
from tests.factories import WorkerFactory, a_situation
from tests.factories.consultations import a_closed_consultation

pytestmark = pytest.mark.django_db


class TestASituationOfTheOneWhoAnswered:
    """A colleague's question is a way in only for the one with whom the family wants to go on."""

    URL = "/ota-puheeksi/"

    def direct(self, **asked):
        return a_closed_consultation(result=ConsultationResult.DIRECT, **asked)

    def sent(self, situation) -> dict:
        return {
            "form_key": "8f14e45f-ceea-467f-9a1b-0c4e7e7b6c13",
            "way_in": "colleague",
            "municipality": situation.family.municipality_id,
            "language": "fi",
            "contact_channel": "phone",
            "children-TOTAL_FORMS": "1",
            "children-INITIAL_FORMS": "0",
            "children-0-first_name": "Aada",
            "children-0-birth_year": "2020",
            "guardians-TOTAL_FORMS": "0",
            "guardians-INITIAL_FORMS": "0",
        }

    def test_it_is_opened_from_the_answers_own_page_and_once(self, client):
        consultation = self.direct()
        client.force_login(consultation.answered_by)
        url = f"{self.URL}?neuvo={consultation.pk}"
        assert url in client.get(consultation.get_absolute_url()).content.decode()
        asked = Situation.objects.get()
        for _press in range(2):
            assert client.post(url, self.sent(asked)).status_code == 302
        situation = Situation.objects.exclude(pk=asked.pk).get()
        assert situation.way_in == WayIn.COLLEAGUE and situation.consultation == consultation
        assert situation.holder == consultation.answered_by
        assert url not in client.get(consultation.get_absolute_url()).content.decode()

    def test_it_is_no_choice_of_the_plain_form(self, client):
        situation = a_situation()
        client.force_login(WorkerFactory())
        assert 'value="colleague"' not in client.get(self.URL).content.decode()
        assert client.post(self.URL, self.sent(situation)).status_code == 422

    @pytest.mark.parametrize("result", [ConsultationResult.ENOUGH, ConsultationResult.SHARED_TIME])
    def test_not_when_the_family_does_not_want_it(self, client, result):
        consultation = a_closed_consultation(result=result)
        client.force_login(consultation.answered_by)
        client.post(f"{self.URL}?neuvo={consultation.pk}", self.sent(Situation.objects.get()))
        assert Situation.objects.count() == 1

    def test_nobody_else_does_it(self, client):
        consultation = self.direct()
        client.force_login(consultation.asked_by)
        client.post(f"{self.URL}?neuvo={consultation.pk}", self.sent(Situation.objects.get()))
        client.force_login(WorkerFactory())
        response = client.post(f"{self.URL}?neuvo={consultation.pk}", self.sent(Situation.objects.get()))
        assert response.status_code == 404 and Situation.objects.count() == 1

    def test_the_database_asks_for_the_very_question(self):
        consultation, situation = self.direct(), a_situation()
        for change, refusal in (
            ("way_in = 'colleague'", "situation_colleague_asked"),
            (f"consultation_id = {consultation.pk}", "situation_own_answer|avaa neuvosta"),
            (f"way_in = 'colleague', consultation_id = {consultation.pk}", "avaa neuvosta"),
        ):
            with (
                pytest.raises(IntegrityError, match=refusal),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE meetings_situation SET {change} WHERE id = {situation.pk}")
