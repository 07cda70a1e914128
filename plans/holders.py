"""Who has the plan: which version, how, since when, and whether the family's permission is in force."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from meetings.people import shown_work
from network.models import Consent, Family
from network.states import ConsentPurpose
from perhekeskus.words import day

from .models import Copy, Plan
from .states import CopyMethod


@dataclass(frozen=True)
class Holder:
    """One whom the family lets, or has let, have the plan, with the copies they have been given."""

    consent: Consent
    in_force: bool
    # When the permission was taken back or ran out.
    ended_at: datetime | None
    copies: list[Copy] = field(default_factory=list)

    def has(self, plan: Plan, method: CopyMethod | None = None) -> bool:
        return any(
            copy.plan_id == plan.pk and (method is None or copy.method == method) for copy in self.copies
        )

    @property
    def has_paper(self) -> bool:
        return any(copy.method == CopyMethod.PRINTED for copy in self.copies)


# What a paper says of a permission; a receiver has a name, and a word of what they are.
_SAID = [
    *("family", "purpose", "given_at", "valid_until", "withdrawn_at"),
    *("worker__first_name", "worker__last_name", "worker__title", "unit__name", "team__name"),
    *("outside_professional__name", "close_person__name", "close_person__relation"),
]


def permissions_on_paper(family: Family) -> list[Consent]:
    """Every permission that the family has given, in force or not, with no more of each than a paper says."""
    receivers = ("worker", "unit", "team", "outside_professional", "close_person")
    return list(family.consents.select_related(*receivers).only(*_SAID).order_by("given_at", "pk"))


def holders_of(plan: Plan, permissions: Iterable[Consent] | None = None) -> list[Holder]:
    """Those with a permission in force, and those who have had a copy of any version of this plan.

    `permissions` are the family's, when they are known already.
    """
    if permissions is None:
        of_family = plan.situation.family.consents.with_receivers()
        permissions = of_family.filter(purpose=ConsentPurpose.COPY).order_by("given_at", "pk")
    for_copies = [consent for consent in permissions if consent.purpose == ConsentPurpose.COPY]
    if not for_copies:
        return []
    copies = defaultdict(list)
    given = Copy.objects.filter(plan__situation=plan.situation_id).select_related("plan")
    for copy in given.order_by("given_at", "pk"):
        copies[copy.consent_id].append(copy)
    return [
        Holder(
            consent=consent,
            in_force=consent.is_in_force,
            ended_at=None if consent.is_in_force else consent.withdrawn_at or consent.valid_until,
            copies=copies[consent.pk],
        )
        for consent in for_copies
        if consent.is_in_force or consent.pk in copies
    ]


def how(copy: Copy) -> str:
    """versio 2, linkillä 3.4.2027"""
    said = _("versio %(version)s, %(how)s %(day)s") % {
        "version": copy.plan.version,
        "how": copy.get_method_display(),
        "day": day(copy.given_at),
    }
    if copy.handed_to:
        said = _("%(said)s, vastaanotti %(who)s") % {"said": said, "who": copy.handed_to}
    return said


def on_paper(plan: Plan, holders: list[Holder], *, place_shown: bool) -> list[str]:
    """Each holder in a line for the family's sheet; the responsible workers stand there already.

    Of a protected family's, no unit or team is named: it would tell where the family goes.
    """
    named = {row.worker_id for row in plan.responsible_workers.all()}
    lines = []
    for holder in holders:
        consent = holder.consent
        if (consent.worker_id is not None and consent.worker_id in named) or not (
            place_shown or (consent.unit is None and consent.team is None)
        ):
            continue
        # A door that closed leaves nothing behind; a paper does.
        if not holder.in_force and not holder.has_paper:
            continue
        who = _who(consent)
        latest = holder.copies[-1] if holder.copies else None
        if latest is None:
            lines.append(_("%(who)s: kopiota ei ole vielä annettu") % {"who": who})
        elif holder.in_force:
            lines.append(f"{who}: {how(latest)}")
        else:
            paper = [copy for copy in holder.copies if copy.method == CopyMethod.PRINTED][-1]
            lines.append(
                _("%(who)s: %(how)s. Lupa päättyi %(day)s.")
                % {"who": who, "how": how(paper), "day": day(holder.ended_at or paper.given_at)}
            )
    return lines


def _who(consent: Consent) -> str:
    """Maija Mallikas, erityisopettaja"""
    if consent.worker is not None:
        return f"{consent.worker.name}, {consent.worker.title}"
    if consent.close_person is not None:
        return f"{consent.close_person.name}, {shown_work(consent, consent.family)}"
    return consent.receiver


def receiver_name(consent: Consent, person: str = "") -> str:
    """Whose copy it is, for the paper; a unit or a team by the one who took it, when there is one.

    Of a protected family's the place is left out: the paper would tell where the family goes.
    """
    if consent.unit is None and consent.team is None:
        return consent.receiver
    if consent.family.address_protected:
        return person or _("yksikkö, jolle perhe antoi luvan")
    return f"{person}, {consent.receiver}" if person else consent.receiver
