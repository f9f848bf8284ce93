#!/bin/sh
# Rebuild editor.js, player.js and LICENSES.txt from src/ and the packages pinned in
# package-lock.json. The same sources give the same bytes.
set -eu
cd "$(dirname "$0")"

npm ci

bundle() { # name, what it is, what it contains
  ./node_modules/.bin/esbuild "src/$1.js" \
    --bundle --minify --format=esm --target=es2020 --legal-comments=none \
    --banner:js="/* Lesson Kit $2, built from src/$1.js by build.sh. Contains $3; see LICENSES.txt. */" \
    --log-level=warning --metafile="node_modules/.$1-meta.json" --outfile="$1.js"
}
bundle editor "code editor" "CodeMirror 6 (MIT)"
bundle player "player controls" "media-chrome (MIT)"
node src/licences.mjs LICENSES.txt node_modules/.editor-meta.json node_modules/.player-meta.json

wc -c editor.js player.js LICENSES.txt
