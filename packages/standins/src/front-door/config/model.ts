/** What nginx.conf says, checked and with everything inherited: what the front door obeys. */
import type { AddressRange } from './address-range.ts';
import type { Template } from './template.ts';

export interface DoorConfig {
  /** Address and port → who answers there. */
  readonly sockets: readonly Socket[];
  /** `map` blocks by the variable they set. */
  readonly maps: ReadonlyMap<string, VariableMap>;
  /** `geo` blocks by the variable they set. */
  readonly geos: ReadonlyMap<string, GeoMap>;
  /** Whose word about a client's address is believed, and where it stands. Absent: nobody's. */
  readonly realIp?: RealIp;
  /** `limit_req_zone` by its name. */
  readonly zones: ReadonlyMap<string, LimitZone>;
  readonly keepAliveMs: number;
}

export interface Socket {
  readonly address: string;
  readonly port: number;
  readonly ssl: boolean;
  /** The first is asked when no name fits. */
  readonly servers: readonly VirtualServer[];
}

export interface VirtualServer {
  /** As written, for `$server_name`. */
  readonly name: string;
  readonly names: readonly ServerName[];
  readonly actions: readonly Action[];
  /** What holds outside of every location. */
  readonly settings: Settings;
  readonly locations: readonly Location[];
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** `ssl_reject_handshake`: who names no other server is sent away before any request. */
  readonly rejectsHandshake: boolean;
}

export type ServerName =
  | { readonly kind: 'exact'; readonly name: string }
  /** `*.example.org` → `.example.org` */
  | { readonly kind: 'leading'; readonly suffix: string }
  /** `mail.*` → `mail.` */
  | { readonly kind: 'trailing'; readonly prefix: string }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

export interface Location {
  readonly match: LocationMatch;
  readonly internal: boolean;
  /** `limit_except … { deny all; }`: the methods that pass. Absent: any. */
  readonly methods?: ReadonlySet<string>;
  readonly actions: readonly Action[];
  readonly settings: Settings;
}

export type LocationMatch =
  | { readonly kind: 'exact'; readonly path: string }
  /** `stops`: `^~`, no regular expression is tried after it. */
  | { readonly kind: 'prefix'; readonly path: string; readonly stops: boolean }
  | { readonly kind: 'pattern'; readonly pattern: RegExp };

/** Carried out in the order they are written, before anything is served. */
export type Action =
  | { readonly kind: 'set'; readonly variable: string; readonly value: Template }
  /** A body is absent when nginx's own page is meant. */
  | { readonly kind: 'return'; readonly status: number; readonly body?: Template };

export interface Settings {
  readonly root?: Template;
  readonly alias?: Template;
  readonly index: readonly Template[];
  readonly tryFiles?: readonly Template[];
  /** Extension → type. */
  readonly types: ReadonlyMap<string, string>;
  readonly defaultType: string;
  readonly addHeaders: readonly { readonly name: string; readonly value: Template; readonly always: boolean }[];
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
  /** 0 is any size. */
  readonly maxBodyBytes: number;
  readonly proxyPass?: ProxyPass;
  /** Names in lower case. */
  readonly hiddenHeaders: ReadonlySet<string>;
  readonly limits: readonly RequestLimit[];
  /** Of a request above a limit. */
  readonly limitStatus: number;
  readonly proxyHeaders: readonly { readonly name: string; readonly value: Template }[];
  readonly proxyVersion: string;
  readonly proxyConnectMs: number;
  readonly proxyReadMs: number;
  readonly proxySendMs: number;
  /** The whole request body is taken in before the back end is asked. */
  readonly buffersRequest: boolean;
}

export interface LimitZone {
  /** An empty one is not counted. */
  readonly key: Template;
  readonly perSecond: number;
}

export interface RequestLimit {
  readonly zone: string;
  readonly burst: number;
}

export interface ErrorPage {
  readonly uri: Template;
  /** Replaces the status. */
  readonly status?: number;
}

export interface ProxyPass {
  readonly url: Template;
  /** With variables in it nginx leaves Location headers of the back end alone. */
  readonly hasVariables: boolean;
}

export interface GeoMap {
  /** An address. */
  readonly source: Template;
  /** The longest that holds the address counts. */
  readonly ranges: readonly { readonly range: AddressRange; readonly value: string }[];
  readonly otherwise: string;
}

export interface RealIp {
  readonly from: readonly AddressRange[];
  /** Lower case. */
  readonly header: string;
  /** The last address that is not believed counts, not simply the last one. */
  readonly recursive: boolean;
}

export interface VariableMap {
  readonly source: Template;
  readonly exact: ReadonlyMap<string, Template>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly value: Template }[];
  readonly otherwise: Template;
}
