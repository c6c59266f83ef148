#!/bin/sh
# As the entrypoint of Docker's own image: what the environment names is made at the first start, by a server that listens
# on a socket only; it starts as root and becomes the user whose the data is.
set -eu
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  given=$(mktemp)
  printf %s "$POSTGRES_PASSWORD" >"$given"
  # Several words, as the image takes them.
  # shellcheck disable=SC2086
  initdb --username="$POSTGRES_USER" --pwfile="$given" --auth-host=trust $POSTGRES_INITDB_ARGS
  rm "$given"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  pg_ctl --wait --options="-c listen_addresses=''" start
  createdb --host=/var/run/postgresql --username="$POSTGRES_USER" "$POSTGRES_DB"
  pg_ctl --wait --mode=fast stop
fi
exec "$@" -c 'listen_addresses=*'
