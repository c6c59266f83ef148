/** One event as one line of text; undefined for what only a live display shows. */
import type { Event } from '../ports/event-sink.ts';

const SIGN = { create: '+', update: '~', delete: '-' } as const;

export const duration = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

export const eventLine = (event: Event): string | undefined => {
  switch (event.type) {
    case 'file':
      return event.action === 'unchanged' ? undefined : `${SIGN[event.action]} file ${event.path}`;
    case 'node-started':
      return `${event.node}: ${event.kind === 'service' ? 'started, waiting until it is usable' : 'running'}`;
    case 'node-ready':
      return `${event.node}: ready after ${duration(event.tookMs)}${event.detail === undefined ? '' : ` (${event.detail})`}`;
    case 'node-done':
      return `${event.node}: done after ${duration(event.tookMs)}, ${event.changes === 0 ? 'nothing to change' : `${event.changes} change${event.changes === 1 ? '' : 's'}`}`;
    case 'change':
      return `${event.node}: ${SIGN[event.change.action]} ${event.change.resource} ${event.change.name}  (${event.change.cause})`;
    case 'warning':
      return `${event.node}: warning: ${event.text}`;
    case 'node-failed':
      return `${event.node}: FAILED: ${event.error.message}`;
    case 'node-skipped':
      return `${event.node}: not reached, because ${event.because} failed`;
    case 'node-waiting':
    case 'gate-answer':
      return undefined;
  }
};
