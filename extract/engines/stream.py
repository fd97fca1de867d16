"""From articles to the lines that writers take: out of the store, or by a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from extract.engines.article import article_of, process_text, process_together
from extract.engines.inputs import Job
from extract.engines.pool import Pool, Ready
from extract.engines.progress import Progress
from extract.engines.running import Running
from extract.engines.store import Store, packed
from extract.errors import ExtractError, InputError, NothingToDoError
from extract.model import ErrorRow
from extract.write.lines import Line

if TYPE_CHECKING:
    from extract.stages import Stage

_WARM_UP = """박민수 서울시장, 39개 도시와 협약 체결

서울시는 지난 6일 오후 2시 30분 시청에서 미국 등 12개국 39개 도시 대표 120여 명이 참석한 가운데 \
‘세계도시포럼’을 열었다고 밝혔다. \
박민수 시장은 “2026년 3월까지 예산 1조 2천억 원을 들여 기업 30곳을 지원하겠다”고 말했다. \
이날 협약에는 김영희 한국무역협회 회장(57)과 이철수 전 국토교통부 장관이 함께했다. \
올해 1~9월 수출은 전년 동기 대비 3.5% 늘어난 25만 톤, 4,200만 달러로 집계됐다. \
시는 내달 15일부터 20일까지 제3회 박람회를 개최하고 하반기에 10㎞ 구간을 착공할 예정이다.
"""
"""What most releases hold: rules are compiled at their first match, here once for all workers."""

Outcome = tuple[bytes, bytes] | Line | ErrorRow
"""From a worker a line and the same packed; from the store a line; else why there is none."""


@dataclass(frozen=True)
class Options:
    """What decides, beside the article, what is found in it."""

    lexicons: tuple[str, ...]
    rules: tuple[str, ...]
    model: bool | str
    tokens: bool


@dataclass
class Stream:
    """The map of a run.

    Attributes:
        options: what workers load.
        store: where results come from and go to.
        workers: how many processes.
        running: how long an article may take.
        strict: whether the first error ends the run.
        private: descriptors that workers must not keep open.
        reused: articles whose result stood in the store.
    """

    options: Options
    store: Store
    workers: int
    running: Running
    strict: bool = False
    private: tuple[int, ...] = ()
    reused: int = 0

    def lines(
        self, items: Iterator[tuple[int, Job | ErrorRow]], shown: Progress
    ) -> Generator[Line | ErrorRow, None, None]:
        """A line for each article and a row for each failure, in the order of ``items``.

        Raises:
            InputError: the first failure, when ``strict``.
            NothingToDoError: at the end, when there was no article.
            LexiconError: a rule is wrong, before anything is processed.
        """
        pool: Pool[Job, Outcome] = Pool(
            work=partial(_process, self.options),
            workers=self.workers,
            lost=lost,
            late=partial(late, self.running),
            seconds=lambda job: self.running.seconds(len(job.segment.text)),
            cost=lambda job: len(job.segment.text),
            arrived=self._arrived,
            private=self.private,
        )
        inputs_under_way: deque[int] = deque()
        n_articles = 0
        reason = ""
        for outcome in pool.map(self._prepared(items, inputs_under_way)):
            shown.advance(inputs_under_way.popleft())
            if isinstance(outcome, ErrorRow):
                if self.strict:
                    raise InputError(outcome.message, where=outcome.source, slug=outcome.error)
                reason = reason or outcome.message
                yield outcome
            else:
                n_articles += 1
                yield outcome if isinstance(outcome, Line) else Line(outcome[0])
        shown.complete()
        if not n_articles:
            raise NothingToDoError(
                "no article could be read" + (f" ({reason})" if reason else ""),
                remedy="give a text file or a folder with some",
            )

    def _prepared(
        self, items: Iterator[tuple[int, Job | ErrorRow]], inputs_under_way: deque[int]
    ) -> Iterator[Job | Ready[Outcome]]:
        for number, item in items:
            inputs_under_way.append(number)
            if isinstance(item, ErrorRow):
                yield Ready(item)
                continue
            line = self._stored(item)
            if line is not None:
                self.reused += 1
                yield Ready(line)
                continue
            pipeline(self.options)  # a wrong rule is told here, once; forked workers share what is loaded
            yield item

    def _stored(self, job: Job) -> Line | None:
        """What is known of an article, told of the place where it stands now."""
        data = self.store.get(job.key)
        if data is None:
            return None
        line = Line(data)
        try:
            found = line.result
        except (ValueError, KeyError, TypeError):
            return None
        here = article_of(job.segment, job.source, found.article)
        if here == found.article:
            return line
        return Line.of(replace(found, article=here), tokens=self.options.tokens)

    def _arrived(self, job: Job, outcome: Outcome) -> None:
        if isinstance(outcome, tuple):
            self.store.put(job.key, outcome[1])


def late(running: Running, job: Job) -> ErrorRow:
    """What is said of an article that took longer than it may."""
    seconds = running.seconds(len(job.segment.text))
    remedy = "split it, or raise 'article_seconds' under 'running' in main.yaml"
    return _row(job, "time-limit", f"it took longer than {seconds:.0f} s; {remedy}")


def lost(job: Job) -> ErrorRow:
    """What is said of an article whose worker died twice."""
    message = "the worker process died on it twice (out of memory?); split it or leave it out"
    return _row(job, "worker-died", message)


def _row(job: Job, error: str, message: str) -> ErrorRow:
    return ErrorRow(job.source, job.segment.position, "extract", error, " ".join(message.split()))


@lru_cache(maxsize=1)
def pipeline(options: Options) -> tuple[Stage, ...]:
    """The stages, loaded and warm: Kiwi and the rules build much of what they need at their first text."""
    from extract.pipeline import stages

    made = stages(options.lexicons, options.rules, options.model)
    process_text(made, _WARM_UP)
    return made


def _process(options: Options, jobs: Sequence[Job]) -> Iterator[Outcome]:
    for line in extracted(options, jobs):
        yield line if isinstance(line, ErrorRow) else (line, packed(line))


def extracted(options: Options, jobs: Sequence[Job]) -> Iterator[bytes | ErrorRow]:
    """The lines of some articles in order; whatever fails in one becomes its error row."""
    found = process_together(
        pipeline(options), [(job.segment, job.source) for job in jobs], tokens=options.tokens
    )
    for job, result in zip(jobs, found, strict=True):
        try:
            if isinstance(result, Exception):
                raise result
            yield Line.of(result, tokens=options.tokens).data
        except ExtractError as error:
            yield _row(job, error.slug, str(error))
        except MemoryError:
            yield _row(job, "out-of-memory", "it needs more memory than there is; split it or leave it out")
        except Exception as error:
            message = f"{type(error).__name__}: {error}; please report the article with this message"
            yield _row(job, "unexpected", message)
