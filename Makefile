# `make run` and `make test` are complete on a fresh machine: Python 3.11 or newer, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check format addon clean

run: $(READY)
	@$(BIN)/studytui

test: check
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The add-on for Anki that brings progress into cards that are there.
addon:
	@mkdir -p dist
	@$(PYTHON) -c 'import sys, zipfile, pathlib; z = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED); \
		[z.write(p, p.name) for p in sorted(pathlib.Path("addon").iterdir()) if p.is_file()]; z.close()' \
		dist/studytui-progress.ankiaddon
	@echo dist/studytui-progress.ankiaddon

# The lexicon is a product of the build, so what it is made from makes the environment old.
$(READY): pyproject.toml tests/constraints.txt hatch_build.py $(wildcard $(addprefix src/studytui/,*.py text/*.py text/lexicon/*.py text/words/*.py)) $(wildcard src/studytui/data/phrasebook/*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "studytui needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint tests/constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) dist build src/studytui/data/lexicon.sqlite src/studytui/data/sentences.tsv src/studytui/data/hsk2.tsv src/studytui/data/text_counts.json
