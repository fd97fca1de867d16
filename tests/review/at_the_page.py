"""Somebody at the page, and what stands in the articles there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PORT = 8123
TOKEN = "a-secret"
ORIGIN = f"http://127.0.0.1:{PORT}"
ATTACK = "<script>window.hacked=1</script>"
TEXTS = {
    "가.txt": "새빛나루재단, 부산서 해양청년포럼 개최\n\n"
    "새빛나루재단(이하 ‘새빛나루’)은 4월 2일 부산에서 ‘해양청년포럼’을 열었다. 도하윤 새빛나루 이사장은 “바다를 아는 청년을 키우겠다”고 말했다. "
    "푸른결소프트는 물결마루에 기기 12대를 기증했다. 김하늘 부산시장은 서울을 방문했다. 하늘결소프트도 함께했다.\n",
    f"나{ATTACK.replace('/', '')}.txt": "푸른결소프트·새빛나루재단 업무협약\n\n"
    "푸른결소프트와 새빛나루재단은 4월 9일 물결마루에서 업무협약을 맺었다. 도하윤 이사장은 물결마루를 둘러봤다. "
    f"국토교통부와 서울시도 함께했다. {ATTACK} <img src=x onerror=window.hacked=2>\n",
}


class Person:
    """Somebody at the page of one session."""

    def __init__(self, place: Path) -> None:
        from starlette.testclient import TestClient

        from extract.review.app import Review, application
        from extract.review.session import Session

        self.mine = place / "mine"
        self.session = Session(place / "out", self.mine)
        self.review = Review(self.session)
        self.client = TestClient(application(self.review, PORT, TOKEN), base_url=ORIGIN)
        self.client.get(f"/?token={TOKEN}")

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **sent: Any) -> Any:
        return self.client.post(path, json=sent, headers={"origin": ORIGIN})

    def decide(self, kind: str, **sent: Any) -> dict[str, Any]:
        answer = self.post("/api/decide", kind=kind, **sent)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def undo(self, number: int) -> dict[str, Any]:
        answer = self.post("/api/undo", number=number)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def article(self, at: int = 0) -> dict[str, Any]:
        return self.get(f"/api/articles/{self.session.results.heads[at].id}")

    def mention(self, text: str, at: int = 0) -> dict[str, str]:
        """The article and mention of some words, as a decision names them."""
        article = self.article(at)
        found = next(m for m in article["mentions"] if m["text"] == text)
        return {"article": article["id"], "mention": found["mention_id"]}

    def stretch(self, text: str, at: int = 0) -> dict[str, Any]:
        """The article and place of some words, as a decision names them."""
        article = self.article(at)
        start = article["text"].index(text)
        return {"article": article["id"], "start": start, "end": start + len(text)}

    def entity(self, name: str, label: str = "ORG") -> str:
        rows = self.get(f"/api/entities?label={label}")["rows"]
        return next(row["entity_id"] for row in rows if row["name"] == name)

    def files(self) -> dict[str, bytes]:
        """The files of the folder that decisions are in; the journal only grows."""
        kept = (
            path for path in sorted(self.mine.iterdir()) if not path.name.startswith(("review.", ".review"))
        )
        return {path.name: path.read_bytes() for path in kept}

    def leave(self) -> None:
        self.session.close()
