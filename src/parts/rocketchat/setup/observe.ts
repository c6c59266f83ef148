/**
 * Ports → Seen, reads only. One read per wanted account (the mark stands nowhere else), which also lists the rooms
 * the account is in, so that no room's member list is needed; everything else by pages.
 */
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { stackMarkedIn } from '../../../stack/names.ts';
import type { ChatRoom, ChatUser, RocketChatSession } from '../rocketchat.ts';
import { fewAtATime } from './few-at-a-time.ts';
import type { Seen, SeenRoom, SeenUser } from './seen.ts';
import { bearsMark, GENERAL_ID, type Wanted } from './wanted.ts';

const AT_ONCE = 6;
const MAY_MODERATE = new Set(['owner', 'moderator']);

/** Everybody whose account decides something: wanted users, and members who must be there already. */
const namesToRead = ({ users, rooms }: Wanted): string[] => [
  ...new Set([...users.map(({ username }) => username), ...rooms.flatMap(({ members }) => members)]),
];

const seenUser = (user: ChatUser, mark: string): SeenUser => {
  const madeBy = stackMarkedIn(user.bio);
  return { ...user, ours: bearsMark(user.bio, mark), ...(madeBy === undefined ? {} : { madeBy }) };
};

const takenNames = async (session: RocketChatSession, signal: AbortSignal): Promise<Map<string, string>> => {
  const taken = new Map<string, string>();
  for (const { username, emails } of await session.users(signal)) {
    for (const name of [username, ...emails]) if (name !== '') taken.set(name.toLowerCase(), username);
  }
  return taken;
};

/** An account that was read, with the ids of its rooms where the server lists them. */
interface Account {
  readonly user: ChatUser;
  /** Room id → its roles there. */
  readonly rooms: ReadonlyMap<string, readonly string[]> | undefined;
}
type Accounts = ReadonlyMap<string, Account>;

const accountOf = (user: ChatUser): Account => ({
  user,
  rooms: user.rooms && new Map(user.rooms.map(({ id, roles }) => [id, roles])),
});

/** Who of the wanted members is inside: from the accounts where they list their rooms, else from the room. */
const membersOf = async (
  session: RocketChatSession,
  room: ChatRoom,
  members: readonly string[],
  accounts: Accounts,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const known = members.flatMap((member) => accounts.get(member) ?? []);
  if (known.every(({ rooms }) => rooms !== undefined)) {
    return known.filter(({ rooms }) => rooms?.has(room.id)).map(({ user }) => user.username);
  }
  const inside = new Set(await session.members(room, signal));
  return members.filter((member) => inside.has(member));
};

const seenRooms = async (
  wanted: Wanted,
  session: RocketChatSession,
  accounts: Accounts,
  signal: AbortSignal,
): Promise<readonly SeenRoom[]> => {
  if (wanted.rooms.length === 0) return [];
  const byName = new Map((await session.rooms(signal)).map((room) => [room.name, room]));
  const bot = accounts.get(wanted.bot);
  const found = wanted.rooms.flatMap(({ name, members }) => {
    const room = byName.get(name);
    return room ? [{ room, members }] : [];
  });
  return fewAtATime(found, AT_ONCE, async ({ room, members }) => {
    // What is a user's is not looked into: it ends as a conflict.
    const usable = room.id === GENERAL_ID || room.mark === wanted.mark;
    const roles = bot?.rooms?.get(room.id) ?? [];
    return {
      ...room,
      members: usable ? await membersOf(session, room, members, accounts, signal) : [],
      botMayModerate: roles.some((role) => MAY_MODERATE.has(role)),
    };
  });
};

/** Whether the bot's password still opens its account; one attempt, and only for an account of ours. */
const botRefusal = async (
  bot: SeenUser | undefined,
  logInBot: () => Promise<unknown>,
): Promise<Pick<Seen, 'botRefused'>> => {
  if (bot?.ours !== true || !bot.active) return {};
  try {
    await logInBot();
    return {};
  } catch (thrown) {
    const refused =
      thrown instanceof ChatopsError && (thrown.code === 'LOGIN_REFUSED' || thrown.code === 'SECOND_FACTOR_NEEDED');
    if (!refused) throw thrown;
    return { botRefused: { why: thrown.message, next: thrown.next } };
  }
};

export const observeSetup = async (
  wanted: Wanted,
  session: RocketChatSession,
  logInBot: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<Seen> => {
  const settings = await fewAtATime(Object.keys(wanted.settings), AT_ONCE, async (id) => [
    id,
    await session.setting(id, signal),
  ]);
  const names = namesToRead(wanted);
  const found = await fewAtATime(names, AT_ONCE, (name) => session.user(name, signal));
  const accounts = new Map(found.flatMap((user) => (user ? [[user.username, accountOf(user)]] : [])));
  const users = [...accounts.values()].map(({ user }) => seenUser(user, wanted.mark));
  const someMissing = wanted.users.some(({ username }) => !accounts.has(username));
  const webhooks = wanted.webhook === undefined ? [] : await session.webhooks(signal);
  return {
    version: await session.version(signal),
    settings: Object.fromEntries(settings),
    users,
    taken: someMissing ? await takenNames(session, signal) : new Map(),
    rooms: await seenRooms(wanted, session, accounts, signal),
    webhooks: webhooks.filter(({ name }) => name === wanted.webhook?.name),
    ...(await botRefusal(
      users.find(({ username }) => username === wanted.bot),
      logInBot,
    )),
  };
};
