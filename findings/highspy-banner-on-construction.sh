#!/usr/bin/env bash
# highspy 1.16.0: making a solver writes two lines on standard output, before anything can be set;
# silent() comes too late, be it called at once. With 1.11.0 silent() or output_flag=False, set
# first, keep the output empty. A command that prints JSON gets them in it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >solve.py <<'PY'
import highspy

solver = highspy.Highs()
solver.silent()
x = solver.addVariable(lb=0, ub=4)
solver.maximize(x)
assert solver.val(x) == 4
PY
failed=0
for pair in 1.11.0:0 1.16.0:2; do
  version=${pair%:*}
  python3 -m venv "env-$version"
  "env-$version/bin/pip" install -q "highspy==$version" numpy==2.2.6
  "env-$version/bin/python" solve.py >"said-$version"
  echo "highspy $version writes $(wc -l <"said-$version") lines:"
  cat "said-$version"
  [ "$(wc -l <"said-$version")" -eq "${pair#*:}" ] || failed=1
done
exit "$failed"
