"""Acts at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from perhekeskus.refusals import Refused

Act = Callable[[], Any]


def together(*acts: Act) -> list[Refused]:
    """Run the acts at the same moment; their refusals. Any other error fails the test."""
    gate = threading.Barrier(len(acts))
    refusals: list[Refused] = []
    failures: list[BaseException] = []

    def run(act: Act) -> None:
        gate.wait()
        try:
            act()
        except Refused as refused:
            refusals.append(refused)
        except Exception as error:  # noqa: BLE001 - raised below, in the test's own thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return refusals
