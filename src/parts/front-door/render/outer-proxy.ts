/**
 * A proxy of others before the front door: what it says of the client's address is believed, of nobody else, and only
 * that. Scheme, port and name that back ends hear are the configured ones, never what a header says.
 */
import type { FrontDoor } from '../../../stack/stack.ts';
import { block, directive, type Entry, pattern, variable } from './nginx-syntax.ts';

/** `1` where the connection comes from one of the proxies, else `0`: the address of the connection, not the one believed. */
export const FROM_PROXY = '$from_proxy';
/** How the client came, as back ends are to hear it. */
export const DOOR_SCHEME = '$door_scheme';
/** The same of the port, always as a number. */
export const DOOR_PORT_NUMBER = '$door_port_number';

/**
 * nginx.org/en/docs/http/ngx_http_realip_module.html: of X-Forwarded-For the last address that is none of the proxies;
 * what stands before it the client may have written itself. `$realip_remote_addr` came with nginx 1.9.7.
 * No entries without such a proxy.
 */
export const outerProxyEntries = ({ inside, outer }: FrontDoor): readonly Entry[] =>
  outer
    ? [
        ...outer.proxies.map((range) => directive('set_real_ip_from', range)),
        directive('real_ip_header', 'X-Forwarded-For'),
        directive('real_ip_recursive', 'on'),
        block(
          'geo',
          [pattern('$realip_remote_addr'), pattern(FROM_PROXY)],
          [directive('default', '0'), ...outer.proxies.map((range) => directive(range, '1'))],
        ),
        variable(DOOR_SCHEME, FROM_PROXY, 'http', [['1', outer.scheme]]),
        variable(DOOR_PORT_NUMBER, FROM_PROXY, `${inside}`, [['1', `${outer.port}`]]),
        // Redirects of its own would name the port it listens on.
        directive('absolute_redirect', 'off'),
      ]
    : [];
