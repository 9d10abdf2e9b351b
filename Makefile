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
	$(BIN)/pytest --numprocesses=2 --dist=loadfile

.PHONY: lint
lint: $(VENV)/test.stamp ## Check style and types.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.PHONY: audit
audit: engines $(VENV)/chromium.stamp $(VENV)/browsers.stamp $(VENV)/html-validate.stamp $(VENV)/libreoffice.stamp $(VENV)/web-servers.stamp ## Run the slow checks.
	$(BIN)/pytest -m audit --numprocesses=2

.PHONY: walks
walks: $(VENV)/test.stamp ## Walk through a project by 300 random edits, seven times more than the slow checks do.
	$(BIN)/pytest -m walks --numprocesses=2

.PHONY: engines
engines: $(VENV)/test.stamp $(VENV)/engines.stamp ## Build with MkDocs, ProperDocs and Zensical, and compare.
	$(BIN)/python -m tests.engines.check

.PHONY: windows
windows: $(VENV)/windows.stamp ## Do an editor's jobs with Windows' own Python, on Wine.
	$(BIN)/python -m tests.windows.check

.PHONY: axe
axe: build $(VENV)/test.stamp $(VENV)/chromium.stamp ## Let axe look at every page of the site; axe.json is for the self-check.
	$(BIN)/python -m tests.accessibility.axe_results site axe.json

.PHONY: browsers
browsers: $(VENV)/browsers.stamp ## Walk through the site in Firefox, WebKit and two Chromiums.
	$(BIN)/pytest -m audit tests/browsers

.PHONY: screenshots
screenshots: $(VENV)/test.stamp $(VENV)/chromium.stamp ## Take pictures of every template into screenshots/index.html.
	$(BIN)/python -m tests.support.screenshots

.PHONY: pictures
pictures: $(VENV)/test.stamp $(VENV)/chromium.stamp ## Take the pictures of the editor guide anew.
	$(BIN)/python -m tests.guide.pictures

.PHONY: bench
bench: $(VENV)/peers.stamp $(VENV)/chromium.stamp ## Measure beside other generators, and keep the run (N=10000).
	$(BIN)/python -m benchmarks.comparison --count $(N) --keep benchmarks/README.md
N := 10000

.PHONY: peers
peers: $(VENV)/peers.stamp ## Install the generators that `make bench` compares with.

.PHONY: bless
bless: $(VENV)/test.stamp ## Accept the present output for the tests' invented district.
	$(BIN)/pytest tests/site/test_district.py --bless

.PHONY: requirements
requirements: $(VENV)/test.stamp ## Pin the newest allowed versions, with hashes.
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra setup --output-file requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra setup --extra test --constraints requirements.txt --output-file requirements-test.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra setup --extra engines --constraints requirements.txt --no-emit-package mkdocs --no-emit-package mkdocs-get-deps --output-file tests/engines/requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet $(LOCK) --output-file $(PEERS)/requirements.txt $(PEERS)/requirements.in
LOCK := --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11

# From the commit, with its day and plain permissions, so that every machine makes the same bytes.
WHEEL := $(VENV)/wheel
.PHONY: wheel
wheel: $(VENV)/site.stamp ## Make the generator's package from the last commit, into dist/.
	rm -rf $(WHEEL) && mkdir -p $(WHEEL)
	git archive HEAD | (umask 022 && tar --extract --no-same-permissions --directory $(WHEEL))
	umask 022 && SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist ./$(WHEEL)
	rm -rf $(WHEEL)

.PHONY: clean
clean: ## Remove everything that was made.
	rm -rf $(VENV) dist site .site.* .mypy_cache .pytest_cache .ruff_cache test-results screenshots

# --- Set-up -----------------------------------------------------------------------------------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing; on Debian: apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory debian PACKAGES=python3-venv
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# Where Python may write no bytecode, as in many images, every command would compile 240 modules again: 0.2 s.
	$(BIN)/python -m compileall -q macros
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/site.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.txt
	@touch $@

# The other engines stand apart from MkDocs, which is left out there: what they build, they build without it.
$(VENV)/engines.stamp: tests/engines/requirements.txt pyproject.toml | $(BIN)/python
	rm -rf $(VENV)/engines
	$(BIN)/python -m venv $(VENV)/engines
	$(VENV)/engines/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement tests/engines/requirements.txt
	$(VENV)/engines/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Browser tests need Debian's Chromium and a Chinese font, without which widths are wrong.
$(VENV)/chromium.stamp: $(VENV)/test.stamp
	@command -v chromium >/dev/null || $(MAKE) --no-print-directory debian PACKAGES=chromium
	@fc-list :lang=zh 2>/dev/null | grep -q . || $(MAKE) --no-print-directory debian PACKAGES="fontconfig fonts-noto-cjk"
	@touch $@

# Firefox and WebKit are Debian's; WebKit wants a screen. The old Chromium is npm's, packed, for x86-64 alone; it needs no library that today's doesn't.
OLD := $(VENV)/old-chromium
$(VENV)/browsers.stamp: tests/browsers/package.json tests/browsers/package-lock.json $(VENV)/chromium.stamp
	@command -v firefox-esr >/dev/null && command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || \
		$(MAKE) --no-print-directory debian PACKAGES="firefox-esr webkit2gtk-driver xvfb"
	@command -v node >/dev/null && command -v npm >/dev/null || $(MAKE) --no-print-directory debian PACKAGES="nodejs npm"
ifeq ($(shell uname -m),x86_64)
	rm -rf $(OLD)
	mkdir -p $(OLD)
	cp tests/browsers/package.json tests/browsers/package-lock.json $(OLD)/
	npm ci --prefix $(OLD) --legacy-peer-deps --ignore-scripts --no-audit --no-fund --silent
	node -e 'const [packed, out] = process.argv.slice(1); fs.writeFileSync(out, zlib.brotliDecompressSync(fs.readFileSync(packed)), { mode: 0o755 })' \
		$(OLD)/node_modules/chrome-aws-lambda/bin/chromium.br $(OLD)/chromium
	rm -rf $(OLD)/node_modules
endif
	@touch $@

# The generators to compare with have an environment of their own; the lock files name versions and hashes.
PEERS := benchmarks/peers
$(VENV)/peers.stamp: $(PEERS)/requirements.txt $(PEERS)/package.json $(PEERS)/package-lock.json $(VENV)/test.stamp
	@command -v node >/dev/null && command -v npm >/dev/null || $(MAKE) --no-print-directory debian PACKAGES="nodejs npm"
	rm -rf $(VENV)/peers
	$(BIN)/python -m venv $(VENV)/peers
	$(VENV)/peers/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $(PEERS)/requirements.txt
	cp $(PEERS)/package.json $(PEERS)/package-lock.json $(VENV)/peers/
	npm ci --prefix $(VENV)/peers --no-audit --no-fund --silent
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
	@command -v localc >/dev/null && command -v lowriter >/dev/null || $(MAKE) --no-print-directory debian PACKAGES="libreoffice-calc libreoffice-writer"
	@touch $@

# The set-ups of web servers in docs/dev/publishing.md are tried. Debian starts each as a service when it is installed; not wanted here.
$(VENV)/web-servers.stamp: $(VENV)/test.stamp
	@for server in nginx caddy; do \
		command -v $$server >/dev/null || test -x /usr/sbin/$$server && continue; \
		$(MAKE) --no-print-directory debian PACKAGES=$$server || exit 1; \
		systemctl disable --now --quiet $$server 2>/dev/null || true; \
	done
	@touch $@

# Windows' own Python runs on Debian's Wine; a compiler makes the one library that Wine lacks (tests/windows/setting_up.py).
$(VENV)/windows.stamp: requirements-test.txt tests/windows/python.txt tests/windows/randomness.c tests/windows/setting_up.py | $(VENV)/test.stamp
	@command -v wine >/dev/null && command -v x86_64-w64-mingw32-gcc >/dev/null || \
		$(MAKE) --no-print-directory debian PACKAGES="wine wine64 gcc-mingw-w64-x86-64-win32"
	$(BIN)/python -m tests.windows.setting_up
	@touch $@

.PHONY: debian
debian:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; \
	else \
		echo "Missing: $(PACKAGES). On Debian or Ubuntu: sudo apt-get update && sudo apt-get install $(PACKAGES)"; exit 1; \
	fi
