/** Directives that may stand at any level and are inherited by the levels below. */

import { requestLimit } from './limit.ts';
import type { ErrorPage, Settings } from './model.ts';
import type { Directive } from './parse.ts';
import { cannotObey } from './refusal.ts';
import { compileTemplate, hasVariables, literal, type Template } from './template.ts';
import { bytes, milliseconds } from './units.ts';

/** nginx's own defaults, nginx.org/en/docs/http/ngx_http_core_module.html and ngx_http_proxy_module.html. */
export const DEFAULTS: Settings = {
  root: literal('html'),
  index: [literal('index.html')],
  types: new Map([
    ['html', 'text/html'],
    ['gif', 'image/gif'],
    ['jpg', 'image/jpeg'],
  ]),
  defaultType: 'text/plain',
  addHeaders: [],
  errorPages: new Map(),
  maxBodyBytes: 1_048_576,
  hiddenHeaders: new Set(),
  limits: [],
  limitStatus: 503,
  proxyHeaders: [],
  proxyVersion: '1.0',
  proxyConnectMs: 60_000,
  proxyReadMs: 60_000,
  proxySendMs: 60_000,
  buffersRequest: true,
};

export interface Scope {
  /** Variables made by `set` and `map` anywhere in the file. */
  readonly variables: ReadonlySet<string>;
}

type Draft = { -readonly [K in keyof Settings]: Settings[K] };
type Apply = (draft: Draft, directive: Directive, template: (text: string) => Template) => void;

const only = ({ name, args, line }: Directive): string => {
  const [first] = args;
  if (first === undefined || args.length > 1) throw cannotObey(`"${name}" takes one argument`, line);
  return first;
};

const flag = (directive: Directive): boolean => {
  const value = only(directive);
  if (value !== 'on' && value !== 'off') throw cannotObey(`"${directive.name}" is on or off`, directive.line);
  return value === 'on';
};

const errorPages = (
  { args, line }: Directive,
  template: (text: string) => Template,
): readonly [number, ErrorPage][] => {
  const uri = args.at(-1) ?? '';
  const change = args.find((word) => word.startsWith('='));
  if (!uri.startsWith('/')) throw cannotObey(`error_page to ${uri}: only paths of this server are known`, line);
  const page = {
    uri: template(uri),
    ...(change === undefined || change === '=' ? {} : { status: Number(change.slice(1)) }),
  };
  return args.slice(0, -1).flatMap((word): [number, ErrorPage][] => (word === change ? [] : [[Number(word), page]]));
};

const proxyPass: Apply = (draft, directive, template) => {
  const url = only(directive);
  if (!/^http:\/\/[^/]+$/.test(url)) {
    throw cannotObey(`proxy_pass ${url}: only http:// and no path after the server is known`, directive.line);
  }
  draft.proxyPass = { url: template(url), hasVariables: hasVariables(url) };
};

const APPLY: Readonly<Record<string, Apply>> = {
  root: (draft, directive, template) => {
    draft.root = template(only(directive));
  },
  alias: (draft, directive, template) => {
    draft.alias = template(only(directive));
  },
  index: (draft, { args }, template) => {
    draft.index = args.map(template);
  },
  try_files: (draft, { args }, template) => {
    draft.tryFiles = args.map(template);
  },
  types: (draft, { block = [] }) => {
    draft.types = new Map(block.flatMap(({ name, args }) => args.map((ending) => [ending, name] as const)));
  },
  default_type: (draft, directive) => {
    draft.defaultType = only(directive);
  },
  client_max_body_size: (draft, directive) => {
    draft.maxBodyBytes = bytes(only(directive), directive.line);
  },
  proxy_pass: proxyPass,
  proxy_http_version: (draft, directive) => {
    draft.proxyVersion = only(directive);
  },
  proxy_connect_timeout: (draft, directive) => {
    draft.proxyConnectMs = milliseconds(only(directive), directive.line);
  },
  proxy_read_timeout: (draft, directive) => {
    draft.proxyReadMs = milliseconds(only(directive), directive.line);
  },
  proxy_send_timeout: (draft, directive) => {
    draft.proxySendMs = milliseconds(only(directive), directive.line);
  },
  proxy_request_buffering: (draft, directive) => {
    draft.buffersRequest = flag(directive);
  },
  limit_req_status: (draft, directive) => {
    draft.limitStatus = Number(only(directive));
  },
  // Its own redirects name no host: the same as "off", which nginx says it has to be.
  absolute_redirect: (_draft, directive) => {
    if (flag(directive)) throw cannotObey('absolute_redirect on', directive.line);
  },
  // Answers are always passed on as they come: a client sees the same bytes either way.
  proxy_buffering: (_draft, directive) => void flag(directive),
};

/** Lists of which a level has its own or, when it says nothing, those of the level above. */
const LISTS: Readonly<
  Record<string, (draft: Draft, all: readonly Directive[], template: (d: Directive, text: string) => Template) => void>
> = {
  add_header: (draft, all, template) => {
    draft.addHeaders = all.map((each) => {
      const [name = '', value = '', always] = each.args;
      if (always !== undefined && always !== 'always') throw cannotObey(`add_header … ${always}`, each.line);
      return { name, value: template(each, value), always: always === 'always' };
    });
  },
  proxy_set_header: (draft, all, template) => {
    draft.proxyHeaders = all.map((each) => ({ name: each.args[0] ?? '', value: template(each, each.args[1] ?? '') }));
  },
  proxy_hide_header: (draft, all) => {
    draft.hiddenHeaders = new Set(all.map(({ args: [name = ''] }) => name.toLowerCase()));
  },
  limit_req: (draft, all) => {
    draft.limits = all.map(requestLimit);
  },
  error_page: (draft, all, template) => {
    draft.errorPages = new Map(all.flatMap((each) => errorPages(each, (text) => template(each, text))));
  },
};

export const isSetting = (name: string): boolean => name in APPLY || name in LISTS;

/** The level's settings on top of the inherited ones. What is not a setting is left to the caller. */
export const inherit = (above: Settings, directives: readonly Directive[], { variables }: Scope): Settings => {
  // Only the location that says it hands on, tries or replaces its path; the ones below do not inherit that.
  const { proxyPass: _pass, tryFiles: _try, alias: _alias, ...rest } = above;
  const draft: Draft = { ...rest };
  const template = (directive: Directive, text: string) => compileTemplate(text, variables, directive.line);
  for (const directive of directives) {
    APPLY[directive.name]?.(draft, directive, (text) => template(directive, text));
  }
  for (const [name, apply] of Object.entries(LISTS)) {
    const own = directives.filter((each) => each.name === name);
    if (own.length > 0) apply(draft, own, template);
  }
  const pass = directives.find(({ name }) => name === 'proxy_pass');
  if (pass !== undefined && draft.proxyVersion !== '1.1') {
    throw cannotObey('proxy_pass without "proxy_http_version 1.1": back ends are asked by HTTP/1.1 only', pass.line);
  }
  return draft;
};
