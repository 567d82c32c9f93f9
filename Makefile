# make run    opens the studio; without a screen, restores the sample photos
# make test   runs all tests
# make lint   checks style and types
# make weights DATA=… MEASURE=… [HOURS=…]   trains all models, and keeps those that are better; goes on where it stopped
# All set everything up in .venv the first time, and can be repeated. See README.md.

# Named outright: its plain range brings several gigabytes of CUDA packages to a Linux machine without a graphics card
# of that kind. Another one: make TORCH='torch==2.14.1' run
TORCH ?= torch==2.13.0
RESULTS ?= build/samples
OUT ?= runs/weights
WORKERS ?= 2

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STAMP := $(BIN)/.aestudio

.PHONY: run test test-core lint check weights screenshot clean

run: $(STAMP)-run
	@sh .ci/system-libraries run
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no screen here: restoring the sample photos."; \
		$(BIN)/aestudio samples --out "$(RESULTS)" --overwrite; \
	else \
		echo "Opening the studio."; \
		$(BIN)/aestudio; \
	fi

test: $(STAMP)-test
	@sh .ci/system-libraries test
	@echo "Running the tests, $(WORKERS) at a time."
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) -m "not xvfb"
	@if command -v xvfb-run >/dev/null; then \
		echo "Running the tests of the real window on a virtual screen."; \
		QT_QPA_PLATFORM=xcb xvfb-run -a $(BIN)/python -m pytest -m xvfb; \
	else \
		echo "xvfb-run is not installed: the tests of the real window are left out."; \
	fi

# the core must work where Qt cannot even be imported
test-core: $(STAMP)-test
	@echo "Running the tests of everything but the window, without Qt."
	PYTHONPATH=.ci/no_qt $(BIN)/python -m pytest -n $(WORKERS) -p no:pytest-qt -p without_qt --ignore=tests/gui

lint: $(STAMP)-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict

check: lint test test-core

weights: $(STAMP)-test
	@test -n "$(DATA)" || { echo "Please say where the photos to learn from are: make weights DATA=PHOTOS MEASURE=KODAK"; exit 2; }
	@sh .ci/system-libraries test
	$(BIN)/aestudio weights --data "$(DATA)" $(if $(MEASURE),--measure "$(MEASURE)") --out "$(OUT)" $(if $(HOURS),--hours $(HOURS)) $(NAMES)

screenshot: $(STAMP)-test
	@sh .ci/system-libraries test
	xvfb-run -a -s "-screen 0 1600x1000x24" $(BIN)/python docs/screenshots.py

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMP)-run: pyproject.toml
	@python=$$(sh .ci/find-python) && echo "Setting up AEStudio in .venv with $$("$$python" --version); this takes a few minutes." && \
	{ $(BIN)/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear .venv; }
	@echo "Installing $(TORCH)."
	@$(PIP) install "$(TORCH)"
	@echo "Installing AEStudio and the rest of what it needs."
	@$(PIP) install --editable .
	@touch $@

$(STAMP)-test: pyproject.toml $(STAMP)-run
	@echo "Installing what the tests need."
	@$(PIP) install --editable ".[test]"
	@touch $@
