#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests; installs one only when it is missing.
# Usage: need_chromium.sh BIN   (the folder of the environment's programs)
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if command -v apt-get >/dev/null; then
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    echo "The browser tests need Debian's package chromium; installing it asks for your password."
    as_root=sudo
  fi
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
  "$1/playwright" install chromium
fi
