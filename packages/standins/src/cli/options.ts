/** The options of `chatops-standins`: reading them and `--help` are made from this table. */
interface OptionFacts {
  readonly type: 'string' | 'boolean';
  /** What stands after it, as `--help` shows it. */
  readonly value?: string;
  readonly about: string;
  readonly multiple?: true;
  readonly short?: string;
}

export const OPTIONS = {
  port: { type: 'string', value: '<port>', about: 'where it listens; 0 for any free port' },
  host: { type: 'string', value: '<address>', about: 'the address it listens on; default 127.0.0.1' },
  dir: {
    type: 'string',
    value: '<directory>',
    about: 'its state and configuration; default: a new one, removed at the end',
  },
  env: {
    type: 'string',
    value: '<NAME[=value]>',
    multiple: true,
    about: 'a variable of its container, by NAME alone from this environment: so for secrets',
  },
  name: {
    type: 'string',
    value: '<HOST:PORT=PORT>',
    multiple: true,
    about: 'where a host of its network is found on 127.0.0.1',
  },
  speed: { type: 'string', value: '<n>', about: 'how many times faster its time passes; default 200' },
  fault: {
    type: 'string',
    value: '<json>',
    multiple: true,
    about: 'what goes wrong: {"match":"POST /","effect":{"kind":"reset"}}',
  },
  json: { type: 'boolean', about: 'say in JSON where it listens' },
  list: { type: 'boolean', about: 'show the servers' },
  help: { type: 'boolean', short: 'h', about: 'show this' },
} as const satisfies Readonly<Record<string, OptionFacts>>;
