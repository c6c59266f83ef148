/** A text in which `$name` and `${name}` stand for values of the request. */
import { cannotObey } from './refusal.ts';

/** Variable name → value; an absent one is empty. */
export type Values = (name: string) => string;
export type Template = (values: Values) => string;

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;

/** Variables of nginx that the stand-in knows (nginx.org/en/docs/varindex.html), beside `set` and `map` ones. */
const KNOWN =
  /^(?:http_\w+|upstream_http_\w+|arg_\w+|args|binary_remote_addr|content_length|content_type|document_uri|host|hostname|https|is_args|proxy_add_x_forwarded_for|proxy_host|query_string|realip_remote_addr|remote_addr|remote_port|request_method|request_uri|scheme|server_name|server_port|server_protocol|uri)$/;

export const literal =
  (text: string): Template =>
  () =>
    text;

/** @throws StandinError CONFIGURATION_UNSUPPORTED for a variable nobody sets: nginx refuses to start then, too */
export const compileTemplate = (text: string, own: ReadonlySet<string>, line: number): Template => {
  for (const match of text.matchAll(VARIABLE)) {
    const name = match[1] ?? match[2] ?? '';
    if (!KNOWN.test(name) && !own.has(name)) throw cannotObey(`the variable $${name} is not known`, line);
  }
  if (!text.includes('$')) return literal(text);
  return (values) => text.replace(VARIABLE, (_whole, braced?: string, bare?: string) => values(braced ?? bare ?? ''));
};

export const hasVariables = (text: string): boolean => text.includes('$');
