import pytest

from app.services import imports
from tests.factories.contacts import make_list
from tests.support.uploads import uploaded


def test_a_file_is_uploaded_matched_and_imported(admin):
    """From the upload to the progress and the file of errors."""
    preview = uploaded(admin)
    assert (preview.status_code, preview.json["state"], preview.json["rows_total_estimate"]) == (201, "preview", 2)
    assert [each["guess"] for each in preview.json["columns"]] == [{"field": "email"}, {"attribute": "FIRSTNAME"}]
    path = f"/api/imports/{preview.json['id']}"
    mapping = [{"column": 0, "target": "email"}, {"column": 1, "target": "attribute:FIRSTNAME"}]
    begun = admin.post(f"{path}/start", json={"mapping": mapping, "list_id": make_list()})
    assert (begun.status_code, begun.json["state"]) == (202, "queued")
    imports.run(preview.json["id"])
    done = admin.get(path).json
    assert (done["state"], done["created"], done["failed"]) == ("finished", 1, 1)
    assert [each["id"] for each in admin.get("/api/imports").json["items"]] == [preview.json["id"]]
    errors = admin.get(f"{path}/errors.csv")
    assert (errors.mimetype, errors.get_data(as_text=True).splitlines()[1][:16]) == ("text/csv", "3,email,nobody,“")


@pytest.mark.parametrize(
    ("content", "query", "status"),
    [
        (b"", "", 422),
        (b"PK\x03\x04xlsx", "", 422),
        (b"email\n\xff\xfe", "?encoding=utf-8", 422),
        (b"email\na@x.io", "?encoding=zip", 422),
        (b"email\na@x.io", "?delimiter=x", 422),
        (b'email\n"a@x.io', "", 422),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(admin, content, query, status):
    """The refusal says what is wrong with the file, and nothing is kept."""
    answer = uploaded(admin, content, query)
    assert (answer.status_code, bool(answer.json["errors"][0]["remedy"])) == (status, True)


def test_an_upload_needs_a_file(admin):
    """Neither JSON nor an empty form is a file."""
    assert admin.post("/api/imports", json={"file": "x"}).status_code == 422
    assert admin.post("/api/imports", data={}, content_type="multipart/form-data").status_code == 422


def test_files_may_be_larger_than_other_bodies(admin):
    """Twelve megabytes are taken as a file and refused as anything else; sixty are too much."""
    line = b"x" * 60
    large = b"email,note\n" + b"".join(b"c%d@x.io,%b\n" % (number, line) for number in range(170_000))
    assert len(large) > 12_000_000
    assert uploaded(admin, large).status_code == 201
    assert admin.post("/api/contacts", data=large, content_type="application/json").status_code == 413
    assert uploaded(admin, b"x" * 60_000_000).status_code == 413


def test_an_import_is_cancelled(admin):
    """A file that waits can be dropped, once."""
    path = f"/api/imports/{uploaded(admin).json['id']}"
    assert admin.post(f"{path}/cancel").json["state"] == "cancelled"
    assert admin.post(f"{path}/cancel").status_code == 409
    assert admin.post(f"{path}/start", json={"mapping": [{"column": 0, "target": "email"}]}).status_code == 409


def test_new_attributes_need_the_right_to_make_them(signed_in):
    """A marketer imports into attributes that exist, and makes none."""
    marketer = signed_in("marketer")
    path = f"/api/imports/{uploaded(marketer).json['id']}/start"
    new = {"mapping": [{"column": 0, "target": "email"}, {"column": 1, "target": "new:CALLED:text"}]}
    assert marketer.post(path, json=new).status_code == 403
    assert marketer.post(path, json={"mapping": new["mapping"][:1]}).status_code == 202


@pytest.mark.parametrize("method_path", ["get 999999", "post 999999/cancel", "get 999999/errors.csv"])
def test_an_import_that_is_not_there_is_a_404(admin, method_path):
    """Missing imports are said to be missing."""
    method, path = method_path.split()
    assert getattr(admin, method)(f"/api/imports/{path}").status_code == 404
