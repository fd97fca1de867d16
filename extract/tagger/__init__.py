"""The statistical tagger: a small network that finds the names nobody listed.

``pieces`` are what it reads, ``evidence`` what lexicon and rules say of them, ``forms`` the names met in
training; ``model`` gives probabilities, ``decode`` spans. ``training`` makes the weights.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import ExtractWarning

if TYPE_CHECKING:
    from extract.tagger.model import Model

SHIPPED = Path(__file__).parent / "weights"
"""The folder of the weights that ship with the package."""


@lru_cache(maxsize=2)
def shared_model(folder: str = "") -> Model | None:
    """The model of a folder (the shipped one, if none is named), loaded once per process.

    A model belongs to one version of Kiwi's model, because it reads Kiwi's morpheme ids. With another version
    installed there is a warning and no model: lexicons and rules work alone.

    Raises:
        ModelError: when the folder holds no model that this version reads.
    """
    from extract.tagger.model import Model, Weights

    weights = Weights.read(Path(folder) if folder else SHIPPED)
    installed = version("kiwipiepy_model")
    if weights.about["kiwi"] != installed:
        warnings.warn(
            f"the tagger model was trained with kiwipiepy_model {weights.about['kiwi']}, installed is {installed}; "
            "going on with lexicons and rules alone (extract train makes a model for the installed version)",
            ExtractWarning,
            stacklevel=2,
        )
        return None
    return Model(weights)
