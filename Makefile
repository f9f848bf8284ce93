# Each target does its own set-up, in .venv: uv where it is there, pip otherwise.
PYTHON ?= python3
BIN := .venv/bin
# A machine that forbids bytecode would compile every import anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: start test lint media bench docs screenshots lock help

help:  ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

start: .venv/.run  ## open the course in a browser
	@$(BIN)/kit start $(ARGS)

test: lint .venv/.programs .venv/.suites  ## everything that CI runs
	$(BIN)/pytest $(ARGS)

lint: .venv/.dev  ## style, types, and the one-way imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

media: .venv/.dev .venv/.programs  ## what kit media needs: ffmpeg, Chromium, a voice
	@echo "kit media has what it needs: ffmpeg, Chromium and a voice."

bench: .venv/.dev .venv/.programs  ## figures, side by side with stock Voila
	$(BIN)/python -m bench $(ARGS)

docs: .venv/.dev  ## the pages that are made from the code
	$(BIN)/python -m docs.make_checks
	$(BIN)/python -m docs.make_lint

screenshots: .venv/.dev .venv/.programs  ## the README's pictures, of the real thing
	$(BIN)/python docs/screenshots/take.py

lock:  ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev pyproject.toml -o requirements-dev.lock

.venv/.run: requirements.lock pyproject.toml
	@$(call install,requirements.lock)
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml
	@$(call install,requirements-dev.lock)
	@touch $@ .venv/.run

.venv/.programs: .venv/.dev tests/need_programs.sh
	@tests/need_programs.sh $(BIN)
	@touch $@

# Without a network, the tests that need them are skipped; CI has one.
.venv/.suites: .venv/.dev tests/upstream/requirements.txt
	@if $(BIN)/python -m tests.upstream.fetch; then touch $@; else [ "$$CI" != true ]; fi

define install
	set -e; \
	$(PYTHON) -c 'import sys; sys.exit("Lesson Kit needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'; \
	echo "Setting up .venv (once; a few minutes on a slow line) ..."; \
	if command -v uv >/dev/null; then \
		[ -x $(BIN)/python ] || uv venv -q --python $(PYTHON) .venv; \
		uv pip install -q --python $(BIN)/python --require-hashes -r $(1); \
		uv pip install -q --python $(BIN)/python --no-deps -e .; \
	else \
		[ -x $(BIN)/python ] && $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv; \
		$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); \
		$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .; \
	fi
endef
