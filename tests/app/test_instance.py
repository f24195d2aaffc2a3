import os
from pathlib import Path

import pytest

from app.instance import AlreadyRunning, Running, announced, find, located, sole_instance
from app.settings import Settings

HERE = Running(pid=os.getpid(), url="http://127.0.0.1:1", database_url="postgresql+psycopg://x", redis_url="unix:///y")


def test_other_commands_find_the_running_instance(tmp_path: Path):
    """While an instance runs, its servers' addresses are known to every command on the same data."""
    with sole_instance(tmp_path), announced(tmp_path, HERE):
        assert find(tmp_path) == HERE
    assert find(tmp_path) is None


def test_an_instance_killed_without_warning_is_not_found(tmp_path: Path):
    """What a dead supervisor left announced is not believed: its lock is gone."""
    with announced(tmp_path, HERE):
        assert find(tmp_path) is None


def test_two_instances_never_share_a_data_folder(tmp_path: Path):
    """The second is refused, told where the first is and what to do."""
    with (
        sole_instance(tmp_path),
        announced(tmp_path, HERE),
        pytest.raises(AlreadyRunning, match=r"http://127\.0\.0\.1:1.*CADENZA_DATA"),
        sole_instance(tmp_path),
    ):
        pass


def test_the_environment_goes_before_the_running_instance(tmp_path: Path):
    """DATABASE_URL set by hand is used even while another database is announced."""
    settings = Settings.from_env({"CADENZA_DATA": str(tmp_path), "DATABASE_URL": "postgresql://mine/x"})
    with sole_instance(tmp_path), announced(tmp_path, HERE):
        found = located(settings)
    assert found.database_url == "postgresql+psycopg://mine/x"
    assert found.redis_url == HERE.redis_url


def test_a_damaged_announcement_is_no_announcement(tmp_path: Path):
    """Half a file, or one of another release, does not break a command."""
    with sole_instance(tmp_path):
        (tmp_path / "run.json").write_text('{"pid": 1')
        assert find(tmp_path) is None
        (tmp_path / "run.json").write_text('{"other": 1}')
        assert find(tmp_path) is None
