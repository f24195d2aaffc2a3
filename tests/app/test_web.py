from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import docs, doors, web

INDEX = "<!doctype html><title>Cadenza</title>"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built front end."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "assets" / "main-abc.js").write_text("1")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    return tmp_path


@pytest.fixture
def pages(dist: Path) -> FlaskClient:
    """A client of an app that serves only the front end and the API's page."""
    app = Flask("web", static_folder=None)
    app.config["FRONTEND"] = dist
    doors.install(app)
    docs.register(app)
    web.register(app)
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/automations", "/contacts/12", "/apiary", "/v3x/y"])
def test_every_page_of_the_front_end_loads_its_index(pages: FlaskClient, path: str):
    """The front end routes by itself; a reload anywhere works, and is never stale."""
    with pages.get(path) as answer:
        assert answer.text == INDEX
        assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/api/nothing", "/v3/nothing", "/api", "/assets/gone.js"])
def test_what_is_missing_is_a_404_not_a_page(pages: FlaskClient, path: str):
    """A wrong API path or an old asset is told as such."""
    assert pages.get(path).status_code == 404


def test_named_assets_are_kept_for_good(pages: FlaskClient):
    """Their names change with their content."""
    with pages.get("/assets/main-abc.js") as answer:
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("takes", "coding", "body"),
    [("br, gzip", "br", b"brotli"), ("gzip", "gzip", b"zipped"), ("br;q=0", None, b"1"), ("", None, b"1")],
)
def test_assets_travel_compressed_where_the_browser_takes_it(
    pages: FlaskClient, dist: Path, takes: str, coding: str | None, body: bytes
):
    """The build leaves smaller twins of its files; their type stays that of the file itself."""
    (dist / "assets" / "main-abc.js.br").write_bytes(b"brotli")
    (dist / "assets" / "main-abc.js.gz").write_bytes(b"zipped")
    with pages.get("/assets/main-abc.js", headers={"Accept-Encoding": takes}) as answer:
        assert (answer.content_encoding, answer.data) == (coding, body)
        assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/assets/../../secret", "//etc/passwd"])
def test_nothing_outside_the_build_is_served(pages: FlaskClient, dist: Path, path: str):
    """No path climbs out of the build's folder."""
    (dist.parent / "secret").write_text("secret")
    with pages.get(path) as answer:
        assert answer.text in {INDEX, ""} or answer.status_code in {308, 404}
        assert "secret" not in answer.text


def test_an_unbuilt_front_end_says_what_to_do(pages: FlaskClient, dist: Path):
    """A developer who starts the web alone is told the command."""
    (dist / "index.html").unlink()
    answer = pages.get("/")
    assert answer.status_code == 503
    assert "make frontend" in answer.text


@pytest.mark.parametrize("path", ["/", "/api/docs", "/api/nothing"])
def test_browsers_are_kept_within_this_host(pages: FlaskClient, path: str):
    """Every answer carries a policy that lets pages load from here alone, and run no inline script."""
    with pages.get(path) as answer:
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert not any(source.startswith(("http", "*", "//")) for source in " ".join(policy.values()).split())


def test_only_where_a_mail_is_written_pictures_may_come_from_the_web(pages: FlaskClient):
    """Pictures in mail lie on other hosts; no other page asks one, and this one asks for nothing else."""
    with pages.get("/templates/1") as writing, pages.get("/templates") as listing:
        ours, theirs = (answer.headers["Content-Security-Policy"] for answer in (listing, writing))
    assert theirs.replace(" https:", "", 1) == ours
    assert "img-src 'self' data: blob: https:;" in theirs


def test_the_api_page_loads_only_what_we_serve(pages: FlaskClient):
    """The page's script, style and icon all come from this host and exist."""
    with pages.get("/api/docs") as answer:
        links = [part.split('"')[0] for part in answer.text.replace("src=", "href=").split('href="')[1:]]
    assert len(links) == 4
    for link in links:
        with pages.get(link) as asset:
            assert (link[0], asset.status_code) == ("/", 200)
