"""gunicorn, in the demonstration and in production alike; addresses and numbers come on the command line."""

from typing import Any

from perhekeskus.embedded.process import die_with_parent

worker_class = "gthread"
graceful_timeout = 5
timeout = 60
keepalive = 5
# No access log: a path can hold a family's token. Django's own lines name the page instead.
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """A worker never outlives a killed master: it would hold the port from the next start."""
    die_with_parent()
