# Doorstep's few commands; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup format lint types rooms unit check test soak twins demo clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?=
ARGS ?=
HOUSEHOLD ?=

help:       ## list the targets
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(VENV)/.ready ## create .venv and install everything into it

$(VENV)/.ready: pyproject.toml requirements.txt requirements-dev.txt hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.run: pyproject.toml requirements.txt hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

format: setup ## rewrite layout and imports
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: setup ## check format and style
	$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: setup ## check types
	$(BIN)/mypy edge devices cloud_stub tests benchmarks

rooms: setup ## check who may import whom
	$(BIN)/lint-imports

unit: setup ## the tests that need no process, socket or browser of their own
	$(BIN)/python -m pytest -q -m "not slow and not soak" $(TESTS)

check: lint types rooms unit ## the fast part: format, lint, types, import contracts, unit tests

test: setup ## everything (installs what the tests need, where it may)
	bash tests/install_tools.sh
	$(MAKE) --no-print-directory lint types rooms
	$(BIN)/python -m pytest -q -m "not soak" $(TESTS)

soak: setup ## the long tests: crashes, power cuts, random search
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -q -m soak --timeout=7200 $(TESTS)

twins: setup ## compare homes that differ inside, plant leaks; ARGS="--pairs 200 --json"
	@$(BIN)/python -m benchmarks.twins $(ARGS)

demo: $(VENV)/.run ## an emulated home in fast motion; ARGS="--for 60 --json", HOUSEHOLD=FILE
	@$(BIN)/python -m devices demo $(if $(HOUSEHOLD),--household "$(HOUSEHOLD)") $(ARGS)

clean:      ## remove what the tools left behind
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist artefacts
