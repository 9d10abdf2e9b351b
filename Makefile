# The project's commands; `make` alone lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export NO_MKDOCS_2_WARNING := 1
export PYTHONUTF8 := 1
export DEBIAN_FRONTEND := noninteractive

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PORT := 8000

.PHONY: help
help: ## List the commands.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: site
site: $(VENV)/site.stamp ## Set up, build the site and serve it on 127.0.0.1 (PORT=8000).
	$(BIN)/kepu serve --port $(PORT)

.PHONY: build
build: $(VENV)/site.stamp ## Set up and build the site into site/.
	$(BIN)/kepu build site

.PHONY: check
check: $(VENV)/site.stamp ## Check data and content.
	$(BIN)/kepu check

.PHONY: test
test: lint $(VENV)/chromium.stamp ## Set up, Chromium included, and pass every check.
	$(BIN)/kepu check
	$(BIN)/mkdocs build --strict --quiet --site-dir $(VENV)/mkdocs-site
	$(BIN)/pytest --numprocesses=2 --dist=loadgroup

.PHONY: lint
lint: $(VENV)/test.stamp ## Check style and types.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.PHONY: audit
audit: $(VENV)/test.stamp $(VENV)/chromium.stamp $(VENV)/html-validate.stamp $(VENV)/libreoffice.stamp ## Run the slow checks.
	$(BIN)/pytest -m audit --numprocesses=2

.PHONY: screenshots
screenshots: $(VENV)/test.stamp $(VENV)/chromium.stamp ## Take pictures of every template into screenshots/index.html.
	$(BIN)/python -m tests.screenshots

.PHONY: bench
bench: $(VENV)/test.stamp $(VENV)/chromium.stamp ## Measure, as ratios within one run.
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.loading
	$(BIN)/python -m benchmarks.publishing
	$(BIN)/python -m benchmarks.first_view
	$(BIN)/python -m benchmarks.finder

.PHONY: bless
bless: $(VENV)/test.stamp ## Accept the present output for the tests' invented district.
	$(BIN)/pytest tests/test_district.py --bless

.PHONY: requirements
requirements: $(VENV)/test.stamp ## Pin the newest allowed versions, with hashes.
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra setup --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra setup --extra test --constraints requirements.txt --output-file requirements-test.txt pyproject.toml
LOCK := --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11

.PHONY: clean
clean: ## Remove everything that was made.
	rm -rf $(VENV) site .site.* .mypy_cache .pytest_cache .ruff_cache test-results screenshots

# --- Set-up -----------------------------------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing; on Debian: apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory debian PACKAGES=python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/site.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.txt
	@touch $@

# Browser tests need Debian's Chromium and a Chinese font, without which widths are wrong.
$(VENV)/chromium.stamp: $(VENV)/test.stamp
	@command -v chromium >/dev/null || $(MAKE) --no-print-directory debian PACKAGES=chromium
	@fc-list :lang=zh 2>/dev/null | grep -q . || $(MAKE) --no-print-directory debian PACKAGES="fontconfig fonts-noto-cjk"
	@touch $@

# The checker of HTML runs on Debian's Node.js; the lock file names versions and hashes.
$(VENV)/html-validate.stamp: tests/html-validate/package.json tests/html-validate/package-lock.json | $(BIN)/python
	@command -v node >/dev/null && command -v npm >/dev/null || $(MAKE) --no-print-directory debian PACKAGES="nodejs npm"
	mkdir -p $(VENV)/html-validate
	cp tests/html-validate/package.json tests/html-validate/package-lock.json $(VENV)/html-validate/
	npm ci --prefix $(VENV)/html-validate --no-audit --no-fund --silent
	@touch $@

# Tables must come back from a real spreadsheet program as they went.
$(VENV)/libreoffice.stamp: $(VENV)/test.stamp
	@command -v soffice >/dev/null || $(MAKE) --no-print-directory debian PACKAGES=libreoffice-calc
	@touch $@

.PHONY: debian
debian:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; \
	else \
		echo "Missing: $(PACKAGES). On Debian or Ubuntu: sudo apt-get update && sudo apt-get install $(PACKAGES)"; exit 1; \
	fi
