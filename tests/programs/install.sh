#!/usr/bin/env bash
# The programs that pip and npm have, beside this file: tests/programs/test_programs.py finds them there.
set -euo pipefail
cd "$(dirname "$0")"
[ -d .venv ] || python3 -m venv .venv
.venv/bin/pip install -q -r requirements.txt
npm install --no-package-lock --no-audit --no-fund --loglevel=error
