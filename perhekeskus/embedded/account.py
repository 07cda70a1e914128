"""As whom PostgreSQL runs: it refuses root, and so do we on its behalf."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .console import CannotStart

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def popen_options(self) -> dict[str, Any]:
        """Options for subprocess that drop every privilege of root."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def account_for(folder: Path) -> Account | None:
    """The account to change into: none for an ordinary user; as root the folder's owner, or `nobody`."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise CannotStart(
            f"PostgreSQL ei suostu toimimaan pääkäyttäjänä, eikä koneessa ole tunnusta {UNPRIVILEGED}."
            " Käynnistä tavallisena käyttäjänä."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)
