#!/bin/sh
# Installs what building, running and testing need on Debian 12; does nothing when all of it is there.
set -eu
cd "$(dirname "$0")/.."

packages="
  g++ cmake ninja-build ccache mold pkg-config python3 git ca-certificates nodejs npm
  clang clang-format-14 clang-tidy-14
  librestinio-dev libasio-dev libfmt-dev libhttp-parser-dev
  libsoci-dev libsqlite3-dev libpq-dev
  libboost1.81-dev libboost-json1.81-dev libicu-dev libkainjow-mustache-dev
  libsodium-dev libfido2-dev libcbor-dev liboath-dev libgmp-dev libmuparser-dev libtomlplusplus-dev libcli11-dev libspdlog-dev
  libxlsxwriter-dev libzip-dev libgd-dev libexpat1-dev libdeflate-dev libqrcodegencpp-dev
  libpango1.0-dev libcairo2-dev libpugixml-dev fonts-noto-core
  libcurl4-openssl-dev libssl-dev libcjose-dev libjansson-dev
  libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev libzxing-dev poppler-utils
  sqlite3 postgresql-15 postgresql-client-15 chromium wrk openssl python3-aiosmtpd
"

missing=""
for package in $packages; do
  case "$package" in
    nodejs|npm) command -v "${package%js}" >/dev/null 2>&1 && continue ;;
  esac
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "Installing:$missing"
  $sudo apt-get update -qq
  # shellcheck disable=SC2086  # one word per package
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

# The identity provider of the tests: they start their own, so the package's service is neither started nor enabled.
if ! dpkg-query -W -f='${Status}' glewlwyd 2>/dev/null | grep -q '^install ok installed'; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  echo "Installing: glewlwyd"
  policy=/usr/sbin/policy-rc.d
  ours=""
  if [ ! -e "$policy" ]; then
    ours=yes
    trap '$sudo rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
    $sudo chmod 755 "$policy"
  fi
  echo "glewlwyd glewlwyd/config_type select No configuration" | $sudo debconf-set-selections
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends glewlwyd dbconfig-no-thanks >/dev/null
  [ -z "$ours" ] || $sudo rm -f "$policy"
  trap - EXIT
  $sudo deb-systemd-helper disable glewlwyd.service >/dev/null 2>&1 || true
  $sudo update-rc.d glewlwyd disable >/dev/null 2>&1 || true
fi

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi
