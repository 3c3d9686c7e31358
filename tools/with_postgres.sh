#!/bin/sh
# Runs a command beside a PostgreSQL server of its own, which ends with it: tools/with_postgres.sh COMMAND …
# The command finds the server's address in GUIDON_TEST_POSTGRES. The server listens on a Unix socket in a temporary
# folder alone, and does not sync: its data are thrown away. Fails if the server cannot be started.
set -eu

bin=$(pg_config --bindir 2>/dev/null || true)
[ -x "$bin/initdb" ] || bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/initdb" ] || {
  echo "with_postgres: initdb was not found; install postgresql-15" >&2
  exit 1
}

folder=$(mktemp -d "${TMPDIR:-/tmp}/guidon-postgres.XXXXXX")
as=""
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups env HOME=$folder"
  chown "$user" "$folder"
fi

end() {
  status=$?
  trap - EXIT INT TERM HUP
  [ ! -f "$folder/data/postmaster.pid" ] || (cd "$folder" && $as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
  rm -rf "$folder"
  exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if ! (
  cd "$folder"
  $as "$bin/initdb" -D "$folder/data" -U guidon -A trust -E UTF8 --locale=C.UTF-8 --no-sync
  $as "$bin/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" -o \
    "-k '$folder' -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=100" start
) >"$folder/start.log" 2>&1; then
  echo "with_postgres: PostgreSQL could not be started:" >&2
  cat "$folder/start.log" >&2
  cat "$folder/server.log" >&2 2>/dev/null || true
  exit 1
fi

export GUIDON_KEY="$folder/journal.key" # of all databases on the server: they end with it, too
export GUIDON_TEST_POSTGRES="postgresql:///postgres?host=$folder&user=guidon"
"$@"
