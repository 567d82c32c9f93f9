# The two commands: `make run` opens the studio, `make test` proves it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
VENV := .venv
PYTHON := $(VENV)/bin/python
# A tested version, installed first: a range would fetch the newest, and with it gigabytes that a processor never uses.
TORCH ?= torch==2.13.0

.PHONY: run test lint screenshots clean system-run system-test

run: system-run $(VENV)/.installed
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    echo "Opening the studio."; \
	    $(PYTHON) -m aestudio; \
	else \
	    echo "There is no display here: restoring the sample photos instead."; \
	    $(PYTHON) -m aestudio samples -o samples-restored; \
	fi

test: system-test $(VENV)/.installed-test
	@echo "Running the tests: first those without a screen, then the window on a virtual one."
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -q -n 2 -m "not xvfb"
	QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" $(PYTHON) -m pytest -q -m xvfb tests/gui

lint: $(VENV)/.installed-test
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy --strict

screenshots: system-test $(VENV)/.installed-test
	xvfb-run -a -s "-screen 0 1600x1000x24" $(PYTHON) docs/screenshots.py

$(VENV)/bin/python:
	@for python in python3.13 python3.12 python3.11 python3; do \
	    if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
	        echo "Making $(VENV) with $$python."; \
	        "$$python" -m venv $(VENV); \
	        exit 0; \
	    fi; \
	done; \
	echo "AEStudio needs Python 3.11, 3.12 or 3.13, and none was found. Please install one of them."; \
	exit 1

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing AEStudio into $(VENV)."
	$(PYTHON) -m pip install --quiet --disable-pip-version-check "$(TORCH)"
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing what the tests need."
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

system-run:
	@bash .ci/system-libraries

system-test:
	@bash .ci/system-libraries test

clean:
	rm -rf $(VENV) build dist samples-restored .mypy_cache .ruff_cache .pytest_cache
