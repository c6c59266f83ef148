/** A virtual host that hands everything to a back end. */
import { block, comment, type Directive, directive, type Entry, pattern } from './nginx-syntax.ts';

export interface Proxy {
  /** `rocketchat:3000`. */
  readonly upstream: string;
  /** `0` is any size. */
  readonly maxBodySize: string;
  /** True: bodies and answers are passed on as they come, nothing is kept in files. */
  readonly streams: boolean;
}

/** The front door is the first proxy: what a client claims about itself is dropped. */
const FORWARDED: readonly Entry[] = [
  directive('proxy_set_header', 'Host', pattern('$http_host')),
  directive('proxy_set_header', 'X-Real-IP', pattern('$remote_addr')),
  directive('proxy_set_header', 'X-Forwarded-For', pattern('$remote_addr')),
  directive('proxy_set_header', 'X-Forwarded-Proto', pattern('$scheme')),
  directive('proxy_set_header', 'X-Forwarded-Host', pattern('$http_host')),
];

const UPGRADE: readonly Entry[] = [
  directive('proxy_http_version', '1.1'),
  directive('proxy_set_header', 'Upgrade', pattern('$http_upgrade')),
  directive('proxy_set_header', 'Connection', pattern('$connection_upgrade')),
];

const STREAMING: readonly Entry[] = [directive('proxy_request_buffering', 'off'), directive('proxy_buffering', 'off')];

/** Also used by the other virtual hosts: a page of ours while a back end is not there, with nginx's own status. */
export const STARTING_PAGE = '/chatops-starting.html';

export const startingPage = (htmlRoot: string): readonly Directive[] => [
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

export const proxyEntries = ({ upstream, maxBodySize, streams }: Proxy): readonly Entry[] => [
  directive('client_max_body_size', maxBodySize),
  block(
    'location',
    ['/'],
    [
      comment('a variable makes nginx look the name up when it is asked, so a back end may come up later'),
      directive('set', pattern('$back_end'), upstream),
      comment('no path after the name: %2F and double slashes reach the back end as they were sent'),
      directive('proxy_pass', pattern('http://$back_end')),
      ...FORWARDED,
      ...UPGRADE,
      ...(streams ? STREAMING : []),
      comment('an open WebSocket or a long clone is silent for a while'),
      directive('proxy_read_timeout', '3600s'),
      directive('proxy_send_timeout', '3600s'),
      directive('proxy_connect_timeout', '5s'),
    ],
  ),
];
