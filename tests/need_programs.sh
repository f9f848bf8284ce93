#!/usr/bin/env bash
# Makes sure of the programs that the tests and kit media drive: a Chromium, what makes a lesson's
# film, and PostgreSQL.
# Installs only what is missing. Usage: need_programs.sh BIN   (the environment's programs)
set -euo pipefail

have() { for name in "$@"; do command -v "$name" >/dev/null && return 0; done; return 1; }

packages=""
have chromium chromium-browser google-chrome google-chrome-stable || packages="chromium fonts-dejavu-core"
have ffmpeg || packages="$packages ffmpeg"
have flite || packages="$packages flite"
have initdb /usr/lib/postgresql/*/bin/initdb || packages="$packages postgresql"
[ -n "$packages" ] || exit 0

if command -v apt-get >/dev/null; then
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    echo "Tests and films need Debian's packages: $packages. Installing them asks for your password."
    as_root=sudo
  fi
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 - a list of names
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
  have chromium chromium-browser google-chrome google-chrome-stable || "$1/playwright" install chromium
  for program in ffmpeg flite initdb; do
    have "$program" || { echo "Tests and films need $program: install it with your system's package manager." >&2; exit 1; }
  done
fi
