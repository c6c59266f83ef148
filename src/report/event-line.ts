/** One event as one line of text; undefined for what only a live display shows. */
import type { Event, PullProgress } from '../contracts/event-sink.ts';

const SIGN = { create: '+', update: '~', delete: '-' } as const;

export const duration = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

const MB = 1_000_000;

/** `3 of 8 layers, 120 of 400 MB` */
export const progressText = ({ layers, layersThere, bytes, totalBytes }: PullProgress): string =>
  layers === 0
    ? 'asking its registry'
    : `${layersThere} of ${layers} layers${totalBytes > 0 ? `, ${Math.round(bytes / MB)} of ${Math.round(totalBytes / MB)} MB` : ''}`;

const imageLine = ({ image, nodes, state, progress, tookMs }: Extract<Event, { type: 'image' }>): string => {
  if (state === 'pulled') return `image ${image}: fetched after ${duration(tookMs)}`;
  if (state === 'made') return `image ${image}: made after ${duration(tookMs)}`;
  if (state === 'failed') return `image ${image}: CANNOT BE HAD`;
  if (state === 'making' && progress.bytes === 0) return `image ${image}: being made for ${nodes.join(', ')}`;
  return progress.layers === 0
    ? `image ${image}: being fetched for ${nodes.join(', ')}`
    : `image ${image}: ${progressText(progress)}`;
};

export const eventLine = (event: Event): string | undefined => {
  switch (event.type) {
    case 'file':
      return event.action === 'unchanged' ? undefined : `${SIGN[event.action]} file ${event.path}`;
    case 'image':
      return imageLine(event);
    case 'node-started':
      return `${event.node}: ${event.kind === 'service' ? 'started, waiting until it is usable' : 'running'}`;
    case 'node-ready':
      return `${event.node}: ready after ${duration(event.tookMs)}${event.detail === undefined ? '' : ` (${event.detail})`}`;
    case 'node-done':
      return `${event.node}: done after ${duration(event.tookMs)}, ${event.changes === 0 ? 'nothing to change' : `${event.changes} change${event.changes === 1 ? '' : 's'}`}`;
    case 'change':
      return `${event.node}: ${SIGN[event.change.action]} ${event.change.resource} ${event.change.name}  (${event.change.cause})`;
    case 'job-waiting':
      return `${event.node}: waits: ${event.for}`;
    case 'warning':
      return `${event.node}: warning: ${event.text}`;
    case 'node-failed':
      return `${event.node}: FAILED: ${event.error.message}`;
    case 'node-stopped':
      return `${event.node}: stopped midway`;
    case 'node-skipped':
      return `${event.node}: not reached${event.because === undefined ? '' : `, because ${event.because} failed`}`;
    case 'node-waiting':
    case 'gate-answer':
      return undefined;
  }
};
