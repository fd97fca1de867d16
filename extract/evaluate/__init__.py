"""Scoring of extracted tables against annotated articles: ``extract eval GOLD.jsonl``."""

from extract.evaluate.gold import GoldArticle, GoldMention, read_gold
from extract.evaluate.report import format_report
from extract.evaluate.score import evaluate
from extract.evaluate.scores import Counts, Scores, Share

__all__ = [
    "Counts",
    "GoldArticle",
    "GoldMention",
    "Scores",
    "Share",
    "evaluate",
    "format_report",
    "read_gold",
]
