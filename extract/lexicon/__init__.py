"""Lexicons and rules: the data that a user extends with a spreadsheet."""

from extract.lexicon.load import Lexicon, Problem, Row, collect, load_lexicon, shipped_folder

__all__ = ["Lexicon", "Problem", "Row", "collect", "load_lexicon", "shipped_folder"]
