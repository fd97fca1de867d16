"""One output under review: takes decisions, undoes them, and repairs what a crash left half done."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extract.errors import ExtractError, LexiconError, UsageError
from extract.evaluate.exchange import Record
from extract.lexicon import Problem
from extract.lexicon.dangers import dangerous
from extract.lexicon.folder import Shipped, UserFolder, read_rows
from extract.lexicon.matcher import squeeze
from extract.review import gold, names
from extract.review.asked import Asked
from extract.review.changes import Change, content, difference, settled, write
from extract.review.journal import Entry, Journal
from extract.review.results import Results
from extract.write.lock import acquired, holder

JOURNAL = "review.jsonl"
GOLD = "gold.jsonl"
_LOCK = ".review.lock"


@dataclass(frozen=True)
class Answer:
    """What came of a decision, and what is worth knowing about it."""

    entry: Entry
    notices: tuple[Problem, ...] = ()


class Session:
    """An output folder, the user's lexicon folder, and the journal of what was decided.

    Attributes:
        repaired: decisions whose files a crash had left behind, now written.

    Raises:
        UsageError: when the output cannot be reviewed, or another review holds the folder.
        LexiconError: when the folder does not load.
    """

    def __init__(self, outputs: Path, folder: Path) -> None:
        self.folder = folder
        UserFolder(folder, _shipped())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = acquired(folder / _LOCK)
        except OSError as error:
            raise UsageError(
                f"cannot be written: {error.strerror}",
                where=str(folder),
                remedy="give a folder that you may write",
            ) from None
        if self._lock is None:
            who = holder(folder / _LOCK)
            raise UsageError(
                "is under review already" + (f" (process {who})" if who else ""),
                where=str(folder),
                remedy="end that review, or give another --lexicons",
            )
        try:
            self.mutex = threading.RLock()
            self._results = Results(outputs)
            self.journal = Journal(folder / JOURNAL)
            self.repaired = self._repair()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Lets go of the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
            (self.folder / _LOCK).unlink(missing_ok=True)

    @property
    def results(self) -> Results:
        """The output, read again where a run has written it anew."""
        with self.mutex:
            if self._results.changed:
                self._results = Results(self._results.folder)
            return self._results

    # --- decisions

    def decide(self, sent: Mapping[str, Any]) -> Answer:
        """Takes a decision: it is in the journal and in its file when this returns.

        Raises:
            ExtractError: when it makes no sense or cannot be written; nothing has changed then.
        """
        asked = Asked(sent)
        kind, scope = asked.text("kind"), asked.text("scope", "all")
        with self.mutex:
            if kind == "checked" or scope == "here":
                return Answer(self._decide_here(kind, asked))
            if kind not in names.KINDS or scope not in ("all", "context"):
                raise UsageError(f"no such decision {kind[:40]!r}", remedy="load the page again")
            own = UserFolder(self.folder, _shipped())
            said = names.KINDS[kind](own, self.results, asked)
            planned, _ = own.planned()
            contents: dict[str, bytes | None] = {path.name: data for path, data in planned.items()}
            entry = self._record(kind, asked.data, contents, said)
            notices = tuple(dangerous(asked.rows))
        return Answer(entry, notices)

    def _decide_here(self, kind: str, asked: Asked) -> Entry:
        if kind not in gold.KINDS:
            raise UsageError("cannot hold for one article only", remedy="let it hold everywhere")
        gold.checked(asked, self.results)
        id_ = asked.text("article")
        made = gold.corrected(self.results.article(id_), [*self.decisions_on(id_), asked.data])
        after = gold.with_line(content(self.folder / GOLD), id_, made)
        return self._record(kind, {**asked.data, "scope": "here"}, {GOLD: after}, GOLD)

    def take_in(self, data: str) -> Entry:
        """Takes annotations that Doccano, Label Studio or this program exported, as one decision.

        Raises:
            InputError: when the data are none, or of none of this output's articles.
        """
        with self.mutex:
            records = gold.imported(data, self.results)
            asked = {"kind": "import", "scope": "here", "records": records}
            after = content(self.folder / GOLD)
            for id_ in records:
                made = gold.corrected(self.results.article(id_), [*self.decisions_on(id_), asked])
                after = gold.with_line(after, id_, made)
            return self._record("import", asked, {GOLD: after}, GOLD)

    def undo(self, number: int) -> Entry:
        """Takes a decision back; its rows go out of their files.

        Raises:
            UsageError: when there is no such decision, or it was taken back already.
            LexiconError: when the file was edited since and no longer holds the rows.
        """
        with self.mutex:
            entry = next((e for e in self.journal.standing if e.number == number), None)
            if entry is None:
                raise UsageError("no such decision to undo", remedy="load the page again")
            contents: dict[str, bytes | None] = {}
            for change in entry.changes:
                back = change.reversed()
                now = content(self.folder / change.file)
                if change.file == GOLD and not _is(back, now):
                    contents[GOLD] = self._without(entry, now)
                else:
                    contents[change.file] = settled(back, now, self._headers(), _loads)
            return self._record("undo", {}, contents, "", undoes=number)

    def _without(self, entry: Entry, now: bytes | None) -> bytes | None:
        """The annotated articles as the other decisions make them."""
        for id_ in entry.asked.get("records") or [entry.asked["article"]]:
            others = self.decisions_on(id_, without=entry.number)
            made = gold.corrected(self.results.article(id_), others) if others else None
            now = gold.with_line(now, id_, made)
        return now

    def _record(
        self, kind: str, asked: Mapping[str, Any], contents: Mapping[str, bytes | None], said: str, undoes: int | None = None
    ) -> Entry:  # fmt: skip
        before = {name: content(self.folder / name) for name in contents}
        changes = [difference(name, before[name], data) for name, data in contents.items()]
        entry = self.journal.entry(kind, asked, changes, said, undoes)
        try:
            self.journal.add(entry)
            try:
                write(self.folder, contents)
            except OSError:
                with contextlib.suppress(OSError):
                    write(self.folder, before)
                self.journal.cut()
                raise
        except OSError as error:
            raise UsageError(
                f"cannot be written: {error.strerror or error}",
                where=str(self.folder),
                remedy="close the file in other programs and make room; nothing was decided",
            ) from None
        return entry

    def _repair(self) -> int:
        """Writes the last decision into its files where a crash came between; they are as it left them otherwise."""
        repaired = 0
        for entry in self.journal.entries[-1:]:
            for change in entry.changes:
                now = content(self.folder / change.file)
                if _is(change, now):
                    write(self.folder, {change.file: settled(change, now, (), _loads)})
                    repaired = 1
        return repaired

    def _headers(self) -> set[bytes]:
        """The first lines of the files that decisions made."""
        return {
            c.hunks[0].new for e in self.journal.entries for c in e.changes if c.before is None and c.hunks
        }

    # --- what was decided

    def decisions_on(self, article: str, without: int = 0) -> list[Mapping[str, Any]]:
        """The standing decisions that hold in one article only, in order."""
        return [
            {**entry.asked, "kind": entry.kind}
            for entry in self.journal.standing
            if entry.number != without
            and entry.asked.get("scope") == "here"
            and (article in (entry.asked.get("records") or ()) or entry.asked.get("article") == article)
        ]

    def annotated(self, everything: bool = False) -> list[Record]:
        """The articles with decisions on them, corrected; with ``everything`` all articles."""
        with self.mutex:
            results = self.results
            touched = {entry.asked.get("article") for entry in self.journal.standing}
            for entry in self.journal.standing:
                touched.update(entry.asked.get("records") or ())
            made = []
            for head in results.heads:
                decisions = self.decisions_on(head.id) if head.id in touched else []
                if everything or decisions:
                    made.append(gold.corrected(results.article(head.id), decisions))
            return made

    def decided_names(self) -> set[str]:
        """The names of candidates that were decided on."""
        return {squeeze(str(e.asked.get("name"))) for e in self.journal.standing if e.kind == "candidate"}


@lru_cache(maxsize=1)
def _shipped() -> Shipped:
    return Shipped.load()


def _is(change: Change, now: bytes | None) -> bool:
    """Whether a file is as it was before a change."""
    return difference("", now, None).before == change.before


def _loads(file: str, data: bytes) -> None:
    """Whether a file of the lexicon would load.

    Raises:
        LexiconError: when it would not.
    """
    import tempfile

    if file == GOLD:
        try:
            gold.lines_of(data)
        except ExtractError as error:
            raise LexiconError(error.problem, where=file, remedy=error.remedy) from None
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / file
        path.write_bytes(data)
        read_rows(path)
