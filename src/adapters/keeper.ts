/**
 * Shell text that runs "$@" until it ends or standard input does: a pipe that closes with the process that holds its other
 * end, also when that one is killed. Descriptor 3 keeps it, as a shell gives background commands an empty input.
 * @param signal how the program is asked to end. Default TERM
 */
export const keeper = (signal = 'TERM'): string =>
  [
    'exec 3<&0',
    '"$@" 3<&- </dev/null & child=$!',
    `{ cat <&3 >/dev/null; kill -s ${signal} "$child"; } 2>/dev/null & watch=$!`,
    'wait "$child"; status=$?',
    'kill "$watch" 2>/dev/null',
    'exit "$status"',
  ].join('\n');
