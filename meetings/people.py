"""How the one whom a family lets in is named to the family, of every kind."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Consent, Family, Worker
from network.states import ConsentPurpose
from network.whereabouts import title_and_place_of_work

from .models import Participation, Situation
from .querysets import Ground

# What a permission of each purpose lets its receiver do, as the family is told.
OF_PURPOSE = {
    ConsentPurpose.INVITE: gettext_lazy("saa tulla yhteiseen aikaan ja tietää sovitut aiheet"),
    ConsentPurpose.CONSULT: gettext_lazy("häneltä saa kysyä neuvoa"),
    ConsentPurpose.COPY: gettext_lazy("saa yhteisen suunnitelman"),
    ConsentPurpose.INFORM: gettext_lazy("saa kuulla työntekijältänne, miten sovituissa aiheissa menee"),
}

# The grounds on which a protected family's places are told: the holder's, and those of the convened.
TOLD_PLACES = {"holder", "convener", "invited"}


def sees_places(family: Family, ground: Ground) -> bool:
    """Whether the room, and where people work, are shown to one who sees the matters on this ground."""
    return not family.address_protected or ground.name in TOLD_PLACES


def places_opened_to(worker: Worker, situation: Situation) -> bool:
    """The same for a page that knows the situation only; a query more of a protected family's."""
    if not situation.family.address_protected:
        return True
    ground = Situation.objects.filter(pk=situation.pk).ground_for(worker)
    return ground is not None and sees_places(situation.family, ground)


def shown_name(one: Consent | Participation, family: Family) -> str:
    """The name; a place of work's own would tell where a protected family goes."""
    if family.address_protected and (one.unit is not None or one.team is not None):
        return _("Yksikkö, jonka työntekijänne kertoo teille")
    return str(one.receiver)


def name_for_worker(one: Consent | Participation, family: Family, *, with_places: bool) -> str:
    """The name as a worker sees it, who may or may not be told a protected family's places."""
    if not with_places and family.address_protected and (one.unit is not None or one.team is not None):
        return _("Yksikkö, jonka nimeä ei näytetä turvakiellon vuoksi")
    return str(one.receiver)


def shown_work(one: Consent | Participation, family: Family) -> str:
    """What they are and from where, in a word or two; of a protected family's only what they are."""
    if one.worker is not None:
        return title_and_place_of_work(one.worker, family)
    if one.unit is not None:
        return (
            ""
            if family.address_protected
            else _("joku heistä, %(name)s") % {"name": one.unit.organisation.name}
        )
    if one.team is not None:
        return "" if family.address_protected else _("joku tiimistä")
    if one.outside_professional is not None:
        outside = one.outside_professional
        return outside.title if family.address_protected else outside.from_where
    return one.close_person.relation if one.close_person is not None else ""
