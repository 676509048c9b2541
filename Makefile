# Two commands for a newcomer: `make run` and `make test`. Everything else is for those who change things.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench validation docs clean

VENV := .venv
BIN := $(VENV)/bin
# Two steps: what running needs, and what changing things needs besides.
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt --editable
# The first Python on the path that is new enough; `make PYTHON=...` chooses another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo $$p; break; }; done)
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); if [ $$n -gt 4 ]; then echo 4; else echo $$n; fi)

BENCHMARKS := rivals linearity sweep site

help: ## say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /make \1	/' | expand -t 18

$(INSTALLED): pyproject.toml constraints.txt
	@[ -n "$(PYTHON)" ] || { echo "stakhanov needs Python 3.11 or later and found none on the path;" \
		"install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) >$(VENV).log 2>&1 || { \
		cat $(VENV).log >&2; rm -rf $(VENV) $(VENV).log; \
		echo "this Python cannot make a virtual environment: install its venv module" \
		"(on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@rm -f $(VENV).log
	@echo "setting up $(VENV): once, about a minute"
	@$(PIP) '.[web]'
	@touch $(INSTALLED)

$(READY): $(INSTALLED)
	@echo "setting up the tests' tools: once, some minutes"
	@$(PIP) '.[dev]'
	@touch $(READY)

run: $(INSTALLED) ## run the flagship campaign on 100,000 workers; writes report.html
	@$(BIN)/stakhanov run stakhanovite-1935 --out runs/flagship --force
	@cp runs/flagship/report.html report.html
	@echo "the same page: report.html"
	@echo "the site, with a tour of five minutes: $(BIN)/stakhanov serve"

test: $(READY) ## run every test
	@$(BIN)/python -m pytest --quiet --numprocesses $(JOBS) --dist loadgroup

check: $(READY) ## format, lint, types, layers, generated pages
	@bad=0; \
	$(BIN)/ruff format --check --quiet . || { echo "format: the files above; make format mends them"; bad=1; }; \
	$(BIN)/ruff check --quiet . || { echo "lint: see above"; bad=1; }; \
	said=$$($(BIN)/mypy 2>&1) || { echo "$$said"; echo "types: see above"; bad=1; }; \
	said=$$($(BIN)/lint-imports --no-cache 2>&1) || { echo "$$said"; echo "layers: see above"; bad=1; }; \
	$(BIN)/python -m docs.generate --check || { echo "pages: make docs renews them"; bad=1; }; \
	[ $$bad -eq 0 ] && echo "format, lint, types, layers, pages: fine"

format: $(READY) ## format, and mend what can be mended
	@$(BIN)/ruff check --quiet --fix --exit-zero . && $(BIN)/ruff format --quiet . && $(BIN)/ruff check .

bench: $(READY) ## time the engine, and its peers beside it
	@$(PIP) '.[dev,bench]'
	@for script in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$script || exit 1; done

validation: $(READY) ## hold the program against theory and data; writes docs/validation
	@$(BIN)/python -m validation --write

docs: $(READY) ## write the generated pages
	@$(BIN)/python -m docs.generate

clean: ## remove what was set up
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
