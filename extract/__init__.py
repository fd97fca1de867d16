"""Entities, dates, figures, relations, events and quotes from Korean press releases, as tables."""
