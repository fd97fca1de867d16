"""Decisions that hold everywhere: what each writes into the user's lexicon folder.

Rows are written as ``extract lexicon add`` and ``accept`` write them (:class:`~extract.lexicon.folder.UserFolder`).
Each function lets its rows wait there and says in a few words what it did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extract.errors import LexiconError, UsageError
from extract.lexicon import Row
from extract.lexicon.accept import take_decisions
from extract.lexicon.folder import NAME_FILES, UserFolder, clean_form, read_rows
from extract.lexicon.matcher import squeeze
from extract.lexicon.schema import FILES, GUARDS
from extract.model import ENTITY_LABELS, SUBTYPES
from extract.review.asked import Asked
from extract.review.results import Results
from extract.write import guarded

SOURCE = "review"


def add(own: UserFolder, results: Results, asked: Asked) -> str:
    """A name that nothing found, or another form of an entity."""
    article = results.article(asked.text("article"))
    form = _form(asked.text("name", "") or asked.stretch(article["text"]))
    asked.data["words"] = form
    if asked.text("entity", ""):
        return _widen(own, results, asked.text("entity"), [form])
    return _new(own, asked, form, [_form(alias) for alias in asked.texts("aliases")])


def label(own: UserFolder, results: Results, asked: Asked) -> str:
    """A mention's label or subtype is another one: a row with the right one, and the wrong one blocked."""
    _, mention = asked.mention(results)
    form, right = _form(mention["text"]), _label(asked)
    row = _behind(own, mention)
    said = []
    if row is not None and row in own.own:
        if row.label == right:
            own.change(row, {"subtype": _subtype(asked, right)})
            return f"{row.file}.csv: {row.id}"
        own.change(row, None)
        said.append(f"{row.file}.csv: −{row.id}")
        form, aliases = row.name, list(row.aliases)
    else:
        aliases = []
        if mention["label"] != right and _blocking(own, mention["text"], mention["label"]) is None:
            said.append(_block(own, mention["text"], mention["label"]))
    return "; ".join([_new(own, asked, form, aliases), *said])


def span(own: UserFolder, results: Results, asked: Asked) -> str:
    """A mention is longer or shorter: the right words become a name."""
    article, mention = asked.mention(results)
    start, end = asked.span(len(article["text"]))
    if end <= mention["start"] or start >= mention["end"]:
        raise UsageError("the new words are elsewhere", remedy="select words that overlap the old ones")
    form = _form(article["text"][start:end])
    asked.data["words"] = form
    row = _behind(own, mention)
    if row is not None and row in own.own:
        forms = [form if squeeze(one) == squeeze(mention["text"]) else one for one in row.forms]
        own.change(row, {"name": forms[0], "aliases": "|".join(dict.fromkeys(forms[1:]))})
        return f"{row.file}.csv: {row.id}"
    if mention["label"] not in ENTITY_LABELS:
        raise UsageError(
            f"a {mention['label']} is no name", remedy="correct it in this article only (annotated articles)"
        )
    values = {"subtype": mention["subtype"] or "", "source": SOURCE}
    return _taken(own, mention["label"], form, [], values)


def reject(own: UserFolder, results: Results, asked: Asked) -> str:
    """A mention is none: its form is blocked, everywhere or beside certain words."""
    _, mention = asked.mention(results)
    before, after = asked.text("before", ""), asked.text("after", "")
    if asked.text("scope", "all") == "context" and not (before or after):
        raise UsageError("no words beside it", remedy="give the words before or after, or choose everywhere")
    return _block(own, mention["text"], mention["label"], before, after)


def relation(own: UserFolder, results: Results, asked: Asked) -> str:
    """A relation is wrong: the fact is never stated again."""
    _, row = asked.relation(results)
    cells = {"name": row["subject"], "predicate": row["predicate"], "object": row["object"], "source": SOURCE}
    for cell in (row["subject"], row["object"]):
        _plain(cell)
    cells["id"] = own.new_id(f"{row['subject']}-{row['object']}", "my-relation-")
    own.put("block_relations", cells)
    return f"block_relations.csv: {cells['id']}"


def merge(own: UserFolder, results: Results, asked: Asked) -> str:
    """Entities are one: the names of the others become aliases of the first."""
    into = results.entity(asked.text("into"))
    others = [results.entity(id_) for id_ in dict.fromkeys(asked.texts("entities"))]
    if not others or any(other["entity_id"] == into["entity_id"] for other in others):
        raise UsageError("nothing to merge", remedy="choose one entity to keep and others to merge into it")
    if any(other["label"] != into["label"] for other in others):
        raise UsageError("entities of different labels", remedy="correct the label first")
    forms: list[str] = []
    said = []
    asked.data["words"] = f"{', '.join(other['name'] for other in others)} → {into['name']}"
    for other in others:
        row = _row_of(own, results, other["entity_id"])
        forms += [other["name"], *other["aliases"]]
        if row is not None and row in own.own:
            forms += row.forms
            own.change(row, None)
            said.append(f"{row.file}.csv: −{row.id}")
    return "; ".join([_widen(own, results, into["entity_id"], _usable(into["label"], forms)), *said])


def split(own: UserFolder, results: Results, asked: Asked) -> str:
    """Some names of an entity are another one's: they get a row of their own."""
    entity = results.entity(asked.text("entity"))
    known = [entity["name"], *entity["aliases"]]
    forms = list(dict.fromkeys(asked.texts("forms")))
    if not forms or not set(forms) <= set(known) or len(forms) == len(known):
        raise UsageError("nothing to split", remedy="choose some, not all, of the entity's names")
    row = _row_of(own, results, entity["entity_id"])
    rest = [form for form in known if form not in forms]
    values = {"subtype": entity["subtype"] or "", "source": SOURCE}
    said = []
    if row is not None and row in own.own:
        left = [form for form in row.forms if form not in forms]
        left = left or rest
        own.change(row, {"name": left[0], "aliases": "|".join(left[1:])})
        said.append(f"{row.file}.csv: {row.id}")
    elif row is None and not own.claimed(entity["label"], rest[0]):
        said.append(_taken(own, entity["label"], _form(rest[0]), _usable(entity["label"], rest[1:]), values))
    cleaned = [_form(form) for form in forms]
    asked.data["words"] = f"{entity['name']} →"
    return "; ".join([_taken(own, entity["label"], cleaned[0], cleaned[1:], values), *said])


def candidate(own: UserFolder, results: Results, asked: Asked) -> str:
    """A name that ``extract lexicon suggest`` offers is taken or refused, as ``extract lexicon accept`` does it."""
    names = ("decision", "label", "subtype", "name", "aliases", "rule")
    values = {name: asked.text(name, "") for name in names}
    if not values["decision"]:
        raise UsageError("no decision", remedy="send decision: yes or no")
    _plain(values["name"])
    done = take_decisions([("", values)], own)
    for problem in done.problems:
        if problem.severity == "error":
            raise LexiconError(problem.problem, remedy=problem.remedy)
    if not (done.added or done.blocked or done.refused):
        raise LexiconError(f"{values['name']!r} is there already", remedy="nothing is to be done")
    asked.notice(done.rows)
    kind = "block" if done.blocked else "refused"
    return f"{done.rows[0].file if done.rows else kind}.csv: {values['name']}"


KINDS: dict[str, Callable[[UserFolder, Results, Asked], str]] = {
    "add": add,
    "label": label,
    "span": span,
    "reject": reject,
    "relation": relation,
    "merge": merge,
    "split": split,
    "candidate": candidate,
}
"""Every kind of decision that the lexicon folder can hold."""


def _new(own: UserFolder, asked: Asked, form: str, aliases: Sequence[str]) -> str:
    name = _label(asked)
    guard = asked.text("guard", "")
    if guard not in GUARDS:
        raise UsageError(f"unknown guard {guard!r}", remedy=f"use one of: {', '.join(filter(None, GUARDS))}")
    blocked = _blocking(own, form, name)
    if blocked is not None:
        raise LexiconError(f"{form!r} is blocked", where=blocked, remedy="undo that decision first")
    values = {"subtype": _subtype(asked, name), "guard": guard, "source": SOURCE}
    return _taken(own, name, form, aliases, values, asked)


def _taken(
    own: UserFolder, name: str, form: str, aliases: Sequence[str], values: Mapping[str, str], asked: Asked | None = None
) -> str:  # fmt: skip
    row = own.take(name, form, aliases, values)
    if row is None:
        where = own.claimed(name, form) or ""
        raise LexiconError(
            f"{form!r} is a {name} there already", where=where, remedy="change that row instead"
        )
    if asked is not None:
        asked.notice([row])
    return f"{row.file}.csv: +{row.id}"


def _block(own: UserFolder, form: str, name: str, before: str = "", after: str = "") -> str:
    if "\n" in form or "|" in form or form.startswith("#") or form != form.strip():
        raise LexiconError(f"{form!r} can stand in no cell", remedy="correct it in this article only")
    for cell in (form, before, after):
        _plain(cell)
    id_ = own.new_id(form, "my-block-")
    cells = {"id": id_, "name": form, "label": name, "before": before, "after": after, "source": SOURCE}
    own.put("block", cells)
    return f"block.csv: +{id_}"


def _blocking(own: UserFolder, form: str, name: str) -> str | None:
    """Where a row of the folder blocks a form everywhere."""
    path = own.folder / "block.csv"
    for row in read_rows(path) if path.is_file() else ():
        if form in row.forms and row.label in (None, name) and not row["before"] and not row["after"]:
            return row.where
    return None


def _widen(own: UserFolder, results: Results, id_: str, forms: Sequence[str]) -> str:
    """Gives an entity further forms: in its own row, in a copy of its shipped row, or in a new row."""
    entity = results.entity(id_)
    name = entity["label"]
    row = _row_of(own, results, id_)
    taken = {squeeze(form) for form in row.forms} if row is not None else set()
    free = [f for f in dict.fromkeys(forms) if squeeze(f) not in taken and not own.claimed(name, f)]
    if row is None:
        known = _usable(name, entity["aliases"])
        values = {"subtype": entity["subtype"] or "", "source": SOURCE}
        return _taken(own, name, _form(entity["name"]), [*known, *free], values)
    if not free:
        raise LexiconError("the names are in the folder already", remedy="nothing is to be done")
    aliases = {"aliases": "|".join([*row.aliases, *free])}
    if row in own.own:
        own.change(row, aliases)
        return f"{row.file}.csv: {row.id}"
    own.put(row.file, {**_cells(row), **aliases, "source": SOURCE})
    return f"{row.file}.csv: +{row.id}"


def _cells(row: Row) -> dict[str, str]:
    """The cells of a row, to copy it: a copy with the same id takes its place."""
    cells = {"id": row.id, "name": row.name, "aliases": "|".join(row.aliases), "guard": row.guard}
    if row.label and row.label != FILES[row.file].default_label:
        cells["label"] = row.label
    if row.subtype:
        cells["subtype"] = row.subtype
    if row.priority != 50:
        cells["priority"] = str(row.priority)
    return {**cells, **dict(row.values)}


def _row_of(own: UserFolder, results: Results, id_: str) -> Row | None:
    """The lexicon row by which most mentions of an entity were found."""
    rules = Counter(mention["rule"] for _, mention in results.mentions_of(id_))
    found: Counter[tuple[str, str]] = Counter()
    for rule, count in rules.items():
        place = _place(rule)
        if place:
            found[place] += count
    return _row(own, min(found, key=lambda key: (-found[key], key))) if found else None


def _behind(own: UserFolder, mention: Mapping[str, Any]) -> Row | None:
    place = _place(mention["rule"])
    return _row(own, place) if place else None


def _place(rule: str) -> tuple[str, str] | None:
    parts = rule.split(":", 2)
    return (
        (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "lexicon" and parts[1] in NAME_FILES else None
    )


def _row(own: UserFolder, place: tuple[str, str]) -> Row | None:
    return next((row for row in (*own.own, *own.shipped) if (row.file, row.id) == place), None)


def _usable(name: str, forms: Sequence[str]) -> list[str]:
    """The forms that may stand in a lexicon: no surname alone, no sign of the file's own."""
    found = []
    for form in forms:
        try:
            cleaned = _form(form)
        except LexiconError:
            continue
        if len(squeeze(cleaned)) > (2 if name == "PERSON" else 1):
            found.append(cleaned)
    return found


def _form(text: str) -> str:
    return clean_form(_plain(text))


def _plain(text: str) -> str:
    """The text, when no spreadsheet would run it as a formula.

    Raises:
        LexiconError: when one would.
    """
    if guarded(text) != text:
        remedy = "leave the sign out, or correct it in this article only"
        raise LexiconError(f"{text!r} begins like a formula of a spreadsheet", remedy=remedy)
    return text


def _label(asked: Asked) -> str:
    name = asked.text("label")
    if name not in ENTITY_LABELS:
        raise UsageError(
            f"{name[:40]!r} is no label of names",
            remedy=f"use one of {', '.join(ENTITY_LABELS)}, or correct it in this article only",
        )
    return name


def _subtype(asked: Asked, name: str) -> str:
    subtype = asked.text("subtype", "")
    if subtype and subtype not in SUBTYPES[name]:
        raise UsageError(f"{name} has no subtype {subtype[:40]!r}", remedy="leave it empty")
    return subtype
