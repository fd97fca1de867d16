"""Lexicons and rules: the data that a user extends with a spreadsheet."""

from extract.lexicon.gazetteer import Gazetteer
from extract.lexicon.load import Lexicon, Problem, collect, load_lexicon, shipped_folder
from extract.lexicon.rows import Row

__all__ = ["Gazetteer", "Lexicon", "Problem", "Row", "collect", "load_lexicon", "shipped_folder"]
