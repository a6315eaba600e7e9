# Two commands: `make run` serves the product, `make test` runs every test. Both need Python 3.11 or later with venv, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PYTEST := $(BIN)/pytest -p no:cacheprovider -n 2

SLOW := api architecture cli contracts docs faults moving packaging storage upgrade

.DEFAULT_GOAL := help

.PHONY: help
help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1 — \2/'

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Stegvis needs Python 3.11 or later; set PYTHON=python3.12, for example.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: install
install: $(READY) ## Make the virtual environment

.PHONY: web
web: $(READY) ## Build the web app, unless it is up to date
	@$(BIN)/python web/build.py

.PHONY: run
run: $(READY) web ## Serve everything on http://127.0.0.1:8000 with the programmes and invented cases
	@$(BIN)/stegvis serve --demo

.PHONY: lint
lint: $(READY) ## Style, types and the architecture's contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: check
check: lint ## The fast half, about a minute: lint, unit and element tests, content
	$(PYTEST) tests $(addprefix --ignore=tests/,$(SLOW))
	$(BIN)/stegvis check processes forms registers

.PHONY: web-check
web-check: $(READY) ## The web app's types, style and unit tests
	@$(BIN)/python web/build.py check

.PHONY: journeys
journeys: $(READY) ## What people do in the web app, in a real browser
	@$(BIN)/python web/build.py e2e

.PHONY: gallery
gallery: $(READY) ## Take the pictures of docs/gallery.md anew
	@GALLERY=1 $(BIN)/python web/build.py gallery

.PHONY: test
test: lint web-check journeys ## Everything: also PostgreSQL, scenarios with coverage, packaging, the web app in a browser
	$(PYTEST) tests
	$(BIN)/stegvis check processes forms registers
	$(BIN)/stegvis scenario run processes --coverage-min-elements 90 --coverage-min-flows 80

.PHONY: bench
bench: $(READY) ## All workloads against the floor and other engines, side by side; make bench QUICK=1 for a short one
	$(BIN)/python -m bench.run $(if $(QUICK),--quick)
	$(BIN)/python -m bench.feel

WALKS ?= 10000
SEED ?= 1
SECONDS ?= 1800
.PHONY: fuzz
fuzz: $(READY) ## Random walks through random diagrams, engine against oracle: make fuzz WALKS=10000 SEED=1 SECONDS=1800
	@$(BIN)/python -m tests.oracle.fuzz --walks $(WALKS) --seed $(SEED) --seconds $(SECONDS)

.PHONY: faults
faults: $(READY) ## Faults made as often as one can wait for: a thousand kills, full disks (mounts them: run it as root); hours
	STEGVIS_TEST_FAULTS=long $(BIN)/pytest -p no:cacheprovider -rP tests/faults

CASES ?= tests/tck/sample
.PHONY: tck
tck: $(READY) ## Run DMN TCK cases and report by folder: make tck CASES=path (else our own sample)
	@$(BIN)/python -m tests.tck $(CASES)

.PHONY: golden
golden: $(READY) ## Leave the database of this release for the tests of later ones, once
	$(BIN)/python -m tests.upgrade.make_golden

.PHONY: openapi
openapi: $(READY) ## Write the snapshot of the API description anew
	$(BIN)/python -m api.openapi

.PHONY: bpmn-table
bpmn-table: $(READY) ## Write the table of all that BPMN has anew in docs/reference/bpmn.md
	$(BIN)/python -m tests.docs.bpmn_cells

CATALOGUE := engine/locale/sv/LC_MESSAGES/engine.po
.PHONY: texts
texts: $(READY) ## List new sentences of findings in the Swedish catalogue, to be translated there
	$(BIN)/pybabel -q extract -k sentence --no-location --sort-output -o var/engine.pot engine
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --omit-header --no-wrap \
		-i var/engine.pot -o $(CATALOGUE) -l sv

.PHONY: locks
locks: $(READY) ## Write the hashed locks anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet --python-version 3.11 \
		pyproject.toml --extra postgresql -o requirements/run.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet --python-version 3.11 \
		pyproject.toml --all-extras -o requirements/dev.txt

.PHONY: clean
clean: ## Remove what was built; data in var/ stay
	rm -rf $(VENV) build dist web/dist web/node_modules *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
