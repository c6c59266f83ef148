/**
 * What may stand in the names users give, each rule with the words it is refused in.
 * The rules are those of the systems the names end up in: a name that passes needs no escaping there.
 */

export interface NameRule {
  readonly pattern: RegExp;
  /** Completes "must be …". */
  readonly says: string;
  /** What is wrong with it, where the rule alone leaves that to be found. */
  readonly why?: (value: string) => string | undefined;
  /** The nearest good name, where one can be guessed. */
  readonly fix?: (value: string) => string | undefined;
}

/** The text without accents, with everything outside `allowed` turned into single dashes; undefined if nothing is left. */
const slug = (value: string, allowed: RegExp, longest: number): string | undefined => {
  const plain = value.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const dashed = plain
    .replaceAll(allowed, '-')
    .replaceAll(/-{2,}/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
  return dashed === '' ? undefined : dashed.slice(0, longest);
};

/** Docker Compose's project names (https://docs.docker.com/compose/how-tos/project-name/), kept short as it begins every container's name. */
export const STACK_NAME: NameRule = {
  pattern: /^[a-z0-9][a-z0-9_-]{0,39}$/,
  says: 'up to 40 of a-z, 0-9, - and _, beginning with a letter or digit (it is the Compose project name too)',
  fix: (value) => slug(value.toLowerCase(), /[^a-z0-9_-]+/g, 40),
};

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

/** IPv4 in four numbers; IPv6 in eight groups, or shortened once (RFC 4291, section 2.2). */
export const IP_ADDRESS: NameRule = {
  pattern: new RegExp(
    `^(?:(?:${OCTET}\\.){3}${OCTET}|(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?=[0-9a-fA-F:]{2,39}$)(?!(?:.*:){8})(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?::(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?)$`,
  ),
  says: 'an IP address of this machine, e.g. 127.0.0.1, or 0.0.0.0 for all of them',
};

/** Browsers take it for an IPv4 address, and nothing can stand before one (https://url.spec.whatwg.org/#ends-in-a-number-checker). */
const ENDS_IN_NUMBER = '(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)$';

/** A host as it may have been pasted: lower case, without scheme, port, path and a dot at its end. */
const bareHost = (value: string): string =>
  value
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/\/.*$/, '')
    .replace(/(?<=[^:]):[^:]*$/, '')
    .replace(/^\[|\]$|\.$/g, '');

/** RFC 1123 host names, lower case, that other names can stand before. */
export const DOMAIN: NameRule = {
  pattern: new RegExp(`^(?=.{1,240}$)(?!${ENDS_IN_NUMBER})${LABEL}(?:\\.${LABEL})*$`),
  says: 'a host name in lower case, without scheme, port or path',
  why: (value) => {
    const host = bareHost(value);
    if (IP_ADDRESS.pattern.test(host)) return 'nothing can stand before an IP address, as `chat.` does before a name';
    if (new RegExp(`^${ENDS_IN_NUMBER}`).test(host)) return 'browsers take what ends in a number for an IP address';
    if (host.includes('_')) return 'no host name has `_`';
    const [strange] = /[^\x00-\x7f]/u.exec(host) ?? [];
    return strange === undefined ? undefined : `\`${strange}\` stands in names as xn--… only (Punycode)`;
  },
  fix: (value) => {
    const host = bareHost(value);
    // Names below it resolve to the address that they begin with, for everybody who can ask the public DNS.
    if (IP_ADDRESS.pattern.test(host)) return `${host.replaceAll(/[.:]/g, '-')}.sslip.io`;
    // What browsers make of it: Punycode where it is needed.
    const address = `http://${host.replaceAll('_', '-')}/`;
    return URL.canParse(address) ? new URL(address).hostname : undefined;
  },
};

/** One host, or with `*.` all those below it. */
export const LINKED_HOST: NameRule = {
  pattern: new RegExp(`^(?:\\*\\.)?(?=.{1,240}$)${LABEL}(?:\\.${LABEL})*$`),
  says: 'a host name in lower case, without scheme, port or path; `*.` before it stands for those below it',
  fix: (value) => DOMAIN.fix?.(value),
};

/** The chat's setting `UTF8_Channel_Names_Validation` as it is shipped. */
export const ROOM_NAME: NameRule = {
  pattern: /^[0-9a-zA-Z\-_.]{1,100}$/,
  says: 'letters without accents, digits, -, _ and . only (the chat refuses others in room names)',
  fix: (value) => slug(value.replace(/^#/, ''), /[^0-9a-zA-Z\-_.]+/g, 100),
};

/** Of a chat that has teams; they stand in its addresses (at least two characters). */
export const TEAM_NAME: NameRule = {
  pattern: /^[a-z0-9][a-z0-9-]{1,63}$/,
  says: '2 to 64 of a-z, 0-9 and -, beginning with a letter or digit',
  fix: (value) => slug(value.toLowerCase(), /[^a-z0-9-]+/g, 64),
};

/** One line above the messages of a room. */
export const ROOM_HEADER: NameRule = {
  pattern: /^(?=.*\S)[^\p{Cc}\p{Cs}\u2028\u2029]{1,1000}$/u,
  says: 'one line of 1 to 1000 characters without control characters',
};

/** What a room is for; the stack's mark is put after it where the server takes 250 characters in all. */
export const ROOM_PURPOSE: NameRule = {
  pattern: /^(?=.*\S)[^\p{Cc}\p{Cs}\u2028\u2029]{1,180}$/u,
  says: 'one line of 1 to 180 characters without control characters',
};

/** The chat's setting `UTF8_User_Names_Validation` as it is shipped. */
export const USERNAME: NameRule = {
  pattern: /^[0-9a-zA-Z\-_.]{1,64}$/,
  says: 'letters without accents, digits, -, _ and . only (the chat refuses others in user names)',
  fix: (value) => slug(value.replace(/^@/, ''), /[^0-9a-zA-Z\-_.]+/g, 64),
};

/** Names people read. Quotes, `$`, `;` are theirs to use; control characters and line ends are not. */
export const DISPLAY_NAME: NameRule = {
  pattern: /^(?=.*\S)[^\p{Cc}\p{Cs}\u2028\u2029]{1,120}$/u,
  says: 'one line of 1 to 120 characters without control characters',
  fix: (value) => {
    const line = value
      .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
      .trim()
      .slice(0, 120);
    return line === '' ? undefined : line;
  },
};

/** The chat wants a dot after the @. Quoted local parts are legal and refused: nothing good needs them here. */
export const EMAIL: NameRule = {
  pattern:
    /^(?=.{1,254}$)[A-Za-z0-9.!#%&*+/=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/,
  says: 'an e-mail address, such as alice@example.org',
};

/** Ids of a chat's roles. */
export const ROLE: NameRule = {
  pattern: /^[0-9a-zA-Z\-_.]{1,64}$/,
  says: 'the id of a role in the chat, such as user, moderator, admin',
};

/** No user name or password in it: those stand in .env. */
export const SERVER_URL: NameRule = {
  pattern:
    /^https?:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~%\-/]*)?$/,
  says: 'an address such as https://git.example.org, without user name, password, query or fragment',
  fix: (value) => (/^[a-z0-9.-]+\.[a-z]{2,}$/.test(value) ? `https://${value}` : undefined),
};

const PATH_PART = '[0-9A-Za-z_](?:[0-9A-Za-z_.-]{0,100}[0-9A-Za-z_-])?';

/** Paths of groups in a forge. */
export const GROUP_PATH: NameRule = {
  pattern: new RegExp(`^${PATH_PART}(?:/${PATH_PART}){0,19}$`),
  says: 'the full path of a group, such as chatops or company/chatops',
  fix: (value) => value.replaceAll(/^\/+|\/+$/g, '') || undefined,
};

/** Full paths of projects in a forge: at least one group or user before the slash. */
export const PROJECT_PATH: NameRule = {
  pattern: new RegExp(`^${PATH_PART}(?:/${PATH_PART}){1,20}$`),
  says: 'the full path of a project with its group, such as chatops/hello',
  fix: (value) => {
    const path = value.replace(/^https?:\/\/[^/]+/, '').replaceAll(/^\/+|\/+$|\.git$/g, '');
    return path.includes('/') ? path : undefined;
  },
};

/** Tags reach the forge as a comma list. */
export const RUNNER_TAG: NameRule = {
  pattern: /^[^\p{Cc}\p{Cs}\s,](?:[^\p{Cc}\p{Cs}\u2028\u2029,]{0,253}[^\p{Cc}\p{Cs}\s,])?$/u,
  says: 'a runner tag: one line without commas or outer spaces',
};

/** User names of a forge (gl:path_regex.rb, full namespace format of one part): wider than the chat's. */
export const FORGE_USERNAME: NameRule = {
  pattern: /^[0-9a-zA-Z_.-]{1,255}$/,
  says: 'letters without accents, digits, -, _ and . only, without @',
  fix: (value) => slug(value.replace(/^@/, ''), /[^0-9a-zA-Z\-_.]+/g, 255),
};

/**
 * What git allows in the name of a branch (git-check-ref-format), and `*` for any characters. No `!` in front: nothing
 * is taken out here, so it would not mean what it seems to.
 */
export const BRANCH_PATTERN: NameRule = {
  pattern: /^(?!!|\/|refs\/heads\/)(?!.*(?:\.\.|\/\/|@\{|\*\*))[^\p{Cc}\p{Cs}\s~^:?[\]\\{}]{1,200}(?<!\/)$/u,
  says: 'a branch, or a pattern such as release/* in which * stands for any characters (no ?, [ ], { }, ** or leading !)',
  fix: (value) =>
    value
      .trim()
      .replace(/^refs\/heads\//, '')
      .replaceAll(/\*{2,}(?:\/\*+)*/g, '*')
      .replaceAll('?', '*')
      .replaceAll(/^\/+|\/+$/g, '') || undefined,
};

/** A text of the announcements. */
export const WORDING_TEXT: NameRule = {
  pattern: /^(?=.*\S)[^\p{Cc}\p{Cs}\u2028\u2029]{1,300}$/u,
  says: 'one line of 1 to 300 characters without control characters',
  fix: (value) =>
    value
      .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
      .trim()
      .slice(0, 300) || undefined,
};

/** Names of replica sets; they stand in connection strings. */
export const SET_NAME: NameRule = {
  pattern: /^[0-9A-Za-z_-]{1,64}$/,
  says: 'up to 64 letters, digits, - and _',
};

/** Databases and users of an SQL server: as they stand, without quotes. `pg_` is kept for the server itself. */
export const SQL_NAME: NameRule = {
  pattern: /^(?!pg_)[a-z][a-z0-9_]{0,62}$/,
  says: 'up to 63 of a-z, 0-9 and _, beginning with a letter, and not with pg_',
  fix: (value) => slug(value.toLowerCase(), /[^a-z0-9_]+/g, 63)?.replaceAll('-', '_'),
};

/** PEM files are mounted into a container: `:` would end the path there, `$` would be expanded. */
export const FILE_PATH: NameRule = {
  pattern: /^[0-9A-Za-z._/-]{1,400}$/,
  says: 'the path of a file made of letters, digits, ., _, - and /',
};

/** A package, by npm's rules for names (https://docs.npmjs.com/cli/configuring-npm/package-json#name), or a file. */
export const PART_PLACE: NameRule = {
  pattern: /^(?:\.\/[^\p{Cc}]{1,400}|(?:@[a-z0-9-][a-z0-9-._]*\/)?[a-z0-9][a-z0-9-._]{0,213})$/u,
  says: 'the name of a package, or a path that begins with ./',
  fix: (value) => (/^[^./@][^:]*\.[cm]?[jt]s$/.test(value) ? `./${value}` : undefined),
};

const IMAGE_PART = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';

/** References of container images (https://github.com/distribution/reference). */
export const IMAGE: NameRule = {
  pattern: new RegExp(
    `^(?=.{1,400}$)(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::[0-9]{1,5})?/)?${IMAGE_PART}(?:/${IMAGE_PART})*(?::[0-9A-Za-z_][0-9A-Za-z_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
  ),
  says: 'an image reference such as debian:13 or registry.example.org/team/debian:13',
};

/** A pattern of image references: `*` for anything within a segment, `**` across them. */
export const IMAGE_PATTERN: NameRule = {
  pattern: /^[a-zA-Z0-9*?[\]{},!^.:@/_-]{1,400}$/,
  says: 'a pattern of image references such as ruby:* or registry.example.org/team/*:*',
};

/** As Docker reads amounts of memory. */
export const MEMORY: NameRule = {
  pattern: /^[1-9][0-9]{0,8}[bkmg]$/,
  says: 'an amount of memory such as 512m or 4g',
  fix: (value) => /^([1-9][0-9]{0,8}) ?([kmg])i?b?$/i.exec(value)?.slice(1, 3).join('').toLowerCase(),
};

/** major.minor. */
export const CHAT_VERSION: NameRule = {
  pattern: /^[0-9]{1,3}\.[0-9]{1,3}$/,
  says: 'a version as major.minor, such as 8.5',
  fix: (value) => /^v?([0-9]+\.[0-9]+)(?:\.[0-9]+)?$/.exec(value)?.[1],
};

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** A deadline. */
export const DURATION: NameRule = {
  pattern: /^[1-9][0-9]{0,5}[smh]$/,
  says: 'a whole number of seconds, minutes or hours, such as 90s, 20m or 1h',
  fix: (value) => (/^[1-9][0-9]{0,5}$/.test(value) ? `${value}s` : undefined),
};

/** ms of a text that is a `DURATION`. */
export const durationMs = (text: string): number =>
  Number.parseInt(text, 10) * UNITS_MS[text.slice(-1) as keyof typeof UNITS_MS];

/** All of them, to find the rule behind a refused pattern. */
export const NAME_RULES: readonly NameRule[] = [
  STACK_NAME,
  DOMAIN,
  LINKED_HOST,
  ROOM_NAME,
  TEAM_NAME,
  ROOM_HEADER,
  ROOM_PURPOSE,
  USERNAME,
  DISPLAY_NAME,
  EMAIL,
  ROLE,
  SERVER_URL,
  GROUP_PATH,
  PROJECT_PATH,
  RUNNER_TAG,
  FORGE_USERNAME,
  BRANCH_PATTERN,
  WORDING_TEXT,
  SET_NAME,
  SQL_NAME,
  FILE_PATH,
  PART_PLACE,
  IMAGE,
  IMAGE_PATTERN,
  MEMORY,
  CHAT_VERSION,
  DURATION,
];
