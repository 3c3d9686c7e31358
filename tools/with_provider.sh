#!/bin/sh
# Runs a command beside an OpenID Connect provider of its own (Glewlwyd), which ends with it:
#   tools/with_provider.sh COMMAND …
# The command finds in its environment
#   GUIDON_TEST_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET
#   GUIDON_TEST_OIDC_REDIRECT_URI      where the provider sends browsers back to; taken over when it is set
#   GUIDON_TEST_OIDC_SECRETARY, _CLERK and _PASSWORD      names and the one password of two users
# and changes the provider's signing key with: node tools/provider.mjs rotate [RS256|PS256|ES256|EdDSA]
# The provider listens on 127.0.0.1 alone and keeps everything in a temporary folder. Fails if it cannot be started.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
schema=/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3

for needed in glewlwyd sqlite3 node; do
  command -v "$needed" >/dev/null 2>&1 || {
    echo "with_provider: $needed was not found; run tools/setup.sh" >&2
    exit 1
  }
done
[ -r "$schema" ] || {
  echo "with_provider: $schema is missing; the package glewlwyd brings it" >&2
  exit 1
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/guidon-provider.XXXXXX")
mkdir "$folder/none"
server=""
end() {
  status=$?
  trap - EXIT INT TERM HUP
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$folder"
  exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fail() {
  echo "with_provider: $1" >&2
  cat "$folder/server.log" >&2 2>/dev/null || true
  exit 1
}

sqlite3 "$folder/provider.sqlite" <"$schema" || fail "the provider's database could not be created"
# The package links to other packages' files, which its server refuses to follow, and its config.json is a folder.
mkdir "$folder/pages"
cp -rL /usr/share/glewlwyd/webapp/css /usr/share/glewlwyd/webapp/js /usr/share/glewlwyd/webapp/locales \
  /usr/share/glewlwyd/webapp/*.html /usr/share/glewlwyd/webapp/*.js "$folder/pages" || fail "the provider's pages are incomplete"
cp /usr/share/glewlwyd/templates/config.json "$folder/pages/config.json"
port=$(node "$tools/provider.mjs" port) || fail "no free port"
server_url="http://localhost:$port"
cat >"$folder/glewlwyd.conf" <<CONF
port=$port
bind_address="127.0.0.1"
external_url="$server_url"
login_url="login.html"
api_prefix="api"
static_files_path="$folder/pages/"
log_mode="console"
log_level="WARNING"
cookie_domain="localhost"
cookie_secure=0
cookie_same_site="lax"
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
user_middleware_module_path="$folder/none"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3", path = "$folder/provider.sqlite" };
static_files_mime_types = (
  { extension = ".html", mime_type = "text/html", compress = 0 },
  { extension = ".css", mime_type = "text/css", compress = 0 },
  { extension = ".js", mime_type = "application/javascript", compress = 0 },
  { extension = ".json", mime_type = "application/json", compress = 0 },
  { extension = ".png", mime_type = "image/png", compress = 0 },
  { extension = ".woff2", mime_type = "font/woff2", compress = 0 }
)
CONF
glewlwyd --config-file="$folder/glewlwyd.conf" >"$folder/server.log" 2>&1 &
server=$!

export GUIDON_TEST_OIDC_SERVER="$server_url"
export GUIDON_TEST_OIDC_ISSUER="$server_url/api/oidc"
export GUIDON_TEST_OIDC_CLIENT_ID=guidon
export GUIDON_TEST_OIDC_CLIENT_SECRET="secret of guidon+/%"
export GUIDON_TEST_OIDC_REDIRECT_URI="${GUIDON_TEST_OIDC_REDIRECT_URI:-http://localhost:$(node "$tools/provider.mjs" port)/sign-in/oidc/glewlwyd/back}"
export GUIDON_TEST_OIDC_SECRETARY=secretary-ky-anh
export GUIDON_TEST_OIDC_CLERK=clerk-hanoi
export GUIDON_TEST_OIDC_PASSWORD="a long enough password"
node "$tools/provider.mjs" set-up "$server" >"$folder/set-up.log" 2>&1 || {
  cat "$folder/set-up.log" >&2
  fail "the provider could not be set up"
}
"$@"
