# Two commands do everything: `make run` and `make test`. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
export SHECUN_HOME ?= $(CURDIR)/home
export PYTHONUTF8 := 1

.PHONY: help environment run test check lint types imports style format bench migration texts fonts libraries clean

help: ## List these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | column -t -s '|'

environment: ## Create .venv from the lock (seconds when nothing changed)
	@$(PYTHON) -m tools.environment

run: environment ## Serve on 127.0.0.1:8000 (PORT), with the sample county when the database is empty
	@$(BIN)/shecun demo --if-empty
	@exec $(BIN)/shecun serve

test: environment ## Everything: format, lint, types, imports, tests on SQLite and PostgreSQL, browser journeys
	@$(BIN)/python -m tools.system_packages
	@$(MAKE) lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --databases $$($(BIN)/python -m tools.system_packages --databases)
	@$(BIN)/python -m tools.system_packages --report

check: environment ## The quick half: lint, and the tests on SQLite without browser, processes and whole installations
	@$(MAKE) lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --databases sqlite --hypothesis-profile quick -m "not browser and not processes and not installation"

lint: environment ## Format, lint, strict types and import contracts
	@$(MAKE) --jobs 2 --keep-going --output-sync style imports types

style:
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

imports:
	@said=$$($(BIN)/lint-imports) || { echo "$$said"; exit 1; }

types:
	$(BIN)/mypy

format: environment ## Put every source file into the one format
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

bench: environment ## Measure the claims of the README on this machine
	$(BIN)/python -m benchmarks

migration: environment ## Write a migration from the models: make migration NAME="add parcels"
	$(BIN)/python -m tools.new_migration "$(NAME)"

texts: environment ## Collect the texts into the English catalogue, compile it, and name those not yet translated
	$(BIN)/python -m tools.translations update

fonts: environment ## Build the vendored fonts anew from their packages
	$(BIN)/python -m tools.vendor_fonts

libraries: environment ## Fetch the vendored browser libraries anew from their packages
	$(BIN)/python -m tools.vendor_libraries

clean: ## Remove the environment and all caches, never the data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
