# make demo: run the product.   make test: its tests.   The rest is for developers; CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test browser check bench score kinds screens lock

demo: .venv/run
	$(BIN)/anyue demo $(ARGS)

test: .venv/dev
	$(BIN)/python tools/run_tests.py $(ARGS)

browser: .venv/browser
	$(BIN)/python -m pytest -o addopts=-q tests/browser $(ARGS)

check: .venv/dev
	$(BIN)/python tools/run_checks.py

bench: .venv/dev
	$(BIN)/python benchmarks/run.py $(ARGS)

score: .venv/run
	$(BIN)/python tools/score.py $(ARGS)

kinds: .venv/kinds
	$(BIN)/python tools/train.py

screens: .venv/browser
	$(BIN)/python tools/screens.py $(ARGS)

.venv/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "This Python cannot make an environment: install its venv package (Debian: python3-venv)."; exit 1; }
	@touch $@

.venv/run: .venv/pip requirements/run.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/dev.txt
	@touch $@

.venv/kinds: .venv/run requirements/kinds.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/kinds.txt
	@touch $@

.venv/browser: .venv/dev requirements/browser.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/browser.txt
	@touch $@

# Pins what pyproject.toml asks for. Needs uv (pip install uv); writes no address of any index.
lock:
	$(BIN)/python tools/lock.py $(ARGS)
