"""What every refusal owes the one who is refused."""

from werkzeug.test import TestResponse

LONGEST_ANSWER = 200_000


def told(answer: TestResponse, *statuses: int) -> bool:
    """Tell whether the answer is a refusal (with one of `statuses`) that says in a few words what is wrong."""
    refusal = answer.get_json()
    assert answer.status_code in (statuses or range(400, 500)), answer.text[:1000]
    assert answer.content_type == "application/problem+json"
    assert len(answer.data) <= LONGEST_ANSWER
    assert refusal["detail"]
    assert all(each["message"] and each["remedy"] for each in refusal["errors"])
    return bool(refusal["errors"]) or answer.status_code != 422
