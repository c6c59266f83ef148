/** What browsers are told beside an answer. A level that adds a header of its own inherits none: each names all. */
import { block, type Directive, directive, type Entry, pattern } from './nginx-syntax.ts';

const always = (name: string, value: string): Directive => directive('add_header', name, pattern(value), 'always');

/** A back end's own header stands: a second one beside it would make both void. */
export const headerEntries: readonly Entry[] = [
  block(
    'map',
    [pattern('$upstream_http_x_content_type_options'), pattern('$nosniff')],
    [directive('default', ''), directive("''", 'nosniff')],
  ),
  // Two years, as Mozilla's guidelines have it; only where the connection was one with TLS.
  block(
    'map',
    [pattern('$https'), pattern('$transport')],
    [directive('default', ''), directive('on', 'max-age=63072000')],
  ),
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
