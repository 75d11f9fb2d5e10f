# Two commands matter: `make site` and `make test`. Each makes its own environment under build/ on the
# first run, from a lock file with hashes, and does none of that work again until the lock changes.
# Needed beforehand: Python 3.11 or later with its venv module, git, make. PYTHON=… picks the interpreter.

.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

# An interpreter's own settings must not leak into the environments made here.
unexport PYTHONHOME PYTHONPATH

SITE := build/venv-site
DEV := build/venv-dev
LOCK := build/venv-lock
PEERS := build/peers
SPARK := $(DEV)/.spark-ready
PYTEST_ARGS ?=
BENCH_ARGS ?=
LOCK_ARGS ?=

.PHONY: help site test lint format lock bench peers spark clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sort | while IFS=: read -r name rest; do \
	  printf '  make %-8s %s\n' "$$name" "$${rest##*## }"; done

site: $(SITE)/.ready  ## validate records/, print the headline metrics, publish the site to build/site
	@$(SITE)/bin/python -m servicebook validate
	@$(SITE)/bin/python -m servicebook metrics
	@$(SITE)/bin/python -m servicebook publish
	@echo "Open build/site/index.html in a browser; it works without a server and without a network."

test: $(DEV)/.ready  ## run every test
	@$(DEV)/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

lint: $(DEV)/.ready  ## ruff, mypy, the import contract, and zizmor on the workflows
	@$(DEV)/bin/python -m ruff check .
	@$(DEV)/bin/python -m ruff format --check .
	@$(DEV)/bin/python -m mypy
	@$(DEV)/bin/lint-imports
	@$(DEV)/bin/zizmor --offline --quiet --persona auditor .github

format: $(DEV)/.ready  ## let ruff put the code in order
	@$(DEV)/bin/python -m ruff check --fix .
	@$(DEV)/bin/python -m ruff format .

bench: $(DEV)/.ready  ## measure against peers (minutes; needs npm); writes bench/RESULTS.md
	@$(DEV)/bin/python -m bench $(BENCH_ARGS)

lock: $(LOCK)/.ready  ## resolve the lock files again (LOCK_ARGS=--upgrade for newer versions)
	@$(call compile,requirements/site.txt,--extra site --extra foresight --group build pyproject.toml)
	@$(call compile,requirements/dev.txt,--extra dev --group build pyproject.toml)
	@$(call compile,requirements/spark.txt,--extra spark --constraints requirements/dev.txt pyproject.toml)
	@$(call compile,requirements/lock.txt,--group lock)
	@! command -v npm >/dev/null || { cd requirements/peers && npm install --silent --package-lock-only; }

peers: $(PEERS)/.ready  ## install the other validators and public schemas that tests compare with (needs npm)

spark: $(SPARK)  ## install Apache Spark for the tests of its engine (needs Java 17 or later; some 500 MB)

clean:  ## remove build/ with its environments
	rm -rf build

# One resolution for every Python and platform that the project supports, with the hash of every file,
# and without the address of the index that answered: who installs decides where from.
compile = $(LOCK)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(LOCK_ARGS) $(2) --output-file $(1)

# Wheels only: building a source distribution would run code that no hash in the lock file covers.
install = "$(1)/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $(2)

# The package itself is installed editable, so that the environments need no new install when code changes;
# a change of metadata or entry points is a change of pyproject.toml.
$(SITE)/.ready: requirements/site.txt pyproject.toml
	$(call make-venv,$(SITE))
	@$(call install,$(SITE),requirements/site.txt)
	@$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV)/.ready: requirements/dev.txt pyproject.toml
	$(call make-venv,$(DEV))
	@$(call install,$(DEV),requirements/dev.txt)
	@$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(LOCK)/.ready: requirements/lock.txt
	$(call make-venv,$(LOCK))
	@$(call install,$(LOCK),requirements/lock.txt)
	@touch $@

# npm checks each package by the hash in the lock file and runs nothing that it brings.
$(PEERS)/.ready: $(addprefix requirements/peers/,package.json package-lock.json .npmrc)
	@echo "Installing the peers in $(PEERS) (once)…" >&2
	@rm -rf $(PEERS) && mkdir -p $(PEERS) && cp $^ $(PEERS)
	@cd $(PEERS) && npm ci --silent
	@touch $@

# Spark comes as source alone. Its build runs nothing that no hash covers: what it is built with is in the lock of
# the development environment, and no build environment of its own is made.
$(SPARK): requirements/spark.txt $(DEV)/.ready
	@echo "Installing Apache Spark in $(DEV) (once)…" >&2
	@$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation \
	  --only-binary :all: --no-binary pyspark -r requirements/spark.txt
	@touch $@

# A half-made environment is worse than none: always from scratch, and the stamp comes last.
define make-venv
@python="$(PYTHON)"; \
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
  [ -z "$$python" ] || break; \
  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$candidate"; fi; \
done; \
if [ -z "$$python" ]; then \
  echo "servicebook needs Python 3.11 or later, and none was found. Install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 2; \
fi; \
if ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
  echo "servicebook needs Python 3.11 or later; $$python is not. Name another: make PYTHON=/path/to/python3.12" >&2; exit 2; \
fi; \
if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
  echo "$$python has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; \
fi; \
echo "Making the environment $(1) (once)…" >&2; \
rm -rf "$(1)"; "$$python" -m venv "$(1)"
endef
