/** What browsers get beside an answer. A level that adds a header of its own inherits none: each names all. */
import { type Directive, directive, type Entry, pattern, variable } from './nginx-syntax.ts';

const always = (name: string, value: string): Directive => directive('add_header', name, pattern(value), 'always');

/** A back end's own header stands: a second one beside it would make both void. */
export const headerEntries: readonly Entry[] = [
  variable('$nosniff', '$upstream_http_x_content_type_options', '', [["''", 'nosniff']]),
  // Two years, as Mozilla's guidelines have it; only where the connection was one with TLS.
  variable('$transport', '$https', '', [['on', 'max-age=63072000']]),
];

const TRANSPORT = always('Strict-Transport-Security', '$transport');

export const proxiedHeaders: readonly Directive[] = [
  directive('proxy_hide_header', 'X-Powered-By'),
  always('X-Content-Type-Options', '$nosniff'),
  TRANSPORT,
];

/** Of pages of ours. */
export const pageHeaders: readonly Directive[] = [
  always('X-Content-Type-Options', 'nosniff'),
  always('X-Frame-Options', 'SAMEORIGIN'),
  always('Referrer-Policy', 'strict-origin-when-cross-origin'),
  TRANSPORT,
];
