# newsgraph: what one does with a checkout. `make help` lists it.

PYTHON ?= python3
VENV ?= .venv
WORK ?= build/model
PYTHON311 ?= python3.11
EVAL ?= ../shared/eval
QUADS ?=
PART ?=
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One set of versions for Python 3.11 and later, on every platform; hashes, and no download address.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help install demo serve test bench eval model picture lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

install: $(STAMP) ## set up the virtual environment VENV (default .venv) from the lock

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'newsgraph needs Python 3.11 or newer as "$(PYTHON)"; name another with: make install PYTHON=python3.12' >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo 'This Python cannot make virtual environments; install that part (Debian: apt-get install python3-venv).' >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: install ## read the sample articles, keep, query and export them; then end
	$(BIN)/newsgraph demo

# The store of `make demo` is served as long as there is no other.
serve: install ## serve the graph (that of the demo if there is no other) and print the address
	@if test -z "$$NEWSGRAPH_DATA" && test ! -e newsgraph-data && test -d demo/store; then \
	  set -- --data demo/store; fi; exec $(BIN)/newsgraph serve "$$@"

test: install ## lint, types and all tests that this machine can run
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --cov=graph --cov=api --cov-report=term:skip-covered

bench: install ## measure speed: PART=reading, serving, searching or rest; QUADS=10000000 for a large graph
	$(BIN)/python -m tests.bench $(PART) $(if $(QUADS),--quads $(QUADS))

eval: install ## measure reading on the open sets and the marked sheet: make eval EVAL=dir
	$(BIN)/python -m tests.eval --sets '$(EVAL)'

model: install ## train the language model anew on a folder of plain text: make model CORPUS=dir
	@test -n '$(CORPUS)' || { echo 'Name the folder of plain text: make model CORPUS=dir' >&2; exit 2; }
	@$(MAKE) --no-print-directory build/teacher/.installed
	$(BIN)/python -m graph.training --teacher build/teacher/bin/python '$(CORPUS)' '$(WORK)'

# The teacher is older than newsgraph and lives in an environment of its own, which Python 3.11 alone can have.
build/teacher/.installed: graph/training/teacher/requirements.txt
	@$(PYTHON311) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo 'The teacher needs Python 3.11; name it with: make model CORPUS=dir PYTHON311=path' >&2; exit 1; }
	$(PYTHON311) -m venv build/teacher
	build/teacher/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

picture: install ## take the picture of the README anew (needs Chromium)
	$(BIN)/python -m tests.picture

lock: install ## resolve the versions anew from pyproject.toml (needs the network)
	$(COMPILE) --upgrade --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt pyproject.toml -o requirements/app.txt
	$(COMPILE) -c requirements/dev.txt --group build -o requirements/build.txt

clean: ## remove what was made here: the environment, caches, builds and the demo
	test ! -f $(VENV)/pyvenv.cfg || rm -rf $(VENV)
	rm -rf build dist demo .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find graph api tests -name __pycache__ -type d -prune -exec rm -rf {} +
