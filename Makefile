# Each target first sets up .venv when it is missing or older than pyproject.toml or requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed.stamp
SOURCES := $(VENV)/sources.stamp
FUZZER := $(VENV)/fuzzer.stamp
SPARK := $(VENV)/spark.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup spark run test lint types bench fuzz check-rules lexicons lock docs clean

help: ## what the targets do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: $(INSTALLED) ## install the locked dependencies and the program into .venv

$(INSTALLED): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --requirement requirements.lock
	$(PIP) install --no-deps --editable .
	$(BIN)/python -m compileall -q extract
	@touch $@

$(SOURCES): $(INSTALLED) requirements-sources.lock
	$(PIP) install --no-deps --requirement requirements-sources.lock
	@touch $@

$(FUZZER): $(INSTALLED) requirements-fuzz.lock
	@$(PIP) install --requirement requirements-fuzz.lock \
		|| { echo "no fuzzer: atheris is built for Linux on x86-64 and Python 3.10 to 3.14 only"; exit 1; }
	@touch $@

$(SPARK): $(INSTALLED) requirements-spark.lock
	$(PIP) install --requirement requirements-spark.lock
	@touch $@

spark: $(SPARK) ## PySpark for the Spark engine and its tests: 456 MB to fetch; Java 17 is wanted beside it

run: setup ## extract the tables of the sample articles: seeds/ -> outputs/
	$(BIN)/extract run seeds/ --out outputs/

test: lint types $(SOURCES) ## all checks: style, types, tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: setup ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## static types
	$(BIN)/mypy

bench: setup ## the benchmarks, written into docs/benchmarks.md; more texts: make bench TEXTS=folder
	$(BIN)/python benchmarks/run.py $(TEXTS)

fuzz: $(FUZZER) ## ten minutes of fuzzing; corpus and what it finds are kept in .cache/fuzz
	$(BIN)/python fuzz/run.py --minutes 10

check-rules: setup ## every lexicon row and rule against its schema, every rule against its examples
	$(BIN)/extract lexicon check

lexicons: $(SOURCES) ## rebuild the generated part of lexicons/ from its sources
	$(BIN)/python tools/build_lexicons.py

docs: setup ## generate docs/data-dictionary.md and docs/commands.md from the code
	$(BIN)/python -m extract.write.dictionary docs/data-dictionary.md
	$(BIN)/python -m extract.cli.reference docs/commands.md

lock: setup ## pin all dependencies anew for every Python and system that pyproject.toml allows
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --python-version 3.10 --group dev pyproject.toml \
		--no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock

clean: ## remove .venv and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
