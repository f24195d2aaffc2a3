"""Long work in a process that others wait for, too."""

import time


def let_others_go_on() -> None:
    """Let the other requests of a web process go on, in which gevent makes of this a turn; elsewhere it is nothing."""
    time.sleep(0)
