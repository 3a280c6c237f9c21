# Practice Charter: `make run` serves a demonstration, `make test` proves the whole. Needs Python 3.11 or later, and make.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test bench flood check image endure holidays lock openapi clean

ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
PYTEST_ARGUMENTS ?=
# Tests wait for databases and for one another about half of the time.
WORKERS ?= $$($(BIN)/python -c "import os; print(2 * min(os.cpu_count() or 1, 4))")
IMAGE ?= practice-charter:$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
BENCH_ARGUMENTS ?=
# Compile once, whatever the surroundings say: each worker and each server that the tests start would do it anew.
export PYTHONDONTWRITEBYTECODE :=

help: ## Say what can be made (the default)
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name words; do printf '%-16s%s\n' "$$name" "$$words"; done

run: $(ENVIRONMENT)/.run-time ## Install what is needed and serve a demonstration with invented practices
	$(BIN)/charter demo

test: check ## Prove everything: the static checks, then the tests on SQLite, on a real PostgreSQL, and in a real browser
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGUMENTS)

bench: $(ENVIRONMENT)/.development ## Measure the house against the least that could be called the same, on both databases (ten minutes)
	$(BIN)/python -m benchmarks $(BENCH_ARGUMENTS)

flood: $(ENVIRONMENT)/.development ## Flood the pages for patients with junk, and time what they answer to strangers (ten minutes)
	$(BIN)/python -m benchmarks.door $(BENCH_ARGUMENTS)

check: $(ENVIRONMENT)/.development ## Check without running: formatting, lint, types, imports, generated documents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/charter openapi --check

image: $(ENVIRONMENT)/.development ## Build the container image and try it: as nobody, read-only, on a PostgreSQL (needs podman, docker or buildah)
	@engine='$(ENGINE)'; for each in podman docker; do \
	  if [ -z "$$engine" ] && "$$each" info > /dev/null 2>&1; then engine="$$each"; fi; \
	done; \
	if [ -z "$$engine" ] && command -v buildah > /dev/null; then engine=buildah; fi; \
	case "$$(basename "$$engine")" in \
	  '') echo 'No engine to build an image with: install podman, docker or buildah, or say which: make image ENGINE=...' >&2; exit 1;; \
	  buildah) "$$engine" bud --format docker --isolation chroot $(BUILD_ARGUMENTS) --tag $(IMAGE) . ;; \
	  *) "$$engine" build $(BUILD_ARGUMENTS) --tag $(IMAGE) . ;; \
	esac && CHARTER_IMAGE=$(IMAGE) CHARTER_IMAGE_ENGINE="$$engine" $(BIN)/python -m pytest -p no:cacheprovider tests/image_smoke.py

openapi: $(ENVIRONMENT)/.run-time ## Write the generated documents anew: openapi/, docs/rules.md and docs/route-inventory.tsv
	$(BIN)/charter openapi
	$(BIN)/python -m workflows.rules > docs/rules.md

endure: $(ENVIRONMENT)/.development ## Kill, freeze, lock out and fill up, at length, and say what was measured (five minutes)
	rm -f $(ENVIRONMENT)/endurance.md
	ENDURANCE_REPORT=$(ENVIRONMENT)/endurance.md $(BIN)/python -m pytest --quiet tests/test_kills.py tests/test_outages.py $(PYTEST_ARGUMENTS)
	@cat $(ENVIRONMENT)/endurance.md

holidays: $(ENVIRONMENT)/.development ## Write the bank holidays anew, by the release of their package that is locked
	$(BIN)/python -m tools.bank_holidays > workflows/bank_holidays.csv

lock: $(BIN)/uv ## Remake the locks from pyproject.toml; UPGRADE=--upgrade takes newer releases too
	$(COMPILE) $(UPGRADE) --group pyproject.toml:tools --output-file tools.lock > /dev/null
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.lock > /dev/null
	$(COMPILE) $(UPGRADE) pyproject.toml --extra pdf --constraints requirements.lock --output-file requirements-pdf.lock > /dev/null
	$(COMPILE) $(UPGRADE) pyproject.toml --group pyproject.toml:dev --constraints requirements.lock --output-file requirements-dev.lock > /dev/null
	@! grep -nE '://|^ *-(-index|-extra|-find|i |f )' *.lock || { echo 'A lock names an address: remove it.' >&2; exit 1; }

clean: ## Remove the environment and what the tools remember (the demonstration's data in .charter stays)
	rm -rf $(ENVIRONMENT) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find api benchmarks models service workflows tests -name __pycache__ -type d -prune -exec rm -rf {} +

# An interpreter counts only if it runs and is new enough: a version manager may leave a name that answers nothing.
$(BIN)/uv: tools.lock
	@for python in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
	    "$$python" -m venv $(ENVIRONMENT) && exit 0; \
	    echo "$$python could not make a virtual environment (on Debian and Ubuntu: install python3-venv)." >&2; exit 1; \
	  fi; \
	done; echo 'Python 3.11 or later is needed, and none was found. Install it, or say where it is: make PYTHON=/path/to/python3' >&2; exit 1
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement tools.lock
	@touch $@

$(ENVIRONMENT)/.run-time: $(BIN)/uv requirements-pdf.lock pyproject.toml
	$(INSTALL) --require-hashes --requirement requirements-pdf.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(ENVIRONMENT)/.development: $(ENVIRONMENT)/.run-time requirements-dev.lock
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@
