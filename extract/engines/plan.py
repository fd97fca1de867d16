"""What every engine settles before a run: options, bounds, inputs, and what ``run.json`` says of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.engines.running import Running
from extract.engines.stream import Options

if TYPE_CHECKING:
    from extract.readers import Columns, Found, Limits


@dataclass(frozen=True)
class Plan:
    """A run before it begins.

    Attributes:
        found: the inputs, sorted.
        options: what workers load.
        limits: bounds for reading.
        running: bounds for time.
        fingerprints: of lexicons, Kiwi's model and the tagger's.
        info: for ``run.json``.
    """

    found: Sequence[Found]
    options: Options
    limits: Limits
    running: Running
    fingerprints: dict[str, Any]
    info: dict[str, Any] = field(default_factory=dict)


def settled(
    lexicons: Sequence[str | Path],
    rules: Sequence[str | Path],
    model: bool | str | Path,
    tokens: bool,
) -> tuple[Options, Limits, Running, dict[str, Any]]:
    """What a pipeline is loaded with, its bounds, and the fingerprints of what decides its results.

    Raises:
        LexiconError: when a lexicon row or rule is wrong.
        ModelError: when ``model`` is a folder without usable weights.
    """
    from extract.readers import Limits
    from extract.stages import shared_lexicon
    from extract.tagger import shared_model

    voice = model if isinstance(model, bool) else str(model)
    options = Options(tuple(map(str, lexicons)), tuple(map(str, rules)), voice, tokens)
    lexicon = shared_lexicon(options.lexicons, options.rules)
    weights = shared_model("" if voice is True else voice) if voice else None
    fingerprints = {
        "lexicon": lexicon.fingerprint,
        "kiwi": version("kiwipiepy-model"),
        "tagger": weights.digest if weights is not None else None,
    }
    settings = lexicon.settings
    limits = Limits.of(settings.get("reading") or {})
    return options, limits, Running.of(settings.get("running") or {}), fingerprints


def plan(
    inputs: Sequence[str | Path],
    *,
    lexicons: Sequence[str | Path],
    rules: Sequence[str | Path],
    model: bool | str | Path,
    published: datetime.date | None,
    columns: Columns | None,
    repair_spacing: bool,
    formats: Sequence[str],
    tokens: bool,
) -> Plan:
    """The plan of a run with these arguments of :func:`extract.run`.

    Raises:
        UsageError: for a missing input.
        NothingToDoError: when no input is of a format that is read.
        LexiconError, ModelError: as :func:`settled`.
    """
    from extract.readers import find

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
    return Plan(find(inputs), options, limits, running, fingerprints, info)


def described(
    inputs: Sequence[str | Path],
    *,
    lexicons: Sequence[str | Path],
    rules: Sequence[str | Path],
    published: datetime.date | None,
    columns: Columns | None,
    repair_spacing: bool,
    formats: Sequence[str],
    tokens: bool,
    fingerprints: dict[str, Any],
) -> dict[str, Any]:
    """What ``run.json`` says of a run with these arguments of :func:`extract.run`, its inputs apart."""
    return {
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
        "fingerprints": fingerprints,
    }
