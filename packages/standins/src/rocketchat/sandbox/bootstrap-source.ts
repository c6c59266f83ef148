/**
 * Runs first in the script's own context and builds the globals the vendor's sandbox names (buildSandbox.ts and
 * getCompatibilityScript.ts in RocketChat/Rocket.Chat:apps/meteor/app/integrations/server/lib/isolated-vm/).
 * Whatever crosses the border is a text: `send` is kept in a closure the script cannot reach, and everything the
 * script can reach was made in its own context.
 */
export const BOOTSTRAP_SOURCE = String.raw`(function (send, storeText) {
  'use strict';
  const parse = JSON.parse;
  const stringify = JSON.stringify;
  const textOf = String;
  let values = parse(storeText);
  const waiting = new Map();
  let fetches = 0;
  let instance;

  const problem = (thrown) => {
    try { return textOf(thrown && thrown.message !== undefined ? thrown.message : thrown); } catch (_) { return 'error'; }
  };
  const store = () => { try { return stringify(values); } catch (_) { return '{}'; } };

  const response = (answer) => ({
    ok: answer.ok, status: answer.status, statusText: answer.statusText, url: answer.url,
    headers: {
      get: (name) => { const key = textOf(name).toLowerCase(); return key in answer.headers ? answer.headers[key] : null; },
      has: (name) => textOf(name).toLowerCase() in answer.headers,
    },
    text: async () => answer.body,
    json: async () => parse(answer.body),
  });
  const fetchOut = (url, options, allowSelfSigned) => new Promise((resolve, reject) => {
    const id = ++fetches;
    waiting.set(id, { resolve, reject });
    send(stringify({ type: 'fetch', id, url: textOf(url), options: options || {}, allowSelfSigned: allowSelfSigned === true }));
  });

  const text = (value) => (value === null || value === undefined ? '' : textOf(value));
  const pad = (value, length, fill, side) => {
    const own = text(value);
    const missing = Math.max(0, length - own.length);
    const padding = (fill || ' ').charAt(0).repeat(missing);
    if (side === 'right') return own + padding;
    if (side === 'both') return padding.slice(0, Math.ceil(missing / 2)) + own + padding.slice(Math.ceil(missing / 2));
    return padding + own;
  };
  const words = (value, by) => text(value).trim().split(by || /\s+/).filter((word) => word !== '');
  const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  const s = {
    trim: (value, chars) => {
      if (chars === undefined) return text(value).trim();
      const set = [...text(chars)];
      let own = [...text(value)];
      while (own.length && set.includes(own[0])) own = own.slice(1);
      while (own.length && set.includes(own[own.length - 1])) own = own.slice(0, -1);
      return own.join('');
    },
    ltrim: (value) => text(value).trimStart(),
    rtrim: (value) => text(value).trimEnd(),
    clean: (value) => text(value).trim().replace(/\s\s+/g, ' '),
    chars: (value) => [...text(value)],
    lines: (value) => text(value).split(/\r\n?|\n/),
    words,
    isBlank: (value) => /^\s*$/.test(text(value)),
    include: (value, part) => text(value).includes(text(part)),
    contains: (value, part) => text(value).includes(text(part)),
    count: (value, part) => (text(part) === '' ? 0 : text(value).split(text(part)).length - 1),
    startsWith: (value, part) => text(value).startsWith(text(part)),
    endsWith: (value, part) => text(value).endsWith(text(part)),
    capitalize: (value) => text(value).charAt(0).toUpperCase() + text(value).slice(1),
    decapitalize: (value) => text(value).charAt(0).toLowerCase() + text(value).slice(1),
    titleize: (value) => text(value).toLowerCase().replace(/(?:^|\s|-)\S/g, (part) => part.toUpperCase()),
    camelize: (value) => text(value).trim().replace(/[-_\s]+(.)?/g, (_, part) => (part ? part.toUpperCase() : '')),
    underscored: (value) => text(value).trim().replace(/([a-z\d])([A-Z]+)/g, '$1_$2').replace(/[-\s]+/g, '_').toLowerCase(),
    dasherize: (value) => text(value).trim().replace(/([A-Z])/g, '-$1').replace(/[-_\s]+/g, '-').toLowerCase(),
    humanize: (value) => {
      const own = text(value).trim().replace(/([a-z\d])([A-Z]+)/g, '$1_$2').replace(/_id$/, '').replace(/[-_\s]+/g, ' ').toLowerCase();
      return own.charAt(0).toUpperCase() + own.slice(1);
    },
    slugify: (value) => text(value).normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, ''),
    reverse: (value) => [...text(value)].reverse().join(''),
    repeat: (value, times, between) => Array.from({ length: times || 0 }, () => text(value)).join(text(between)),
    replaceAll: (value, from, to) => text(value).split(text(from)).join(text(to)),
    surround: (value, wrapper) => text(wrapper) + text(value) + text(wrapper),
    quote: (value, mark) => (mark || '"') + text(value) + (mark || '"'),
    unquote: (value, mark) => { const q = mark || '"'; const own = text(value); return own.length > 1 && own[0] === q && own[own.length - 1] === q ? own.slice(1, -1) : own; },
    truncate: (value, length, end) => { const own = text(value); return own.length > length ? own.slice(0, length) + (end === undefined ? '...' : end) : own; },
    prune: (value, length, end) => {
      const own = text(value);
      if (own.length <= length) return own;
      const cut = own.slice(0, length + 1).replace(/\s*\S*$/, '');
      return (cut || own.slice(0, length)) + (end === undefined ? '...' : end);
    },
    pad,
    lpad: (value, length, fill) => pad(value, length, fill, 'left'),
    rpad: (value, length, fill) => pad(value, length, fill, 'right'),
    lrpad: (value, length, fill) => pad(value, length, fill, 'both'),
    stripTags: (value) => text(value).replace(/<\/?[^>]+>/g, ''),
    escapeHTML: (value) => text(value).replace(/[&<>"']/g, (char) => ENTITIES[char]),
    unescapeHTML: (value) => Object.entries(ENTITIES).reduce((own, [char, entity]) => own.split(entity).join(char), text(value)),
    strLeft: (value, by) => { const at = text(value).indexOf(by); return at < 0 ? text(value) : text(value).slice(0, at); },
    strRight: (value, by) => { const at = text(value).indexOf(by); return at < 0 ? text(value) : text(value).slice(at + by.length); },
    toNumber: (value, digits) => { const own = Number(text(value).trim()); return digits === undefined ? own : Number(own.toFixed(digits)); },
    toSentence: (list, by, last) => (list.length < 2 ? list.join('') : list.slice(0, -1).join(by || ', ') + (last || ' and ') + list[list.length - 1]),
    toBoolean: (value) => /^(true|1|yes|on)$/i.test(text(value).trim()),
    join: (by, ...parts) => parts.join(by),
    numberFormat: (value, digits) => Number(value).toFixed(digits || 0).replace(/\B(?=(\d{3})+(?!\d))/g, ','),
  };

  const say = () => undefined;
  const global = {
    Store: { get: (key) => values[key], set: (key, value) => (values[key] = value) },
    fetch: fetchOut,
    serverFetch: fetchOut,
    s,
    console: { log: say, info: say, warn: say, error: say, debug: say },
    ivm: Object.freeze({}),
    global: globalThis,
  };
  for (const name of Object.keys(global))
    Object.defineProperty(globalThis, name, { value: global[name], writable: true, configurable: true, enumerable: false });
  // What a bare V8 has and the vendor's sandbox does not name stays; what node:vm adds to it goes.
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) delete globalThis[name];

  return {
    become: (made) => { instance = made; },
    call: async (id, requestText) => {
      try {
        const method = instance && instance.process_incoming_request;
        const result = typeof method === 'function' ? await instance.process_incoming_request({ request: parse(requestText) }) : undefined;
        send(stringify({ type: 'returned', id, result: result === undefined ? undefined : stringify(result), store: store() }));
      } catch (thrown) {
        send(stringify({ type: 'threw', id, reason: problem(thrown), store: store() }));
      }
    },
    settle: (id, answerText) => {
      const { resolve, reject } = waiting.get(id) || {};
      waiting.delete(id);
      const answer = parse(answerText);
      if (answer.failed !== undefined) { if (reject) reject(new Error(answer.failed)); }
      else if (resolve) resolve(response(answer));
    },
  };
})`;
