"""Looking for a room, and telling what it is like."""

from typing import Any

from crispy_forms.bootstrap import InlineCheckboxes
from crispy_forms.layout import Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from network.models import Municipality, Unit
from network.sorting import finnish
from perhekeskus.forms import HouseForm, LinkTo

from ..actions.rooms import RoomCard
from ..models import Room
from ..models.rooms import MOST_SEATS
from ..states import Equipment


class RoomListForm(HouseForm):
    """Where, for how many and with what; one's own municipality when nothing was asked."""

    municipality = forms.ModelChoiceField(
        label=_("Kunta"), queryset=Municipality.objects.none(), required=False, empty_label=_("Kaikki kunnat")
    )
    seats = forms.IntegerField(
        label=_("Paikkoja vähintään"), min_value=1, max_value=MOST_SEATS, required=False
    )
    equipment = forms.MultipleChoiceField(
        label=_("Mitä tilassa pitää olla?"),
        choices=Equipment,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    accessible = forms.BooleanField(label=_("Tilaan pääsee esteettömästi"), required=False)

    form_method = "get"
    submit_label = _("Näytä")
    submit_class = "button-quiet"
    mark_optional = False

    def __init__(self, data: Any, *, municipality: str) -> None:
        with_rooms = Unit.objects.filter(rooms__isnull=False).values("municipality")
        has_some = with_rooms.filter(municipality=municipality).exists()
        super().__init__(data or ({"municipality": municipality} if has_some else {}))
        self.fields["municipality"].queryset = Municipality.objects.filter(  # type: ignore[attr-defined]
            pk__in=with_rooms
        ).order_by(finnish("name_fi"))

    def layout(self) -> Layout:
        return Layout(
            Row("municipality", "seats"),
            InlineCheckboxes("equipment", wrapper_class="choices-long"),
            "accessible",
        )

    def chosen(self, rooms: QuerySet[Room]) -> QuerySet[Room]:
        """The rooms that were asked for; a municipality without rooms has none."""
        if not self.is_valid():
            return rooms.none()
        asked = self.cleaned_data
        if municipality := asked["municipality"]:
            rooms = rooms.filter(unit__municipality=municipality)
        if seats := asked["seats"]:
            rooms = rooms.filter(seats__gte=seats)
        if asked["accessible"]:
            rooms = rooms.filter(is_accessible=True)
        return rooms.filter(equipment__contains=asked["equipment"])


class RoomForm(HouseForm):
    """What is told of a room; the unit only when there are several to choose from."""

    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000, required=False
    )
    unit = forms.ModelChoiceField(
        label=_("Missä tila on?"), queryset=Unit.objects.none(), empty_label=_("Valitse yksikkö")
    )
    name = forms.CharField(
        label=_("Tilan nimi"), help_text=_("Sama nimi, joka lukee ovessa."), max_length=100
    )
    seats = forms.IntegerField(
        label=_("Montako mahtuu istumaan?"),
        help_text=_("Laske mukaan lapset. Haku ei ehdota tilaa, johon kaikki eivät mahdu."),
        min_value=1,
        max_value=MOST_SEATS,
    )
    is_accessible = forms.BooleanField(
        label=_("Tilaan pääsee esteettömästi"),
        help_text=_("Ilman portaita ja kynnyksiä, myös pyörätuolilla ja vaunuilla."),
        required=False,
    )
    equipment = forms.MultipleChoiceField(
        label=_("Mitä tilassa on?"),
        choices=Equipment,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("Mitä tulijan on hyvä tietää?"),
        help_text=_("Esimerkiksi: ovi B, 2. kerros. Ilmoittautukaa aulassa."),
        max_length=200,
        required=False,
    )

    submit_label = _("Tallenna tila")
    submit_class = "button-big"

    def __init__(
        self,
        data: Any = None,
        *,
        room: Room | None = None,
        units: QuerySet[Unit] | None = None,
        unit: Unit | None = None,
        cancel_url: str,
    ) -> None:
        initial: dict[str, Any] = {"unit": unit}
        if room is not None:
            names = ("name", "seats", "is_accessible", "equipment", "note")
            initial = {"seen_version": room.version} | {name: getattr(room, name) for name in names}
        super().__init__(data, initial=initial)
        self.cancel_url = cancel_url
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]

    @property
    def card(self) -> RoomCard:
        said = self.cleaned_data
        return RoomCard(
            name=" ".join(said["name"].split()),
            seats=said["seats"],
            is_accessible=said["is_accessible"],
            equipment=said["equipment"],
            note=" ".join(said["note"].split()),
        )


class RoomCloseForm(HouseForm):
    """Why nobody can book the room any more."""

    reason = forms.CharField(
        label=_("Miksi tila ei ole käytössä?"),
        help_text=_("Kaikki verkostossa näkevät syyn. Esimerkiksi: remontti 31.3. asti."),
        max_length=200,
        error_messages={"required": _("Kerro, miksi tila ei ole käytössä.")},
    )

    submit_label = _("Merkitse pois käytöstä")

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        super().__init__(data)
        self.cancel_url = cancel_url

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.cancel_url)]
