#!/usr/bin/env bash
# The demo runs, ngio opens the plate it leaves, and a browser its page
set -euo pipefail
rm -rf target/demo ngff-spark-demo
./submit.sh demo
mv ngff-spark-demo target/demo
"$PYTHON" src/test/python/check_plate.py target/demo/plate.zarr

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
  apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null
  chromium=$(command -v chromium)
fi
work=target/page
rm -rf "$work"
mkdir -p "$work/pictures"
cp src/test/browser/check_page.mjs "$work/"
npm install --silent --no-audit --no-fund --prefix "$work" playwright-core@1.56.1 axe-core@4.10.3 html-validate@9.5.5
"$PYTHON" src/test/python/page_records.py "$work"
for name in hostile large; do
  ./submit.sh report "$work/$name/run.jsonl"
done
size=$(stat -c %s "$work/large/report.html")
echo "1,536 wells: $size bytes"
[ "$size" -lt 10000000 ]
node "$work/check_page.mjs" "$chromium" target/demo/report "$work/hostile/report.html" "$work/large/report.html" "$work/pictures"
