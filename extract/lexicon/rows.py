"""One row of a lexicon file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One lexicon row. Attributes beyond the common ones are read with ``row["column"]``."""

    file: str
    id: str
    name: str
    aliases: tuple[str, ...]
    label: str | None
    subtype: str | None
    guard: str
    priority: int
    where: str
    values: tuple[tuple[str, str], ...] = field(repr=False, default=())

    def __hash__(self) -> int:
        return hash((self.file, self.id, self.where))

    def __getitem__(self, column: str) -> str:
        for key, value in self.values:
            if key == column:
                return value
        return ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def guarded_forms(self) -> tuple[tuple[str, str], ...]:
        """Every form to look for with its guard: the name and aliases under the row's own guard, then
        the forms of the columns ``proper`` and ``context``, which carry the guard they are named after."""
        found = dict.fromkeys(self.forms, self.guard)
        for guard in ("proper", "context"):
            for form in self[guard].split("|"):
                if form.strip():
                    found.setdefault(form.strip(), guard)
        return tuple(found.items())

    @property
    def rule(self) -> str:
        """How the row is named in the ``rule`` column: ``lexicon:<file>:<id>``."""
        return f"lexicon:{self.file}:{self.id}"
