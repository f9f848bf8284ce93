#!/bin/sh
# Rebuild editor.js and LICENSES.txt from src/ and the packages pinned in
# package-lock.json. The same sources give the same bytes.
set -eu
cd "$(dirname "$0")"

npm ci

meta=node_modules/.editor-meta.json
./node_modules/.bin/esbuild src/editor.js \
  --bundle --minify --format=esm --target=es2020 --legal-comments=none \
  --banner:js='/* Lesson Kit code editor, built from src/editor.js by build.sh. Contains CodeMirror 6 (MIT); see LICENSES.txt. */' \
  --log-level=warning --metafile="$meta" --outfile=editor.js
node src/licences.mjs "$meta" LICENSES.txt

wc -c editor.js LICENSES.txt
