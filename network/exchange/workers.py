"""Workers as a file: who they are and where. What an account opens is no matter of a file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Worker
from ..sorting import by_name
from ..states import ImportKind, SpokenLanguage
from .columns import Email, Fixed, Many, ManyChoices, Phone, Text, UnitPath, YesNo
from .kinds import Kind


def _account(worker: Worker) -> str:
    return "käytössä" if worker.is_active else "suljettu"


def _duties(worker: Worker) -> str:
    """What the account opens besides one's own work."""
    duties = (
        ("pääkäyttäjä", worker.is_administrator),
        ("koordinaattori", worker.is_coordinator),
        ("ohjaus ja neuvonta", worker.is_guidance),
        ("esihenkilö", worker.is_supervisor),
        ("yksikön tietojen pitäjä", worker.is_unit_editor),
    )
    return ", ".join(name for name, has in duties if has)


class Workers(Kind):
    key = ImportKind.WORKERS
    about = gettext_lazy("Nimi, sähköposti, yksikkö ja kortin tiedot.")
    before = gettext_lazy(
        "Yksikön pitää olla jo hakemistossa. Kukaan ei saa tiedostosta tehtäviä eikä salasanaa, eikä suljettu"
        " tunnus avaudu."
    )
    file_name = "tyontekijat"
    model = Worker
    identity = (Email(headings=("Sähköposti",), attribute="email", is_required=True, is_lowered=True),)
    columns = (
        *identity,
        Text(headings=("Etunimi",), attribute="first_name", is_required=True, longest=60),
        Text(headings=("Sukunimi",), attribute="last_name", is_required=True, longest=80),
        Text(headings=("Ammattinimike",), attribute="title", is_required=True, longest=100),
        UnitPath(attribute="unit", is_required=True),
        Phone(headings=("Puhelin",), attribute="phone"),
        Text(headings=("Mitä teen",), attribute="what_i_do", longest=1000, is_one_line=False),
        Many(headings=("Osaaminen",), attribute="expertise", among="expertise"),
        ManyChoices(headings=("Kielet",), attribute="languages", choices=SpokenLanguage),
        Text(headings=("Milloin tavoittaa",), attribute="reachable", longest=200),
        YesNo(headings=("Vastaa kysymyksiin",), attribute="available_for_consultation"),
        YesNo(headings=("Voi kutsua yhteiseen aikaan",), attribute="available_for_shared_times"),
        Fixed(
            headings=("Tunnus",),
            attribute="is_active",
            of=_account,
            at_first=("", "käytössä"),
            sentence=gettext_lazy("Tuonti ei avaa eikä sulje tunnuksia. Tee se työntekijän sivulla."),
        ),
        Fixed(
            headings=("Tehtävät",),
            attribute="is_coordinator",
            of=_duties,
            sentence=gettext_lazy("Tuonti ei anna eikä poista tehtäviä. Tee se työntekijän sivulla."),
        ),
    )

    def rows(self) -> QuerySet:
        return (
            Worker.objects.select_related("unit__organisation", "unit__municipality")
            .prefetch_related("expertise")
            .order_by(*by_name())
        )

    def name_of(self, texts: Mapping[str, str]) -> str:
        name = f"{texts['Etunimi']} {texts['Sukunimi']}".strip()
        return ", ".join(filter(None, (name, texts["Sähköposti"])))

    def why_not(self, thing: Any | None, values: Mapping[str, Any]) -> Iterator[str]:
        if thing is None or not values:
            return
        if not thing.is_active:
            yield _("Tunnus on suljettu. Avaa se ensin työntekijän sivulla.")
        if "unit" in values and thing.is_unit_editor:
            yield _(
                "Työntekijä pitää yksikkönsä tiedot ajan tasalla. Vaihda yksikkö hänen sivullaan, ettei"
                " oikeus siirry huomaamatta toiseen yksikköön."
            )

    def prepared(self, thing: Worker, *, is_new: bool) -> Worker:
        if is_new:
            # Nobody knows it: the worker chooses one by asking for a new one on the sign-in page.
            thing.password = make_password(None)
        return thing
