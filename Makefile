# The commands of the project. Needs GNU make, a POSIX shell and Python 3.11 or newer; everything else is set up from the locks.
# The first that runs: a name on the path may be a stand-in for a version that is not there.
PYTHON ?= $(shell for python in python3.11 python3.13 python3.12 python3.14 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && echo $$python && exit; done; echo python3)
UV_COMPILE = ../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header
export PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup demo start test lint format types lock bench clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Python, Node and front-end packages and the front end's build, where they are not up to date
	@$(PYTHON) -m deploy.setup

demo: setup ## Set up and run everything on http://127.0.0.1:8000 (PORT=… for another); Ctrl-C stops it
	@.venv/bin/python -m annotation_server.demo

start: setup ## Set up and run an empty server for work of your own, as the demo runs (PORT, OWNER=your name)
	@DEMO=0 .venv/bin/python -m annotation_server.demo

test: setup ## Set up and run every test; ARGS="tests/steps -k claim" runs pytest with these arguments alone
ifdef ARGS
	@.venv/bin/python -m pytest $(ARGS)
else
	@.venv/bin/python -m tests.all_suites
endif

lint: setup ## Every static check; ARGS="mypy" runs that one alone
	@.venv/bin/python -m deploy.lint $(ARGS)

format: setup ## Lay out Python and TypeScript as the checks want it
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format .
	@.venv/bin/python -m deploy.node run --silent format

types: setup ## Write the front end's API types anew from the server's OpenAPI document
	@.venv/bin/python manage.py spectacular --format openapi-json --file var/openapi.json
	@.venv/bin/python -m deploy.node run --silent types

lock: ## Lock the dependencies anew after a change of pyproject.toml (what is locked stays unless it must change)
	cd requirements && $(UV_COMPILE) --all-extras ../pyproject.toml -o dev.lock
	cd requirements && $(UV_COMPILE) -c dev.lock --extra storage ../pyproject.toml -o web.lock
	cd requirements && $(UV_COMPILE) -c dev.lock --extra formats --extra hub --extra storage ../pyproject.toml -o worker.lock
	cd requirements && $(UV_COMPILE) -c dev.lock --extra captioner --extra storage ../pyproject.toml -o captioner.lock
	cd requirements && $(UV_COMPILE) node.in -o node.lock
	cd requirements && $(UV_COMPILE) semgrep.in -o semgrep.lock

bench: setup ## Every benchmark: a readable table and one line of JSON each
	@for file in bench/[a-z]*.py; do \
		name=$$(basename $$file .py); echo "== $$name"; .venv/bin/python -m bench.$$name --json || exit 1; \
	done

clean: ## Remove what was set up and built; the demo's data under var/ stays
	rm -rf .venv frontend/node_modules frontend/dist var/setup var/node var/chromium var/static
