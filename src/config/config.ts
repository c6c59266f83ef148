/**
 * The configuration after defaults: complete, checked, plain data. No secret ever stands in it. What belongs to a
 * product is said by the section of its part.
 */
export interface Config {
  /** Stack name; also the Compose project name. */
  readonly name: string;
  /** chat., git., www. and hom. stand before it. Default `chatops.localhost`. */
  readonly domain: string;
  /** Parts that are not ours, as named in the file: packages, and paths that begin with `./`. Default: none. */
  readonly parts: readonly string[];
  readonly ports: PortsConfig;
  /** Address of this machine that the ports are opened on; `0.0.0.0`: all. Default: 127.0.0.1 for names under localhost, else all. */
  readonly bind: string;
  /** Absent: plain HTTP. */
  readonly tls?: TlsConfig;
  /** Absent: users come to the front door itself. Never beside `tls`. */
  readonly public?: PublicConfig;
  /** Path of a PEM file, relative to the stack directory: authorities trusted beside the public ones. Default: none. */
  readonly authority?: string;
  /** Service image → pinned reference: that of our own programs, and those of the parts; see `imageNamed`. */
  readonly images: Readonly<Record<'tools', string> & Record<string, string>>;
  /** How long a service may take until it is usable, or a job until it has ended, ms; what is not named keeps its own. */
  readonly timeouts: Readonly<Record<string, number>>;
  /** Role of a service → what it may take of the machine; what is not named is as its part has it. */
  readonly limits: Readonly<Record<string, LimitConfig>>;
  readonly docker: DockerConfig;
  /** Key of a section that a part brought along, or the name of its words → its value; see `sectionOf`. */
  readonly sections: Readonly<Record<string, unknown>>;
}

export interface LimitConfig {
  readonly memoryMib?: number | 'none';
  readonly cpus?: number | 'none';
}

export interface DockerConfig {
  /** Whether compose.yaml may use `start_interval`, which Docker Engine 25.0 brought. Default true. */
  readonly startInterval: boolean;
}

/** Ports of this machine; those of the parts beside the front door's, see `portNamed`. */
export interface PortsConfig {
  /** Host port of the front door, plain HTTP. Default 8080 (needs no root). */
  readonly http: number;
  /** Host port of the front door with TLS. Only used with `tls`. Default 8443. */
  readonly https: number;
  readonly [name: string]: number;
}

/** How users come where a proxy of somebody else stands before the front door. */
export interface PublicConfig {
  /** Default https: that is what such a proxy is there for. */
  readonly scheme: 'http' | 'https';
  /** Where that proxy listens. Default: the scheme's own, 80 or 443. */
  readonly port: number;
  /** Addresses and ranges of the proxies whose forwarded headers are believed, at least one: `10.0.0.7`, `fd00::/64`. */
  readonly proxies: readonly string[];
}

export interface TlsConfig {
  /** Paths of PEM files, relative to the stack directory. */
  readonly certificate: string;
  readonly key: string;
}
