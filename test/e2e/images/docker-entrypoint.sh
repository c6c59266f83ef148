#!/bin/sh
# As the entrypoints of the vendors' images: their server's own words start the server, anything else runs as it is.
case ${1:-} in
  sh) exec "$@" ;;
  *) exec /usr/local/bin/node /serve-standin.mjs "$@" ;;
esac
