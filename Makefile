# The verbs of the house. `make demo` and `make test` work on a fresh Debian machine with its own Python (3.11 or 3.13) and nothing else.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= demo

.PHONY: help demo test quick lint fix bench docs lock clean setup setup-dev

help:
	@echo "make demo   set up and run one county's year; the files go to $(OUT)/"
	@echo "make test   set up and run every test (PostgreSQL and Chromium included)"
	@echo "make quick  the tests that need neither PostgreSQL nor a browser"
	@echo "make lint   ruff, mypy, import-linter, file sizes, generated pages"
	@echo "make fix    format and mend what can be mended by itself"
	@echo "make bench  the benchmarks of docs/performance.md"
	@echo "make docs   regenerate the generated reference pages"
	@echo "make lock   resolve requirements/*.in again"

setup: $(VENV)/.agency
setup-dev: $(VENV)/.dev

LOCKS := requirements/build.lock requirements/agency.lock

$(VENV)/.agency: $(LOCKS) pyproject.toml scripts/setup.sh
	PYTHON=$(PYTHON) scripts/setup.sh agency $(VENV)

$(VENV)/.dev: requirements/dev.lock requirements/ocr.lock $(LOCKS) pyproject.toml scripts/setup.sh
	PYTHON=$(PYTHON) scripts/setup.sh dev $(VENV)

demo: setup
	mkdir -p $(OUT)
	$(BIN)/jingban year --sample miyi-2020 --out $(OUT) --json $(OUT)/figures.json

test: setup-dev
	$(BIN)/python -m pytest -q -n auto --dist worksteal

quick: setup-dev
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not postgres and not browser"

lint: setup-dev
	BIN=$(BIN) scripts/lint.sh

fix: setup-dev
	$(BIN)/ruff check --fix src tests benchmarks scripts
	$(BIN)/ruff format src tests benchmarks scripts

docs: setup-dev
	$(BIN)/python scripts/docs.py --write

bench: setup-dev
	BIN=$(BIN) PYTHON=$(PYTHON) scripts/bench.sh

lock: LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links
lock:
	cd requirements && $(LOCK) build.in -o build.lock && $(LOCK) base.in -o base.lock && \
	  $(LOCK) base.in agency.in -c base.lock -o agency.lock && $(LOCK) dev.in -c agency.lock -o dev.lock && \
	  $(LOCK) base.in ocr.in -c agency.lock -c dev.lock -o ocr.lock && $(LOCK) bench.in -o bench.lock

clean:
	rm -rf $(OUT) out .pytest_cache .mypy_cache .ruff_cache .hypothesis build src/*.egg-info
