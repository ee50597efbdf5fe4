#!/usr/bin/env bash
# Renders a plugin of each kind, installs it in a fresh environment, and runs its tests and the laws.
# usage: check_new_plugins.sh [KIND ...]
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m venv "$scratch/venv"
export PATH="$scratch/venv/bin:$PATH" PIP_DISABLE_PIP_VERSION_CHECK=1
pip install --quiet ".[testing]"

for kind in "${@:-extractor exporter reader lexicon}"; do
    for one in $kind; do
        printf '\n== %s\n' "$one"
        name="diploparse-try-$one"
        diploparse new-plugin "$name" --kind "$one" --out "$scratch"
        pip install --quiet "$scratch/$name"
        diploparse plugins --json | grep --quiet "\"try-$one\""
        (cd "$scratch/$name" && python -m pytest -q -W error -p no:cacheprovider --import-mode=importlib)
        diploparse check "try-$one" --inputs 5 --law total --law export_total --law read_total --law entries_are_found
    done
done
