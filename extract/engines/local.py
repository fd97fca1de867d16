"""The local engine: inputs to tables on this machine.

``run`` is a stream: inputs are read, cut into articles, mapped by worker processes and written, in the order of
the inputs whatever the workers do. Nothing grows with the number of articles but files. What is found out is kept
in a store (:mod:`extract.engines.store`), from which an unfinished run is resumed and an output brought up to date.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.engines.inputs import articles
from extract.engines.ledger import Ledger
from extract.engines.plan import described, settled
from extract.engines.progress import Progress
from extract.engines.reading import Reading
from extract.engines.store import Store, program_digest
from extract.engines.stream import Stream
from extract.engines.summary import RunSummary
from extract.errors import UsageError
from extract.write.folder import RESULTS_FILE, STATE_FOLDER, OutputFolder, unwritable
from extract.write.formats import DEFAULT_FORMATS
from extract.write.run import Counts, check_out, write_tables

if TYPE_CHECKING:
    from extract.readers import Columns


def run(
    inputs: Sequence[str | Path],
    out: str | Path = "outputs",
    *,
    lexicons: Sequence[str | Path] = (),
    rules: Sequence[str | Path] = (),
    model: bool | str | Path = True,
    published: datetime.date | None = None,
    columns: Columns | None = None,
    repair_spacing: bool = False,
    formats: Sequence[str] = DEFAULT_FORMATS,
    tokens: bool = False,
    workers: int = 0,
    resume: bool = True,
    strict: bool = False,
    progress: bool = False,
) -> RunSummary:
    """Extracts all tables from ``inputs`` and writes them under ``out``.

    A run that ended before it was complete — by a kill, Ctrl-C, a full disk — is continued by the next one
    of the same output. Where ``out`` holds a finished run, only new and changed articles are processed. Either
    way the tables are those of a run from scratch, to the byte; when the program, lexicons, rules, model or
    ``tokens`` have changed, everything is processed anew.

    Args:
        inputs: files and folders; ``-`` reads standard input. Their order does not change the tables.
        out: the output folder; it appears, or replaces an earlier output, only when complete.
        lexicons: folders of the user's own rows and rules.
        rules: further folders that hold rule files only.
        model: folder of the tagger's weights; True takes the shipped ones, False does without.
        published: publication date of all articles; before all that the inputs say.
        columns: which columns of tables and keys of JSON lines hold text, id, date and title.
        repair_spacing: mend broken spacing (``국 토 부``) before everything else.
        formats: what to write: names of :data:`extract.write.formats.TABLE_OF_FORMATS`.
        tokens: whether to write the table of morphemes.
        workers: processes; 0 means one per core.
        resume: whether to go by what earlier runs of this output have found out.
        strict: raise on the first input that fails instead of giving it a row in ``errors``.
        progress: tell on standard error how far the run is.

    Raises:
        UsageError: for a missing input, an unknown format, or an output that cannot be written or is being written
            by another run.
        NothingToDoError: when no input could be read.
        LexiconError: when a lexicon row or rule is wrong.
        ModelError: when ``model`` is a folder without usable weights.
    """
    from extract.readers import find, read_found

    started = time.monotonic()
    target = Path(out)
    check_out(target, tuple(formats))
    options, limits, running, fingerprints = settled(lexicons, rules, model, tokens)
    info = described(
        inputs,
        lexicons=lexicons,
        rules=rules,
        published=published,
        columns=columns,
        repair_spacing=repair_spacing,
        formats=formats,
        tokens=tokens,
        fingerprints=fingerprints,
    )
    read = partial(read_found, columns=columns, limits=limits, repair_spacing=repair_spacing)
    reading = Reading(partial(find, inputs), read, published, running.input_seconds)
    with contextlib.closing(reading):
        reading.list_inputs()
        folder = OutputFolder(target)
        reading.private = (folder.lock,)
        store: Store | None = None
        try:
            with ExitStack() as stack:
                store = Store(
                    folder.partial / RESULTS_FILE,
                    _deciding(fingerprints, tokens),
                    earlier=folder.out / STATE_FOLDER / RESULTS_FILE,
                    fresh=not resume,
                )
                ledger = Ledger(folder.partial / "scratch.sqlite")
                stack.callback(ledger.close)
                shown = Progress(progress, reading.total)
                stack.callback(shown.close)
                if store.resumed:
                    shown.say(f"resuming   {store.resumed:,} articles of an unfinished run are done already")
                elif store.changed:
                    shown.say(f"anew       changed since the earlier run: {', '.join(store.changed)}")
                stream = Stream(
                    options, store, workers or os.cpu_count() or 1, running, strict, (folder.lock,)
                )
                lines = stream.lines(articles(reading.items(), ledger), shown)
                stack.callback(lines.close)
                info |= {"inputs": ledger.all_inputs(), "duplicates": ledger.all_duplicates()}
                counts = write_tables(
                    folder, lines, formats=formats, tokens=tokens, run_info=info, started=started
                )
                summary = _summary(target, counts, stream.reused, ledger)
            store.close()
            store.move_into(folder.path / STATE_FOLDER)
            folder.finish()
        except sqlite3.Error as error:
            damaged = "malformed" in str(error) or "not a database" in str(error)
            _leave(folder, None if damaged else store)
            if damaged:
                remedy = "run again: everything is processed anew"
                raise UsageError(
                    f"the unfinished run is damaged ({error})", where=str(out), remedy=remedy
                ) from None
            raise unwritable(target, error) from None
        except BaseException:
            _leave(folder, store)
            raise
    summary.seconds = time.monotonic() - started
    return summary


def _deciding(fingerprints: dict[str, Any], tokens: bool) -> dict[str, str]:
    """All that decides results beside the articles, under names that the user is told when it has changed."""
    names = {"lexicon": "lexicons or rules", "kiwi": "Kiwi's model", "tagger": "the tagger's model"}
    named = {names[name]: str(value) for name, value in fingerprints.items()}
    return {"the program": program_digest(), **named, "--tokens": str(tokens)}


def _leave(folder: OutputFolder, store: Store | None) -> None:
    """Ends a run that is not complete: what it has found out stays for the next one."""
    if store is not None:
        with contextlib.suppress(sqlite3.Error):
            store.close()
        with contextlib.suppress(OSError):
            store.move_back(folder.path / STATE_FOLDER)
    if store is not None and store.size:
        folder.keep()
    else:
        folder.discard()


def _summary(out: Path, counts: Counts, reused: int, ledger: Ledger) -> RunSummary:
    rows = counts.rows
    return RunSummary(
        out,
        articles=rows["articles"],
        mentions=counts.mentions,
        relations=rows["relations"],
        events=rows["events"],
        quotes=rows["quotes"],
        errors=rows["errors"],
        reused=reused,
        duplicates=ledger.duplicates,
        n_duplicates=ledger.n_duplicates,
    )
