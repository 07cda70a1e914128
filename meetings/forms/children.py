"""A child's own view, in a form that fits the age."""

import uuid
from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import FamilyMember
from perhekeskus.forms import HouseModelForm, LinkTo

from ..models import ChildView, Meeting
from ..states import ChildFace, ChildMoment, MeetingStatus

# Under seven a face and a drawing come first, under thirteen a face and words, then the own words.
SCHOOL_AGE, TEENS = 7, 13


class ChildViewForm(HouseModelForm):
    """What the child told, showed or drew, in the order that is natural at that age."""

    submit_label = _("Tallenna lapsen näkemys")
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = ChildView
        fields = ("moment", "told_on", "face", "words", "drawing_told", "child_knows")
        widgets = {
            "moment": forms.RadioSelect,
            "face": forms.RadioSelect,
            "drawing_told": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "moment": _("Missä lapsi kertoi tämän"),
            "told_on": _("Milloin"),
            "face": _("Miltä nyt tuntuu?"),
            "words": _("Lapsen omat sanat"),
            "drawing_told": _("Mitä lapsi itse kertoo kuvasta"),
            "child_knows": _("Lapsi tietää, ketkä tämän näkevät"),
        }
        help_texts = {
            "face": _("Lapsi osoittaa ilmeen itse. Kaikki ilmeet ovat yhtä hyviä."),
            "words": _("Kirjoita niin kuin lapsi sen sanoi. Älä tulkitse."),
            "drawing_told": _("Tämä luetaan myös sille, joka ei näe kuvaa."),
        }

    drawing = forms.FileField(
        label=_("Lapsen piirros"),
        help_text=_("Ota piirroksesta kuva. JPEG tai PNG, enintään 10 megatavua."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        required=False,
    )

    def __init__(
        self, *args: Any, child: FamilyMember, meeting: Meeting | None, back_url: str, **kwargs: Any
    ) -> None:
        self.child, self.meeting, self.back_url = child, meeting, back_url
        initial = {"form_key": uuid.uuid4(), "told_on": timezone.localdate(), "moment": _moment_of(meeting)}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["face"].choices = [(face.value, str(face.label).capitalize()) for face in ChildFace]  # type: ignore[attr-defined]
        if meeting is None:
            del self.fields["moment"]
        else:
            self.fields["moment"].choices = ChildMoment.choices  # type: ignore[attr-defined]
        knows = self.fields["child_knows"]
        knows.required = True
        knows.error_messages["required"] = _("Kerro lapselle ensin, ketkä tämän näkevät.")
        if self.age >= TEENS:
            self.fields["words"].label = _("Nuoren omat sanat")
            self.fields["words"].help_text = _("Nuori voi kirjoittaa itse.")
            self.fields["drawing_told"].label = _("Mitä nuori itse kertoo kuvasta")
            self.fields["drawing"].label = _("Nuoren kuva tai piirros")
            knows.label = _("Nuori tietää, ketkä tämän näkevät")

    @property
    def age(self) -> int:
        return self.child.age or 0

    def layout(self) -> Layout:
        face = Field("face", template="meetings/_face_choices.html")
        drawing = ["drawing", "drawing_told"]
        if self.age < SCHOOL_AGE:
            told = [face, *drawing, "words"]
        elif self.age < TEENS:
            told = [face, "words", *drawing]
        else:
            told = ["words", face, *drawing]
        moment = ["moment"] if "moment" in self.fields else []
        return Layout("form_key", *told, *moment, "told_on", "child_knows")

    def buttons(self) -> list[Any]:
        return [*super().buttons(), LinkTo(_("Takaisin"), self.back_url)]

    def clean_told_on(self) -> Any:
        told_on = self.cleaned_data["told_on"]
        if told_on > timezone.localdate():
            raise forms.ValidationError(_("Päivä ei voi olla tulevaisuudessa."))
        return told_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        has_drawing, told = bool(data.get("drawing")), data.get("drawing_told")
        if has_drawing and not told and "drawing_told" not in self.errors:
            self.add_error("drawing_told", _("Kysy, mitä kuvassa on, ja kirjoita se tähän."))
        if told and not has_drawing and "drawing" not in self.errors:
            self.add_error("drawing", _("Valitse kuva, josta tämä kertoo."))
        if not (data.get("face") or data.get("words") or has_drawing or self.errors):
            self.add_error(None, _("Kirjaa lapsen sanat, ilme tai piirros. Yksikin riittää."))
        return data

    def _post_clean(self) -> None:
        self.instance.child = self.child
        moment = self.cleaned_data.get("moment") or ChildMoment.TALK
        self.instance.moment = moment
        self.instance.meeting = None if moment == ChildMoment.TALK else self.meeting
        super()._post_clean()  # type: ignore[misc]

    def ask_for_the_picture_again(self) -> None:
        """A browser keeps no chosen file on a page that comes back."""
        if self.files and "drawing" not in self.errors:
            self.add_error("drawing", _("Valitse kuva uudelleen: selain ei säilytä sitä."))


def _moment_of(meeting: Meeting | None) -> ChildMoment:
    if meeting is None:
        return ChildMoment.TALK
    if meeting.status == MeetingStatus.HELD:
        return ChildMoment.AFTER
    now = timezone.now()
    is_now = meeting.period is not None and meeting.period.lower <= now < meeting.period.upper
    return ChildMoment.DURING if is_now else ChildMoment.BEFORE
