# Cadenza. Needs Python >= 3.11 and make; everything else is fetched by pip and npm into this folder.

PYTHON ?= python3
BOOT   := $(PYTHON) scripts/bootstrap.py
BIN    := .venv/bin
CODE   := nodes workflows app migrations scripts bench tests wsgi.py
TYPED  := nodes workflows app scripts bench wsgi.py migrations/env.py tests/conftest.py tests/support tests/factories tests/chaos tests/hosts
PIN    := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11.0 --no-header --no-annotate
PYTEST := $(BIN)/pytest -q
KILLS  ?= 100
SEED   ?= 1
SCALE  ?= 1
REPEAT ?= 3

.DEFAULT_GOAL := help
.PHONY: help run frontend test lint types contracts unit front hostile story browser backup restore bench chaos hosts api lock new-node new-migration clean venv dev

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: venv ## Start Cadenza: servers, web, workers, clock (PORT=8000 CADENZA_DATA=.cadenza …)
	@$(BOOT) frontend
	@exec $(BIN)/python -m app.runtime

frontend: venv ## Build the front end if its sources changed
	@$(BOOT) frontend

dev: ## Set up all that checks need: Python and npm packages, a browser among them
	@$(BOOT) python --dev
	@$(BOOT) packages --dev

test: lint types contracts unit front hostile story browser ## Run every check there is

lint: dev ## Look for faults of style and habit
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: dev ## Check the types of the Python code
	$(BIN)/mypy $(wildcard $(TYPED))

contracts: dev ## Check which layer imports which
	$(BIN)/lint-imports --no-logo

unit: dev ## Run the tests of single parts (migrations against models, API types against the API, too)
	$(PYTEST) -n 2 -m "not story and not e2e and not chaos" --ignore tests/hostile

front: dev ## Check the front end: types, lint, tests, API types
	@$(BOOT) npm run --silent typecheck
	@$(BOOT) npm run --silent lint
	@$(BOOT) npm run --silent api:check
	@$(BOOT) npm run --silent test

hostile: dev ## Send what nobody should: the whole contract and its opposite, broken files, bad text
	$(PYTEST) -n 2 tests/hostile

story: dev ## Walk whole use cases through HTTP and real processes
	@$(BOOT) frontend
	$(PYTEST) -n 2 -m "story or chaos"

browser: dev ## Drive a real browser (SLOWDOWN=4: one with a processor that slow)
	@$(BOOT) frontend
	$(PYTEST) -m e2e

backup: venv ## Write everything into one file, while Cadenza runs: make backup FILE=cadenza.backup
	@$(BIN)/python -m app.runtime.backup "$(FILE)"

restore: venv ## Put a backup in place, while Cadenza is stopped: make restore FILE=cadenza.backup [REPLACE=1]
	@$(BIN)/python -m app.runtime.restore "$(FILE)" $(if $(REPLACE),--replace)

bench: dev ## Measure, beside what PostgreSQL alone could do (ONLY="s1 s3" SCALE=0.1 REPEAT=3)
	@$(BOOT) frontend
	$(BIN)/python -m bench $(ONLY) --scale $(SCALE) --repeat $(REPEAT) $(addprefix --size ,$(SIZES))

chaos: dev ## Break a busy instance at random, and compare what came of it (KILLS=100 SEED=1)
	@$(BOOT) frontend
	$(BIN)/python -m tests.chaos --kills $(KILLS) --seed $(SEED)

hosts: dev ## Spread workers over three hosts made of network namespaces, and cut one off (takes root)
	@$(BOOT) frontend
	$(BIN)/python -m tests.hosts

api: dev ## Write openapi.json, and the front end's types from it
	$(BIN)/flask --app wsgi openapi write openapi.json
	@$(BOOT) npm run --silent api

lock: dev ## Pin the requirements anew
	$(BIN)/pip install --quiet uv
	$(PIN) requirements.in -o requirements.txt
	$(PIN) requirements-dev.in -o requirements-dev.txt

new-node: venv ## Begin a node type: make new-node kind=action key=add_tag
	$(BIN)/python scripts/new_node.py $(kind) $(key)

new-migration: venv ## Begin a migration: make new-migration words="add a table" (with make run up)
	$(BIN)/alembic revision --autogenerate -m "$(words)" \
		--rev-id $$(printf %04d $$(( $$(ls migrations/versions/*.py | wc -l) + 1 )))

clean: ## Remove what was built, downloaded and cached; the data stays
	rm -rf .venv frontend/dist frontend/node_modules test-results .hypothesis .schemathesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@$(BOOT) python
