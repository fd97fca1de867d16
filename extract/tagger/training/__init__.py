"""Training of the statistical tagger. Needs PyTorch (``pip install 'extract-ko[train]'``)."""
