/** A chat that is none of ours, as a package of somebody else would have it: one hall, spoken to by plain HTTP. */
import { baseUrl, CHAT, sectionOf } from 'chatops-up';

const PASSWORD = 'MURMUR_PASSWORD';
const HALL = { id: 'hall', name: 'hall' };
const PAUSE_MS = 100;

// ---------------------------------------------------------------- how it is talked in

const sessionAt = (base, { username, password }, { http, clock }) => {
  const call = async (method, path, signal, body) => {
    const headers = { 'x-murmur': `${username} ${password.reveal()}` };
    return http.request({ method, url: `${base}${path}`, headers, signal, ...(body === undefined ? {} : { body }) });
  };
  const all = async (signal) => JSON.parse((await call('GET', '/messages', signal)).body);
  const message = async (id, signal) => (await all(signal)).find((each) => each.id === id);
  return {
    me: { id: username, name: username },
    room: async (name) => (name === HALL.name ? HALL : undefined),
    whyMayNotPost: async () => undefined,
    post: async (_room, text, signal) => JSON.parse((await call('POST', '/messages', signal, text)).body),
    message,
    latest: async (_room, count, signal) => (await all(signal)).slice(-count).reverse(),
    delete: async ({ id }, signal) => void (await call('DELETE', `/messages/${id}`, signal)),
    listen: async (listener) => {
      const stop = new AbortController();
      const follow = async () => {
        for (let seen = (await all(stop.signal)).length; ; await clock.sleep(PAUSE_MS, stop.signal)) {
          const messages = await all(stop.signal);
          for (const each of messages.slice(seen)) listener(each);
          seen = messages.length;
        }
      };
      const ended = follow().catch(() => undefined);
      return {
        ended,
        close: async () => {
          stop.abort();
          await ended;
        },
      };
    },
  };
};

const spoken = {
  name: 'murmur',
  chat: (clients) => (target) => ({
    webSocketPath: '/live',
    login: async (credentials) => sessionAt(baseUrl(clients.addresses, target), credentials, clients),
  }),
};

// ---------------------------------------------------------------- what it brings into a stack

const isWanted = (config) => sectionOf(config, CHAT).kind === 'murmur';
const account = { username: 'hubot', password: PASSWORD };

const offer = (config) => {
  const { url } = sectionOf(config, CHAT);
  const target = { kind: 'url', url };
  return {
    speaks: 'murmur',
    target,
    publicUrl: url,
    ownWay: url,
    usable: { what: 'http', target, path: '/health', status: 200 },
    admin: account,
    bot: account,
    rooms: [HALL.name],
    proofRoom: HALL.name,
    setUpBy: 'murmur-setup',
  };
};

const secret = {
  name: PASSWORD,
  what: 'what the bot logs in with',
  kind: { rules: [], shape: { prefix: '', alphabet: 'token', length: 20 } },
  origin: 'generated',
  note: 'counts from the next start',
};

/** There is nothing to set up: the hall is there. */
const setup = () => ({
  id: 'murmur-setup',
  blank: () => undefined,
  observe: async () => undefined,
  decide: () => ({ changes: [], conflicts: [], warnings: [] }),
  apply: async () => undefined,
});

export const part = {
  name: 'murmur',
  chat: {
    kind: 'murmur',
    title: 'Murmur',
    takesDeliveries: false,
    ownRoom: HALL.name,
    stores: 'documents',
    knows: [],
  },
  spoken,
  offers: (config) => (isWanted(config) ? { chat: offer(config) } : {}),
  contribute: (config) =>
    isWanted(config)
      ? {
          nodes: [{ kind: 'job', name: 'murmur-setup', gates: [], job: { job: 'murmur-setup' }, withinMs: 10_000 }],
          secrets: [secret],
          elsewhere: [{ label: 'chat', title: 'Murmur', url: sectionOf(config, CHAT).url }],
        }
      : {},
  jobs: async () => ({ 'murmur-setup': () => setup() }),
};
