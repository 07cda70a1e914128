from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Yhteiset ajat"

    def ready(self) -> None:
        from network.naming import SEEN
        from network.querysets import SITUATIONS_OPENED

        from . import (
            calendar_messages,  # noqa: F401  (registers the letter about a worker's own calendar)
            cards,  # noqa: F401  (adds the working week and absences to a worker's card)
            contact_messages,  # noqa: F401  (registers the letters of families' contacts)
            contribution_letters,  # noqa: F401  (registers the letter of what was written beforehand)
            duties,  # noqa: F401  (registers what a worker can have in hand)
            feedback_letters,  # noqa: F401  (registers the letters that ask how it was)
            figures,  # noqa: F401  (registers what is counted, in words)
            handover_letters,  # noqa: F401  (registers the letters of the koppi on its way)
            messages,  # noqa: F401  (registers the letters of this floor)
            reaching,  # noqa: F401  (adds proposing to the ways of reaching somebody)
            report_letters,  # noqa: F401  (registers the letter that brings the monthly report)
            room_letters,  # noqa: F401  (registers the letter about a room that was closed)
            supervisor_letters,  # noqa: F401  (registers the letter of situations that wait)
        )
        from .answers_waiting import answers_waiting
        from .calls import calls_waiting
        from .consulting import consultations_waiting
        from .holding import holds_waiting
        from .incoming import contacts_waiting
        from .querysets import families_seen_by, situations_opened_to
        from .receiving import uncaught_waiting
        from .rooms import rooms_waiting
        from .waiting import SOURCES

        if families_seen_by not in SEEN:
            SEEN.append(families_seen_by)
        if situations_opened_to not in SITUATIONS_OPENED:
            SITUATIONS_OPENED.append(situations_opened_to)
        sources = (
            answers_waiting,
            consultations_waiting,
            holds_waiting,
            rooms_waiting,
            contacts_waiting,
            calls_waiting,
            uncaught_waiting,
        )
        for source in sources:
            if source not in SOURCES:
                SOURCES.append(source)
