# What a developer or a trial needs. Prerequisites: make and Python 3.11 or later; every target sets up the rest.
#
#   make demo     a branch firewall in the simulator, configured by a playbook
#   make test     all tests
#   make help     the other targets

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
COLLECTION := .collections/ansible_collections/hfortix/fortios
WORKERS ?= 2

export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/.collections
export PATH := $(CURDIR)/$(BIN):$(PATH)
# The same output whoever runs it.
export PYTHONHASHSEED := 0
unexport PYTHONPATH
# Compiled files are kept, as Python does by default: most of what runs here are short processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# -- setting up -------------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.stamp links ## Prepare .venv and .collections; quick when nothing changed

$(VENV)/bin/python:
	@tools/find-python -m venv --clear $(VENV)

$(VENV)/.stamp: requirements.txt requirements-dev.txt constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing the tools into $(VENV) (about a minute)"
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements-dev.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

# The checkout under the name by which Ansible looks for it, and the SDK under its own name.
.PHONY: links
links: | $(COLLECTION) .collections/hfortix_fortios
$(COLLECTION):
	@mkdir -p $(@D)
	@ln -sfn ../../.. $@
.collections/hfortix_fortios:
	@mkdir -p $(@D)
	@ln -sfn ../plugins/module_utils/hfortix_fortios $@

# -- tests ------------------------------------------------------------------------------------------------------

.PHONY: test
test: setup ## All tests
	$(PYTHON) -m pytest -n $(WORKERS) $(PYTEST_ARGS)

.PHONY: molecule
molecule: setup ## The molecule scenario, against the simulator
	cd extensions && molecule test --scenario-name default

.PHONY: demo
demo: setup ## A playbook against a simulated branch firewall: apply, apply again, try a change, show
	@$(PYTHON) demo/run.py

.PHONY: bench
bench: setup .cache/bench/hfortix/.stamp ## Measure, and write docs/benchmarks.md (quarter of an hour; nothing else should run)
	$(PYTHON) -m tests.benchmark $(BENCH_ARGS)

# The other SDK has the import name of ours.
.cache/bench/hfortix/.stamp: tests/benchmark/requirements.txt
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# -- the generator ----------------------------------------------------------------------------------------------

.PHONY: generate
generate: setup ## Write modules, endpoint classes and meta/runtime.yml from the catalogue
	$(PYTHON) -m generator generate

.PHONY: generate-check
generate-check: setup ## Fail when what is generated differs from what is committed
	$(PYTHON) -m generator check

# -- gates ------------------------------------------------------------------------------------------------------

.PHONY: lint
lint: lint-quick sanity ## Every gate (about ten minutes; lint-quick takes one)

.PHONY: lint-quick
lint-quick: lint-python lint-yaml lint-docs ## Every gate but ansible-test sanity

.PHONY: lint-python
lint-python: setup ## ruff and mypy
	ruff check .
	ruff format --check .
	mypy -p ansible_collections.hfortix.fortios.plugins.module_utils -p ansible_collections.hfortix.fortios.plugins.httpapi \
	    -p ansible_collections.hfortix.fortios.plugins.action -p ansible_collections.hfortix.fortios.plugins.plugin_utils \
	    -p ansible_collections.hfortix.fortios.plugins.filter -p ansible_collections.hfortix.fortios.plugins.inventory \
	    -p ansible_collections.hfortix.fortios.plugins.lookup -p generator -p tests.simulator

.PHONY: lint-yaml
lint-yaml: setup ## yamllint and ansible-lint
	yamllint --strict .
	ansible-lint --profile production --offline --strict

.PHONY: lint-docs
lint-docs: setup ## The documentation of every plugin and the changelog
	antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self --skip-rstcheck .
	antsibull-changelog lint

.PHONY: sanity
sanity: setup ## ansible-test sanity, every test that needs no container
	tools/sanity

# What takes long is compiling and importing each file once more and pylint's own analysis; ruff, mypy and the tests see those files too.
SLOW_SANITY := pylint import compile
.PHONY: sanity-quick
sanity-quick: setup ## ansible-test sanity without the slowest tests: validate-modules and the rest, for every module
	tools/sanity $(addprefix --skip-test ,$(SLOW_SANITY))

# -- building ---------------------------------------------------------------------------------------------------

.PHONY: build
build: setup ## The collection and the Python package, into dist/
	ansible-galaxy collection build --force --output-path dist
	$(PYTHON) -m build --no-isolation --outdir dist
	@ls -l dist

.PHONY: changelog
changelog: setup ## Turn changelogs/fragments into a release entry and CHANGELOG.*
	antsibull-changelog release

.PHONY: clean
clean: ## Everything that make made, but not .venv
	rm -rf .cache .collections build dist demo/.state
