#!/usr/bin/env bash
# The package for Python works as a new user would install it
set -euo pipefail
work=$PWD/target/python-package
rm -rf "$work"
mkdir -p "$work/wheels"
export PIP_CACHE_DIR=${PIP_CACHE_DIR:-$HOME/.cache/pip} XDG_CACHE_HOME=$work/cache XDG_STATE_HOME=$work/state PIP_DISABLE_PIP_VERSION_CHECK=1

echo "== the wheel, from the packaged jar"
"$PYTHON" -m pip wheel --quiet --no-deps --wheel-dir "$work/wheels" ./python
wheel=$(ls "$work"/wheels/ngff_spark-*.whl)
ls -l "$wheel"

echo "== a fresh environment"
"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --no-compile "$wheel[spark,pandas]" pytest==9.2.0 pyarrow==26.0.1 \
  ruff==0.17.6 mypy==2.4.1
unset SPARK_HOME PYSPARK_PYTHON PYSPARK_DRIVER_PYTHON
# Modules are compiled when they are imported first, and kept: not among the sources, of which other checks make jars.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX=$work/compiled

echo "== its sources, those of the processes that run functions, and the examples"
sources=(python src/main/resources/org/ngffspark/python examples/python)
"$work/venv/bin/ruff" check --quiet --no-cache --config python/pyproject.toml "${sources[@]}"
"$work/venv/bin/ruff" format --check --quiet --no-cache --config python/pyproject.toml "${sources[@]}"
(cd python && "$work/venv/bin/mypy" --cache-dir "$work/mypy" src)

echo "== its tests"
"$work/venv/bin/python" -m pytest -q -p no:cacheprovider python/tests

echo "== the command, and the scripts of README and docs/transforms.md"
awk '$0 == "```python" {block = ""; inside = 1; next}
  /^```/ {if (inside && block ~ /^import ngff_spark/) printf "%s", block; inside = 0}
  inside {block = block $0 "\n"}' README.md docs/transforms.md >"$work/shown.py"
[ "$(grep -c '^run = ns.transform' "$work/shown.py")" -eq 2 ]
(cd "$work" && venv/bin/ngff-spark demo demo && cd demo && ../venv/bin/python ../shown.py)

echo "== objects as a data frame of PySpark, the example and those of docs/measurements.md"
jar=$("$work/venv/bin/python" -c 'import ngff_spark, pathlib; print(*pathlib.Path(ngff_spark.__file__).parent.rglob("ngff-spark*.jar"))')
PYSPARK_SUBMIT_ARGS="--master local[2] --jars $jar --conf spark.driver.host=127.0.0.1 pyspark-shell" \
  PYSPARK_PYTHON=$work/venv/bin/python SPARK_LOCAL_IP=127.0.0.1 \
  "$work/venv/bin/python" src/test/python/check_data_frame.py "$work/demo/plate.zarr" nuclei

echo "== and the statements of docs/measurements.md in spark-sql, on the table that the example has written"
"$PYTHON" src/test/python/run_examples.py print spark-sql |
  sed "s:/data/plate.zarr:$work/demo/plate.zarr:; s:nuclei_features:contrast:; s:avg(area):avg(contrast):" >"$work/block"
cp "$jar" "$work/demo/ngff-spark.jar"
(cd "$work/demo" && tail -n +2 "$work/block" >statements.sql &&
  PATH=$work/venv/bin:$PATH SPARK_LOCAL_IP=127.0.0.1 bash -c "$(head -n 1 "$work/block") -f statements.sql" | tee "$work/rows")
grep -P '^B/03\t[0-9]+\t[0-9.]+$' "$work/rows"
