"""Coming in by the family's link as the family does: the code is asked for, read in its message, typed."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from network.code_messages import FAMILY_CODE
from perhekeskus.languages import spoken
from perhekeskus.models import LinkCode, Message
from perhekeskus.outbox import kind_of


def code_in_message() -> str:
    """The code as its latest message says it; the message is then taken away, as read."""
    message = Message.objects.filter(kind=FAMILY_CODE).latest("pk")
    with translation.override(spoken(message.language)):
        text = kind_of(message).compose(message).text
    message.delete()
    (code,) = re.findall(r"\b\d{6}\b", text)
    return code


def comes_in(client: Client, token: str) -> None:
    """Opens the family's pages in this browser. Earlier visits are taken to be long ago."""
    LinkCode.objects.all().delete()
    response = client.post(reverse("family_code", args=[token]))
    assert response.status_code == 302, response.content.decode()
    response = client.post(reverse("family_code_enter", args=[token]), {"code": code_in_message()})
    assert response.status_code == 302, response.content.decode()


class FamilyClient(Client):
    """A browser whose user types the code whenever the family's pages ask for it, and then goes on."""

    def generic(self, method: str, path: str, *args: Any, **kwargs: Any) -> Any:
        response = super().generic(method, path, *args, **kwargs)
        found = re.fullmatch(r"/perhe/([^/]+)/koodi/", getattr(response, "url", "").split("?")[0])
        if found is None or path.split("?")[0].endswith(("/koodi/", "/koodi/anna/", "/poistu/")):
            return response
        comes_in(self, found.group(1))
        return super().generic(method, path, *args, **kwargs)
