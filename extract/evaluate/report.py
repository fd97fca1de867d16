"""The scores as a table to read in a terminal."""

from __future__ import annotations

from extract.evaluate.scores import Counts, Scores, Share, total

_WIDTH = 24
_RULE_WIDTH = 40


def format_report(scores: Scores) -> str:
    """The scores as lines of text; sections without anything to score are left out."""
    lines = [f"articles {scores.articles}"]
    lines += [f"ERROR {error}" for error in scores.errors]
    mentions = total(scores.labels)
    if _any(mentions):
        lines += ["mentions (exact span and label)", _counts("all", mentions)]
        lines += [_counts(f"  {label}", counts) for label, counts in scores.labels.items() if _any(counts)]
        lines.append(_counts("relaxed (any overlap)", scores.relaxed))
    lines += ["mentions, KLUE's six labels", _counts("all", total(scores.klue))]
    lines += [_counts(f"  {label}", counts) for label, counts in scores.klue.items() if _any(counts)]
    lines += _shares("values of mentions found", scores.values)
    if scores.clusters.mentions:
        found = scores.clusters
        figures = f"P {_figure(found.precision)}  R {_figure(found.recall)}  F1 {_figure(found.f1)}"
        lines += ["entities", f"  {'B-cubed':<{_WIDTH}} {figures}   ({found.mentions} mentions)"]
        lines.append(_counts("pairs of mentions", found.pairwise))
    relations = total(scores.relations)
    if _any(relations):
        lines += ["relations", _counts("all", relations)]
        lines += [_counts(f"  {name}", counts) for name, counts in sorted(scores.relations.items())]
    if scores.shown and scores.rules:
        lines.append("relations by rule (precision)")
        lines += [
            f"  {rule:<{_RULE_WIDTH}} {_figure(found.precision)}   (right {found.tp}, wrong {found.fp})"
            for rule, found in sorted(scores.rules.items())
        ]
    lines += _shares("events found", scores.events)
    lines += _shares("quotes", scores.quotes)
    for kind, errors in scores.shown.items():
        lines.append(f"-- {kind}")
        lines += [f"   {error}" for error in errors]
    return "\n".join(lines)


def _any(counts: Counts) -> bool:
    return bool(counts.tp or counts.fp or counts.fn)


def _shares(title: str, shares: dict[str, Share]) -> list[str]:
    found = [
        f"  {name:<{_WIDTH}} {_figure(share.accuracy)}   ({share.right} of {share.of})"
        for name, share in shares.items()
        if share.of
    ]
    return [title, *found] if found else []


def _counts(name: str, counts: Counts) -> str:
    figures = f"P {_figure(counts.precision)}  R {_figure(counts.recall)}  F1 {_figure(counts.f1)}"
    return f"  {name:<{_WIDTH}} {figures}   (right {counts.tp}, wrong {counts.fp}, missed {counts.fn})"


def _figure(value: float | None) -> str:
    return "   -  " if value is None else f"{value:.4f}"
