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
