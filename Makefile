# make demo    set up, read an example article, put three example stories into an archive, trace one, and say how to open the page
# make test    set up and run all tests
# make lint    ruff, mypy --strict and the import contract
# make bench   every benchmark against benchmarks/floors.json
# Needs Python 3.11 or newer; uv is used where it is installed.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXAMPLES := src/volgens/examples
DEMO := build/demo/news.db
STORY := https://www.loerbode.example/regio/heerlo/luchthaven-wil-af-van-passagiers
UV := $(shell command -v uv 2>/dev/null)

.PHONY: demo test lint bench clean
.DELETE_ON_ERROR:

define install
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "volgens needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(if $(UV),uv venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))
	@echo "installing into $(VENV) ..."
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check) -e '.$(1)'
endef

$(VENV)/.installed: pyproject.toml
	$(call install,)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml
	$(call install,[dev])
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/volgens read $(EXAMPLES)/en-ferry-5-ledgerline.html
	@rm -rf build/demo && mkdir -p build/demo
	@$(BIN)/volgens add --archive $(DEMO) --quiet $(EXAMPLES)/*.jsonl
	@echo 'tracing the claims of three stories to their origins ...'
	@$(BIN)/volgens trace --archive $(DEMO) --quiet >/dev/null
	@$(BIN)/volgens trace --archive $(DEMO) $(STORY)
	@echo
	@echo 'Above: who says what, in one article; and where the claims of a story start that eleven articles tell.'
	@echo 'To see it drawn, with two more stories, and to search, open the page:'
	@echo '  $(BIN)/volgens serve --archive $(DEMO) --open'
	@echo 'Now try'
	@echo '  $(BIN)/volgens read FILE        a text or a saved page of your own'
	@echo '  $(BIN)/volgens read ADDRESS     a page on the web'
	@echo '  $(BIN)/volgens trace FILE       articles of your own in JSON lines: how many sources are there really?'
	@echo '  $(BIN)/volgens add FOLDER       articles of your own into an archive, and then: volgens stories'
	@echo '  $(BIN)/volgens read --help      JSON for machines, and more'

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.quality --check
	$(BIN)/python -m benchmarks.labels --check
	$(BIN)/python -m benchmarks.times --check
	$(BIN)/python -m benchmarks.speakers --check
	$(BIN)/python -m benchmarks.startup --check
	$(BIN)/python -m benchmarks.speed --check
	$(BIN)/python -m benchmarks.pages --check
	$(BIN)/python -m benchmarks.credits --check
	$(BIN)/python -m benchmarks.stories --check
	$(BIN)/python -m benchmarks.copies --check
	$(BIN)/python -m benchmarks.citations --check
	$(BIN)/python -m benchmarks.claims --check
	$(BIN)/python -m benchmarks.meaning --check
	$(BIN)/python -m benchmarks.origins --check
	$(BIN)/python -m benchmarks.scale --check
	$(BIN)/python -m benchmarks.readers --check
	$(BIN)/python -m benchmarks.warc --check
	$(BIN)/python -m benchmarks.kills --check
	$(BIN)/python -m benchmarks.fuzz --check

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
