"""Corrections made on the page."""

from pathlib import Path

from starlette.testclient import TestClient

from tests.unit.web.conftest import FIRST, SECOND
from volgens.app import App
from volgens.archive.store import Archive
from volgens.web.server import application


def test_a_correction_is_made_seen_and_taken_back(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    with Archive(place) as store, store.writing() as writer:
        for article in (FIRST, SECOND):
            writer.add(article, name=article.url or "")
    app = App()
    client = TestClient(application(place, app), base_url="http://127.0.0.1")
    shown = client.get(f"/article/{FIRST.id}")
    id = shown.text.split('name="about" value="')[1].split('"')[0]
    sent = {
        "kind": "named",
        "about": id,
        "name": "Ine R. Roosdael",
        "by": "Ada Š.",
        "note": "I asked",
        "back": f"/article/{FIRST.id}",
    }
    answer = client.post("/correct", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/article/{FIRST.id}")
    again = client.get(f"/article/{FIRST.id}").text
    assert "Ine R. Roosdael" in again
    assert 'value="Ada Š."' in again  # who it was need not be typed twice
    (made,) = app.corrections(place)
    assert (made.by, made.note) == ("Ada Š.", "I asked")
    assert "I asked" in client.get("/corrections").text
    assert client.post(f"/corrections/{made.id}/undo", data={"by": "Bob"}).status_code == 200
    assert app.corrections(place) == ()
    assert "Bob" in client.get("/corrections").text
    assert "Ine R. Roosdael" not in client.get(f"/article/{FIRST.id}").text


def test_what_cannot_be_corrected_is_told(client: TestClient) -> None:
    assert client.post("/correct", data={"kind": "wrong", "about": "0123456789"}).status_code == 404
    assert client.post("/correct", data={"kind": "smile", "about": "0123456789"}).status_code == 422
    assert client.post("/correct", data={"kind": "wrong", "about": "../x"}).status_code == 422
    assert client.post("/corrections/0123456789/undo").status_code == 404
    far = client.post("/correct", data={"kind": "wrong", "about": "0123456789"}, headers={"Origin": "https://evil.example"})
    assert far.status_code == 403
