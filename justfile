# Recipes for people; .ci/run does the same on a fresh clone.

bin := ".venv/bin"

# everything that a change must pass
check: format-check lint types imports test

# a virtual environment with the locked versions
setup:
    python3 -m venv .venv
    {{bin}}/pip install -q -r requirements-dev.lock
    {{bin}}/pip install -q --no-build-isolation --no-deps -e .

format:
    {{bin}}/ruff format .
    {{bin}}/ruff check --fix .

format-check:
    {{bin}}/ruff format --check .

lint:
    {{bin}}/ruff check .

types:
    {{bin}}/mypy

imports:
    {{bin}}/lint-imports

test *arguments:
    {{bin}}/pytest {{arguments}}

# what takes more than a second stays out
test-quick:
    {{bin}}/pytest -m "not slow"

# how fast it reads and judges
benchmark:
    {{bin}}/python benchmarks/packets_benchmark.py
    {{bin}}/python benchmarks/config_benchmark.py
    {{bin}}/python -m benchmarks.reports_benchmark

# locks the versions anew, newest first; needs uv
lock:
    #!/usr/bin/env bash
    set -euo pipefail
    for pair in "requirements.lock build" "requirements-dev.lock dev"; do
        read -r file group <<<"$pair"
        head=$(grep '^#' "$file")
        uv pip compile pyproject.toml --group "$group" --universal --generate-hashes --upgrade \
            --no-annotate --no-header --quiet --output-file "$file.new"
        { printf '%s\n' "$head"; cat "$file.new"; } >"$file"
        rm "$file.new"
    done

# the whole of it, as CI runs it
ci:
    .ci/run
