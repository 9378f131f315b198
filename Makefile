# Everything that is done from a checkout. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --no-deps --require-hashes
PACKAGES := workflow letters api
CHECKED := $(PACKAGES) tests docs $(wildcard bench)

# A target is set up when its stamp is newer than what it was made from.
MADE := .venv/.made
RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development
VENDOR := api/static/vendor/.copied

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install run test coverage lint format check bench pictures docs lock clean

help: ## This list
	@echo "Mingda: make TARGET"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile

install: $(RUNTIME) $(DEVELOPMENT) ## Set up everything: Python packages, front-end files, tools of the machine
	@bin/setup-machine npm chromium font fangsong
	@$(MAKE) --no-print-directory vendor

run: $(RUNTIME) ## Open Mingda with a demo city on http://127.0.0.1:8000 (PORT=…)
	@bin/setup-machine npm fangsong
	@$(MAKE) --no-print-directory vendor
	$(BIN)/mingda demo --port $(PORT)

test: install ## Run all tests, on SQLite and on PostgreSQL
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

coverage: install ## Run all tests and show the lines and branches that none of them reaches
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term $(ARGS)

lint: $(RUNTIME) $(DEVELOPMENT) ## Check form, types and who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(CHECKED)
	$(BIN)/lint-imports

format: $(RUNTIME) $(DEVELOPMENT) ## Bring the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: lint test ## What a change must pass: lint and test

bench: $(RUNTIME) $(DEVELOPMENT) ## Measure against the floor of the bare driver, and letters beside WeasyPrint
	@bin/setup-machine fangsong pango
	$(BIN)/python -m bench

pictures: install ## Take the pictures of the handbook and the README anew, in the demo city as it is now
	rm -f docs/handbook/pictures/*.png
	MINGDA_SCREENSHOTS=docs/handbook/pictures $(BIN)/pytest -q -n auto tests/browser/test_handbook.py
	$(BIN)/python -m docs.pictures

docs: $(RUNTIME) $(DEVELOPMENT) ## Write the generated pages of docs and the chart of README anew
	$(BIN)/python -m docs

lock: $(RUNTIME) ## Take the newest versions allowed into the lock files
	bin/lock

clean: ## Remove everything that these targets made
	rm -rf .venv node_modules api/static/vendor letters/typeset/fonts build dist .coverage* .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE): bin/setup-python
	@PYTHON="$(PYTHON)" bin/setup-python
	@touch $@

$(RUNTIME): requirements.lock pyproject.toml $(MADE)
	@echo "== Python packages that Mingda runs on"
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(RUNTIME)
	@echo "== Python packages for tests and checks"
	@$(PIP) -r requirements-dev.lock
	@touch $@

# Without npm the pages work, unadorned; bin/setup-machine has said how to get it.
.PHONY: vendor
vendor: $(if $(shell command -v npm),$(VENDOR))
	@:

$(VENDOR): package-lock.json bin/vendor
	@echo "== Front-end files"
	@npm ci --loglevel=error
	@$(BIN)/python bin/vendor
	@touch $@
