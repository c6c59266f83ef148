/** A virtual host that hands everything to a back end. */
import type { PostedPaths, ProxySpec } from '../../../stack/stack.ts';
import { LOGIN_ZONE, type Logins } from './limits.ts';
import { block, comment, type Directive, directive, type Entry, pattern, patternText } from './nginx-syntax.ts';
import { proxiedHeaders } from './security-headers.ts';

export interface Proxy extends Omit<ProxySpec, 'kind' | 'upstream' | 'webSocket' | 'webSocketPath'> {
  /** `rocketchat:3000`. */
  readonly upstream: string;
}

/** A page of ours while a back end is not there, with nginx's own status. */
export const STARTING_PAGE = '/chatops-starting.html';

const startingPage = (htmlRoot: string): readonly Directive[] => [
  directive('error_page', '502', '504', STARTING_PAGE),
  block(
    'location',
    ['=', STARTING_PAGE],
    [
      directive('internal'),
      directive('root', `${htmlRoot}/starting`),
      directive('add_header', 'Cache-Control', 'no-store', 'always'),
      directive('add_header', 'Retry-After', '5', 'always'),
    ],
  ),
];

const STREAMING: readonly Entry[] = [directive('proxy_request_buffering', 'off'), directive('proxy_buffering', 'off')];

/** No path after the name: %2F and double slashes reach the back end as they were sent. */
const PASS = directive('proxy_pass', pattern('http://$back_end'));

const closed = ({ closedPaths }: Proxy): readonly Entry[] =>
  closedPaths === undefined ? [] : [block('location', ['~', pattern(closedPaths)], [directive('return', '404')])];

const patternOf = ({ below, butRead }: PostedPaths): string =>
  `^${butRead === undefined ? '' : `(?!${patternText(butRead)})`}${patternText(below)}`;

const posted = ({ posted: paths }: Proxy): readonly Entry[] =>
  paths === undefined
    ? []
    : [
        block(
          'location',
          // Some routers know no difference between capitals and small letters.
          ['~*', pattern(patternOf(paths))],
          [
            block('limit_except', ['POST'], [directive('deny', 'all')]),
            directive('client_max_body_size', paths.maxBodySize),
            PASS,
          ],
        ),
      ];

const signIns = ({ signIns: paths = [] }: Proxy, { burst }: Logins): readonly Entry[] =>
  paths.map((path) =>
    block(
      'location',
      ['~*', pattern(`^${patternText(path)}/?$`)],
      [directive('limit_req', `zone=${LOGIN_ZONE}`, `burst=${burst}`, 'nodelay'), PASS],
    ),
  );

/** @param logins how often a password may be tried */
export const proxyEntries = (proxy: Proxy, htmlRoot: string, logins: Logins): readonly Entry[] => [
  ...startingPage(htmlRoot),
  directive('client_max_body_size', proxy.maxBodySize),
  ...(proxy.streams ? STREAMING : []),
  ...proxiedHeaders,
  comment('a variable makes nginx look the name up when it is asked, so a back end may come up later'),
  directive('set', pattern('$back_end'), proxy.upstream),
  ...closed(proxy),
  ...posted(proxy),
  ...signIns(proxy, logins),
  block('location', ['/'], [PASS]),
];
