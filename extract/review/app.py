"""The web application: pages and answers, and which decision they lead to."""

from __future__ import annotations

import json
import secrets
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from extract.errors import ExtractError, InputError, UsageError
from extract.evaluate.exchange import FORMATS
from extract.lexicon.matcher import squeeze
from extract.lexicon.schema import GUARDS
from extract.model import ENTITY_LABELS, LABELS, SUBTYPES
from extract.review import gold, looks
from extract.review.guard import Guard
from extract.review.journal import Entry
from extract.review.offers import Offers
from extract.review.rerun import Rerun, command_of
from extract.review.session import Session

PAGE_FILES = {
    "review.js": "text/javascript",
    "words.js": "text/javascript",
    "dom.js": "text/javascript",
    "text.js": "text/javascript",
    "views.js": "text/javascript",
    "review.css": "text/css",
}
Answering = Callable[[Request], Any]


@dataclass
class Review:
    """All that the answers come from.

    Attributes:
        session: the output and the decisions.
        model: the tagger's weights for a new run, where the user named some.
        noted: the number of the last decision before the last run.
    """

    session: Session
    model: bool | str | None = None
    offers: Offers = field(default_factory=Offers)
    noted: int = 0

    def __post_init__(self) -> None:
        self.rerun = Rerun(self._done)
        run, folder = self.session.results.run, self.session.folder.resolve()
        if folder in [Path(path).resolve() for path in run.get("options", {}).get("lexicons", ())]:
            finished = run.get("timings", {}).get("finished", "")
            done = [entry.number for entry in self.session.journal.entries if entry.time <= finished]
            self.noted = max(done, default=0)

    @property
    def lexicons(self) -> list[Path]:
        """The lexicon folders of the run, and the one under review."""
        named = [Path(path) for path in self.session.results.run.get("options", {}).get("lexicons", ())]
        return [*(path for path in named if path.is_dir()), self.session.folder]

    def state(self, request: Request) -> dict[str, Any]:
        """What the page needs to know first, and again after each decision."""
        session = self.session
        return {
            "outputs": str(session.results.folder),
            "folder": str(session.folder),
            "articles": len(session.results.heads),
            "entities": len(session.results.entities),
            "decisions": len(session.journal.standing),
            "waiting": sum(_in_lexicon(e) for e in session.journal.entries if e.number > self.noted),
            "repaired": session.repaired,
            "labels": {label: list(SUBTYPES[label]) for label in LABELS},
            "names": list(ENTITY_LABELS),
            "guards": list(GUARDS[:3]),
            "formats": list(FORMATS),
            "types": looks.words(),
        }

    def articles(self, request: Request) -> dict[str, Any]:
        """A page of the list of articles."""
        found, total = self.session.results.find_articles(
            request.query_params.get("find", ""), _start(request)
        )
        touched = {entry.asked.get("article") for entry in self.session.journal.standing}
        rows = [
            {"id": h.id, "title": h.title, "source": h.source, "published": h.published, "mentions": h.mentions,
             "touched": h.id in touched}
            for h in found
        ]  # fmt: skip
        return {"rows": rows, "total": total}

    def article(self, request: Request) -> dict[str, Any]:
        """An article with its text, what was found in it, and what was decided on it."""
        id_ = request.path_params["id"]
        article = self.session.results.article(id_)
        entities = {e["entity_id"]: e["name"] for e in article["entities"]}
        decided = self.session.decisions_on(id_)
        number = self.session.results.at[id_]
        heads = self.session.results.heads
        return {
            "id": id_,
            **{key: article[key] for key in ("title", "source", "published", "text", "sentences", "mentions", "relations")},
            "entities": entities,
            "here": gold.corrected(article, decided)["mentions"] if decided else None,
            "refused": [d["was"] for d in decided if d["kind"] == "relation"],
            "decisions": [_shown(e) for e in self.session.journal.standing if e.asked.get("article") == id_],
            "before": heads[number - 1].id if number else None,
            "after": heads[number + 1].id if number + 1 < len(heads) else None,
        }  # fmt: skip

    def entities(self, request: Request) -> dict[str, Any]:
        """A page of the list of entities."""
        query = request.query_params
        find, label = query.get("find", ""), query.get("label", "")
        rows, total = self.session.results.find_entities(find, label, _start(request))
        keys = (
            "entity_id",
            "label",
            "subtype",
            "name",
            "aliases",
            "title",
            "affiliation",
            "n_mentions",
            "n_articles",
        )
        return {"rows": [{key: row[key] for key in keys} for row in rows], "total": total}

    def entity(self, request: Request) -> dict[str, Any]:
        """An entity with sentences that name it."""
        id_ = request.path_params["id"]
        row = self.session.results.entity(id_)
        places = []
        for article, mention in self.session.results.mentions_of(id_):
            start, end = mention["start"], mention["end"]
            text = article["text"]
            places.append(
                {"article": article["article_id"], "start": start, "end": end, "rule": mention["rule"],
                 "before": text[max(0, start - 40) : start], "text": text[start:end], "after": text[end : end + 40]}
            )  # fmt: skip
        return {**row, "places": places[:60]}

    def candidates(self, request: Request) -> dict[str, Any]:
        """What ``extract lexicon suggest`` offers and nobody has decided on."""
        self.offers.look(self.session.results.folder, self.lexicons)
        decided = self.session.decided_names()
        rows = [row for row in self.offers.found() if squeeze(row["name"]) not in decided]
        start = _start(request)
        return {
            "state": self.offers.state,
            "problem": self.offers.problem,
            "rows": rows[start : start + 50],
            "total": len(rows),
        }

    def decisions(self, request: Request) -> dict[str, Any]:
        """The journal, newest first."""
        undone = self.session.journal.undone
        entries = [e for e in reversed(self.session.journal.entries) if e.undoes is None]
        start = _start(request)
        rows = [{**_shown(e), "undone": e.number in undone} for e in entries[start : start + 50]]
        return {"rows": rows, "total": len(entries)}

    def decide(self, request: Request, sent: dict[str, Any]) -> dict[str, Any]:
        """Takes a decision."""
        answer = self.session.decide(sent)
        return {**_shown(answer.entry), "notices": [f"{n.problem}; {n.remedy}" for n in answer.notices]}

    def undo(self, request: Request, sent: dict[str, Any]) -> dict[str, Any]:
        """Takes a decision back."""
        number = sent.get("number")
        if type(number) is not int:
            raise UsageError("no number", remedy="load the page again")
        return _shown(self.session.undo(number))

    def start(self, request: Request, sent: dict[str, Any]) -> dict[str, Any]:
        """Begins a new run."""
        session = self.session
        command = command_of(session.results.run, session.results.folder, session.folder, self.model)
        self._last = session.journal.entries[-1].number if session.journal.entries else 0
        self.rerun.start(command)
        return self.running(request)

    def running(self, request: Request) -> dict[str, Any]:
        """How far the new run is."""
        return {"running": self.rerun.running, "code": self.rerun.code, "told": self.rerun.told}

    def _done(self) -> None:
        self.noted = self._last
        self.offers.forget()

    def export(self, request: Request) -> Response:
        """Annotated articles as a file."""
        format_ = request.query_params.get("format", "gold")
        if format_ not in FORMATS:
            raise UsageError("unknown format", remedy=f"take {', '.join(FORMATS)}")
        records = self.session.annotated(request.query_params.get("all") == "1")
        name = f"review-{format_}.{'json' if format_ == 'label-studio' else 'jsonl'}"
        disposition = f"attachment; filename={urllib.parse.quote(name)}"
        data = gold.exported(records, format_)
        return Response(data, media_type="application/json", headers={"content-disposition": disposition})

    def take_in(self, body: bytes) -> dict[str, Any]:
        """Takes annotations from a file."""
        try:
            data = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError("not UTF-8", remedy="give the file as it was exported") from None
        entry = self.session.take_in(data)
        return {**_shown(entry), "count": len(entry.asked["records"])}


def application(review: Review, port: int, token: str) -> Guard:
    """The application behind its guard."""

    async def page(request: Request) -> Response:
        return Response(_asset("review.html"), media_type="text/html")

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "labels.css":
            return Response(looks.colours(), media_type="text/css")
        if name == "report.css":
            return Response(looks.report_style(), media_type="text/css")
        if name not in PAGE_FILES:
            return Response("no such file\n", 404)
        return Response(_asset(name), media_type=PAGE_FILES[name])

    async def take_in(request: Request) -> Response:
        body = await request.body()
        return await _answered(lambda: review.take_in(body))

    async def export(request: Request) -> Response:
        return await _answered(lambda: review.export(request))

    def asking(path: str, answer: Answering) -> Route:
        async def got(request: Request) -> Response:
            return await _answered(lambda: answer(request))

        return Route(path, got, methods=["GET"])

    def changing(path: str, answer: Callable[[Request, dict[str, Any]], Any]) -> Route:
        async def posted(request: Request) -> Response:
            body = await request.body()
            return await _answered(lambda: answer(request, _object(body)))

        return Route(path, posted, methods=["POST"])

    routes = [
        Route("/", page),
        Route("/page/{name}", asset),
        asking("/api/state", review.state),
        asking("/api/articles", review.articles),
        asking("/api/articles/{id}", review.article),
        asking("/api/entities", review.entities),
        asking("/api/entities/{id}", review.entity),
        asking("/api/candidates", review.candidates),
        asking("/api/decisions", review.decisions),
        asking("/api/run", review.running),
        changing("/api/decide", review.decide),
        changing("/api/undo", review.undo),
        changing("/api/rerun", review.start),
        Route("/api/export", export, methods=["GET"]),
        Route("/api/import", take_in, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), port, token)


def new_token() -> str:
    """A secret for the address, 256 bits."""
    return secrets.token_urlsafe(32)


async def _answered(answer: Callable[[], Any]) -> Response:
    try:
        found = await run_in_threadpool(answer)
    except ExtractError as error:
        words = {"problem": error.problem, "where": error.where, "remedy": error.remedy}
        return JSONResponse(words, status_code=400)
    return found if isinstance(found, Response) else JSONResponse(found)


def _object(body: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise UsageError("no JSON object", remedy="load the page again")
    return sent


def _shown(entry: Entry) -> dict[str, Any]:
    asked = {key: value for key, value in entry.asked.items() if key != "records"}
    if "records" in entry.asked:
        asked["articles"] = len(entry.asked["records"])
    files = sorted({change.file for change in entry.changes})
    shown = {"number": entry.number, "time": entry.time, "kind": entry.kind, "asked": asked}
    return {**shown, "said": entry.said, "files": files}


def _in_lexicon(entry: Entry) -> bool:
    """Whether a decision shows in the tables only after a new run."""
    return any(change.file.endswith(".csv") for change in entry.changes)


def _start(request: Request) -> int:
    value = request.query_params.get("start", "0")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _asset(name: str) -> bytes:
    return (files("extract.review") / "page" / name).read_bytes()
