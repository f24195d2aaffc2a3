import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import CHECKOUT


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "http"),
        ("DATABASE_URL", "postgresql://someone:s3cret@127.0.0.1:1/nothing"),
        ("REDIS_URL", "redis://:s3cret@127.0.0.1:1"),
    ],
)
def test_what_prevents_a_start_is_said_in_a_line(tmp_path: Path, variable: str, value: str):
    """The variable at fault is named, without a traceback and without its password; nothing stays running."""
    tmp_path.chmod(0o711)
    environment = {**os.environ, "CADENZA_DATA": str(tmp_path / "data"), "CADENZA_DEMO": "0"}
    environment |= {"PORT": "18999", variable: value}
    refused = subprocess.run(
        [sys.executable, "-m", "app.runtime"],
        check=False,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=environment,
        timeout=50,
    )
    assert refused.returncode == 1
    assert f"{variable}: " in refused.stderr
    assert not any(word in refused.stderr for word in ("Traceback", "s3cret"))
