import socket

import pytest

from tests.support.network import OutsideWorld


def test_tests_reach_no_other_host():
    """Neither a name nor an address outside this machine can be reached."""
    with pytest.raises(OutsideWorld):
        socket.create_connection(("example.com", 80))
    with socket.socket() as outside, pytest.raises(OutsideWorld):
        outside.connect(("192.0.2.1", 80))


def test_tests_reach_this_machine():
    """Loopback stays open."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()) as client:
            assert client.getpeername() == server.getsockname()
