"""The local engine: inputs to tables on this machine, with one or several processes.

``run`` is a map over articles and one merge over entities. Results come back in input order whatever the
workers do, so the tables are the same bytes for any number of them.
"""

from __future__ import annotations

import datetime
import multiprocessing
import os
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.engines.article import article_id_of, process_segment
from extract.errors import ExtractError, InputError, NothingToDoError
from extract.model import ArticleResult, ErrorRow

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.readers import Columns, Document
    from extract.segment import Segment

SMALL_RUN = 8
"""Up to so many articles one process is used: starting others would take longer than the work."""
_AHEAD = 4  # articles in flight per worker


@dataclass
class RunSummary:
    """What a run did; ``lines()`` is what the command line shows at the end."""

    out: Path
    articles: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    relations: int = 0
    events: int = 0
    quotes: int = 0
    errors: int = 0
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> list[str]:
        """The summary as short lines of text."""
        labels = ", ".join(f"{label} {count:,}" for label, count in self.mentions.most_common())
        found = [
            f"articles   {self.articles:,}",
            f"mentions   {sum(self.mentions.values()):,}" + (f" ({labels})" if labels else ""),
            f"relations  {self.relations:,}   events {self.events:,}   quotes {self.quotes:,}",
            f"errors     {self.errors:,}" + (f" (see {self.out / 'errors.csv'})" if self.errors else ""),
            f"tables     {self.out}   in {self.seconds:.1f} s",
        ]
        for duplicate in self.duplicates:
            found.insert(
                1,
                f"duplicate  {duplicate['source']} article {duplicate['position']} repeats "
                f"{duplicate['same_as']}; processed once",
            )
        return found


@dataclass(frozen=True)
class _Options:
    lexicons: tuple[str, ...]
    rules: tuple[str, ...]
    model: bool | str
    tokens: bool


@dataclass(frozen=True)
class _Job:
    segment: Segment
    source: str


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
    formats: Sequence[str] = ("csv", "jsonl"),
    tokens: bool = False,
    workers: int = 0,
    strict: bool = False,
    progress: bool = False,
) -> RunSummary:
    """Extracts all tables from ``inputs`` and writes them under ``out``.

    Args:
        inputs: files and folders; ``-`` reads standard input. Their order does not change the tables.
        out: the output folder; it appears, or replaces an earlier output, only when complete.
        lexicons: folders of the user's own rows and rules.
        rules: further folders that hold rule files only.
        model: folder of the tagger's weights; True takes the shipped ones, False does without.
        published: publication date of all articles; before all that the inputs say.
        columns: which columns of tables and keys of JSON lines hold text, id, date and title.
        repair_spacing: mend broken spacing (``국 토 부``) before everything else.
        formats: what to write: ``csv``, ``jsonl``.
        tokens: whether to write the table of morphemes.
        workers: processes; 0 means one per core.
        strict: raise on the first input that fails instead of giving it a row in ``errors``.
        progress: show a progress bar on standard error when that is a terminal.

    Raises:
        UsageError: for a missing input, an unknown format or an output that cannot be written.
        NothingToDoError: when no input could be read.
        LexiconError: when a lexicon row or rule is wrong.
        ModelError: when ``model`` is a folder without usable weights.
    """
    from extract.components import model_of, shared_lexicon
    from extract.readers import Limits, read
    from extract.write import check_out, write_run

    started = time.monotonic()
    target = Path(out)
    check_out(target, tuple(formats))
    voice = model if isinstance(model, bool) else str(model)
    options = _Options(tuple(map(str, lexicons)), tuple(map(str, rules)), voice, tokens)
    lexicon = shared_lexicon(options.lexicons, options.rules)
    summary = RunSummary(target)
    sources: list[dict[str, str]] = []
    limits = Limits.of(lexicon.settings.get("reading") or {})
    documents = read(inputs, columns=columns, limits=limits, repair_spacing=repair_spacing)
    jobs = list(_jobs(documents, published, summary, sources))
    n_articles = sum(isinstance(job, _Job) for job in jobs)
    if not n_articles:
        reasons = [str(job.message) for job in jobs if isinstance(job, ErrorRow)]
        raise NothingToDoError(
            "no article could be read" + (f" ({reasons[0]})" if reasons else ""),
            remedy="give a text file or a folder with some",
        )
    nlp = _pipeline(options)  # a wrong rule is told here, once; forked workers share what is loaded
    results = _map(jobs, options, _worker_count(workers, n_articles))
    info = {
        "version": version("extract-ko"),
        "options": {
            "inputs": sorted(map(str, inputs)),
            "date": published.isoformat() if published else None,
            "formats": list(formats),
            "tokens": tokens,
            "columns": {} if columns is None else {k: v for k, v in asdict(columns).items() if v},
            "repair_spacing": repair_spacing,
            "lexicons": [str(folder) for folder in lexicons],
            "rules": [str(folder) for folder in rules],
        },
        "fingerprints": {
            "lexicon": lexicon.fingerprint,
            "kiwi": version("kiwipiepy-model"),
            "tagger": model_of(nlp),
        },
        "inputs": sources,
        "duplicates": summary.duplicates,
    }
    watched = _watch(results, summary, n_articles, strict, progress)
    write_run(target, watched, formats=tuple(formats), tokens=tokens, run_info=info, started=started)
    summary.seconds = time.monotonic() - started
    return summary


def _jobs(
    documents: Iterable[Document | ErrorRow],
    published: datetime.date | None,
    summary: RunSummary,
    sources: list[dict[str, str]],
) -> Iterator[_Job | ErrorRow]:
    """The articles of all inputs in order, each text once."""
    from extract.segment import segment

    seen: dict[str, str] = {}
    for document in documents:
        if isinstance(document, ErrorRow):
            yield document
            continue
        read_from = {"source": document.source, "sha256": document.sha256}
        if not sources or sources[-1] != read_from:  # rows of one table
            sources.append(read_from)
        for article in segment(document, published):
            key = article_id_of(article.text)
            if key in seen:
                summary.duplicates.append(
                    {"source": document.source, "position": article.position, "same_as": seen[key]}
                )
                continue
            seen[key] = f"{document.source} article {article.position}"
            yield _Job(article, document.source)


def _worker_count(workers: int, n_articles: int) -> int:
    if workers:
        return workers
    return 1 if n_articles <= SMALL_RUN else os.cpu_count() or 1


@lru_cache(maxsize=1)
def _pipeline(options: _Options) -> Language:
    from extract.pipeline import load

    return load(options.lexicons, options.rules, options.model)


def _process(options: _Options, job: _Job) -> ArticleResult | ErrorRow:
    """One article; whatever fails in it becomes its error row."""
    try:
        return process_segment(_pipeline(options), job.segment, job.source, tokens=options.tokens)
    except ExtractError as error:
        return ErrorRow(job.source, job.segment.position, "extract", error.slug, str(error))
    except Exception as error:
        message = f"{type(error).__name__}: {error}; please report the article with this message"
        return ErrorRow(job.source, job.segment.position, "extract", "unexpected", " ".join(message.split()))


def _map(
    jobs: Iterable[_Job | ErrorRow], options: _Options, workers: int
) -> Iterator[ArticleResult | ErrorRow]:
    """The results of ``jobs`` in their order."""
    if workers <= 1:
        for job in jobs:
            yield job if isinstance(job, ErrorRow) else _process(options, job)
        return
    context = multiprocessing.get_context(
        "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    )
    pending: deque[ErrorRow | tuple[_Job, Future[ArticleResult | ErrorRow]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for job in jobs:
            pending.append(job if isinstance(job, ErrorRow) else (job, pool.submit(_process, options, job)))
            if len(pending) >= workers * _AHEAD:
                yield _result(pending.popleft())
        while pending:
            yield _result(pending.popleft())


def _result(item: ErrorRow | tuple[_Job, Future[ArticleResult | ErrorRow]]) -> ArticleResult | ErrorRow:
    if isinstance(item, ErrorRow):
        return item
    job, future = item
    try:
        return future.result()
    except BrokenProcessPool:
        message = "the worker process died (out of memory?); run again with --workers 1"
        return ErrorRow(job.source, job.segment.position, "extract", "worker-died", message)


def _watch(
    results: Iterable[ArticleResult | ErrorRow], summary: RunSummary, total: int, strict: bool, progress: bool
) -> Iterator[ArticleResult | ErrorRow]:
    """Counts what passes by, shows progress, and stops at the first error when ``strict``."""
    with _progress(progress, total) as advance:
        for result in results:
            if isinstance(result, ErrorRow):
                if strict:
                    raise InputError(result.message, where=result.source, slug=result.error)
                summary.errors += 1
            else:
                summary.articles += 1
                summary.mentions.update(mention.label for mention in result.mentions)
                summary.relations += len(result.relations)
                summary.events += len(result.events)
                summary.quotes += len(result.quotes)
                advance()
            yield result


class _progress:  # noqa: N801 - used like a function
    """A progress bar on standard error when that is a terminal, else nothing."""

    def __init__(self, wanted: bool, total: int) -> None:
        self.bar: Any = None
        self.total = total
        if wanted:
            from rich.console import Console

            console = Console(stderr=True)
            if console.is_terminal:
                from rich.progress import (
                    BarColumn,
                    MofNCompleteColumn,
                    Progress,
                    TextColumn,
                    TimeRemainingColumn,
                )

                self.bar = Progress(
                    TextColumn("articles"),
                    BarColumn(),
                    MofNCompleteColumn(),
                    TimeRemainingColumn(),
                    console=console,
                )

    def __enter__(self) -> Any:
        if self.bar is None:
            return lambda: None
        self.bar.start()
        task = self.bar.add_task("articles", total=self.total)
        return lambda: self.bar.advance(task)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
