import { describe, expect, it } from 'vitest';
import type { Symptoms } from '../../../../src/contracts/cause.ts';
import { createRecognise } from '../../../../src/engines/docker/diagnosis/recognise.ts';
import { PARTS } from '../../../../src/wiring/parts.ts';

const { all, cause: recognise, isHopeless } = createRecognise(PARTS.flatMap(({ causes = [] }) => causes));

const NOTHING: Symptoms = {
  service: 'chat',
  role: 'rocketchat',
  code: 'SERVICE_FAILED',
  said: '',
  exit: undefined,
  engineSays: '',
  log: '',
  memoryLimit: 0,
  spared: [],
  volumes: ['uploads at /app/uploads'],
  runsAs: '65533',
};

const exit = (exitCode: number, outOfMemory = false) => ({ exitCode, outOfMemory });

/** What was seen → words of the cause, words of the remedy. */
const TABLE: readonly [string, Partial<Symptoms>, RegExp, RegExp][] = [
  [
    'its own memory limit',
    { exit: exit(137, true), memoryLimit: 16 * 1024 ** 2 },
    /may use 16 MiB/,
    /limits: \{ \w+: \{ memory: 4g \} \}/,
  ],
  ['the memory of the machine', { exit: exit(137, true) }, /this machine has not enough/, /more memory$/],
  [
    'the memory of the machine, in a stack that can do with less',
    { exit: exit(137, true), spared: ['leave the wiki out with `wiki: none`'] },
    /this machine has not enough/,
    /more memory, or leave the wiki out with `wiki: none`$/,
  ],
  ['a kill without the flag', { exit: exit(137) }, /SIGKILL/, /dmesg/],
  ["Node's own limit", { log: 'FATAL ERROR: JavaScript heap out of memory' }, /Node\.js allows/, /max-old-space-size/],
  ['a full volume, in the log', { log: 'ENOSPC: no space left on device, write' }, /is full/, /docker system df/],
  ['a full disk, reported by the engine', { engineSays: 'mkdir /x: no space left on device' }, /is full/, /df -h/],
  ['a read-only disk', { log: 'EROFS: read-only file system' }, /only be read/, /dmesg/],
  ['a file of another user', { log: "EACCES: permission denied, open '/app/uploads/x'" }, /uploads/, /uid 65533/],
  ['a port in use', { said: 'listen tcp4 0.0.0.0:8080: bind: address already in use' }, /port 8080/, /sport = :8080/],
  [
    'a kernel that MongoDB refuses',
    { role: 'mongo', exit: exit(1), log: '{"s":"F","id":12257600,"msg":"MongoDB cannot start"}' },
    /Linux kernel of the engine/,
    /GLIBC_TUNABLES=glibc\.pthread\.rseq=1/,
  ],
  ['a kernel that MongoDB crashes on', { role: 'mongo', exit: exit(139) }, /SIGSEGV.*uname -r/, /Linux 7\.0\.14/],
  [
    'a Mattermost whose PostgreSQL is away',
    {
      role: 'mattermost',
      log: '{"level":"error","msg":"Failed to ping DB","error":"dial tcp 172.18.0.2:5432: connect: connection refused"}',
    },
    /cannot reach its PostgreSQL.*172\.18\.0\.2/,
    /chatops-up status/,
  ],
  [
    'a Mattermost whose PostgreSQL has another password',
    {
      role: 'mattermost',
      log: '{"level":"error","msg":"Failed to ping DB","error":"pq: password authentication failed for user \\"chatops\\""}',
    },
    /another password than \.env says/,
    /put the old one back/,
  ],
  [
    'a Mattermost whose PostgreSQL is too old',
    {
      role: 'mattermost',
      log: 'Error: failed to initialize platform: cannot create store: error while checking DB version: minimum Postgres version requirements not met. Found: 13.22, Wanted: 14.0',
    },
    /older than it takes: Found: 13\.22, Wanted: 14\.0/,
    /images: \{ postgres: … \}/,
  ],
  [
    'a Mattermost whose folders are not its own',
    {
      role: 'mattermost',
      log: 'Error: failed to load configuration: could not create config file: open /mattermost/config/config.json: permission denied',
    },
    /belongs to another user than 2000/,
    /chown -R 2000:2000/,
  ],
  [
    'a Mattermost that has locked an account',
    {
      role: 'mattermost',
      said: 'hubot could not log in to Mattermost: HTTP 401 (api.user.check_user_login_attempts.too_many.app_error)',
    },
    /locked after ten wrong passwords/,
    /correct the password in \.env/,
  ],
  [
    'a Deno that is too old for the apps of Rocket.Chat',
    { role: 'rocketchat', log: "error: Unsupported lockfile version '5'. Try upgrading Deno" },
    /Deno 1\.43/,
    /rocket\.chat:8\.5\.3/,
  ],
  [
    'data of another PostgreSQL',
    {
      role: 'postgres',
      exit: exit(1),
      log: 'DETAIL:  The data directory was initialized by PostgreSQL version 15, which is not compatible with this version 17.6.',
    },
    /another major version of PostgreSQL/,
    /pg_dump/,
  ],
  [
    'the password that PostgreSQL got with its data',
    { role: 'postgres', said: 'login was refused: password authentication failed for user "wiki" (28P01)' },
    /another password than \.env says/,
    /\\password/,
  ],
  [
    'a full disk under PostgreSQL',
    { role: 'postgres', log: 'PANIC:  could not write to file "pg_wal/xlogtemp.41": No space left on device' },
    /disk with its data is full: PANIC/,
    /goes on by itself/,
  ],
  [
    'a PostgreSQL without a password',
    {
      role: 'postgres',
      exit: exit(1),
      log: 'Error: Database is uninitialized and superuser password is not specified.',
    },
    /given no password/,
    /puts one into \.env/,
  ],
  [
    'a PostgreSQL that still replays its log',
    { role: 'postgres', code: 'GATE_TIMED_OUT', said: 'the database system is starting up (57P03)' },
    /still starting up/,
    /timeouts: \{ postgres: 10m \}/,
  ],
  ['a CPU without AVX', { role: 'mongo', exit: exit(132) }, /lacks AVX/, /kind: external/],
  ['another illegal instruction', { exit: exit(132) }, /CPU does not have/, /CPU type/],
  ['an image for another CPU', { log: 'exec /bin/x: exec format error' }, /another kind of CPU/, /images:/],
  [
    'a missing program',
    { engineSays: 'exec: "mongod": executable file not found in $PATH' },
    /lacks the program/,
    /images:/,
  ],
  ['a stop from outside', { exit: exit(143) }, /stopped from outside/, /chatops-up up/],
  ['data of another MongoDB', { role: 'mongo', exit: exit(62) }, /another major version/, /one major at a time/],
  ['data that another mongod holds', { role: 'mongo', log: 'DBPathInUse: Unable to lock' }, /open/, /same volume/],
  [
    'users without a key file',
    { role: 'mongo', log: 'security.keyFile is required when authorization is enabled with replica sets' },
    /key file/,
    /take --auth away/,
  ],
  [
    'a key file others may read',
    { role: 'mongo', log: 'permissions on /key are too open' },
    /read by others/,
    /mode 400/,
  ],
  [
    'a password of before',
    { role: 'mongo', log: 'AuthenticationFailed' },
    /no user with that password/,
    /chatops-up up/,
  ],
  [
    'a MongoDB without a set',
    { log: 'Transaction numbers are only allowed on a replica set member or mongos' },
    /no member of a replica set/,
    /--replSet/,
  ],
  [
    'a MongoDB that cannot be reached',
    { log: 'MongoServerSelectionError: Server selection timed out after 30000 ms' },
    /cannot reach a PRIMARY/,
    /chatops-up status/,
  ],
  [
    'a MongoDB that refuses the login',
    { log: 'MongoServerError: Authentication failed.' },
    /does not take its user name and password/,
    /authSource/,
  ],
  [
    'an address of MongoDB with another scheme',
    {
      log: 'MongoParseError: Invalid scheme, expected connection string to start with "mongodb://" or "mongodb+srv://"',
    },
    /cannot read the address of its MongoDB: .*Invalid scheme/,
    /percent-encoded/,
  ],
  [
    'an address of MongoDB with a raw password',
    { log: 'MongoParseError: Password contains unescaped characters' },
    /cannot read the address/,
    /percent-encoded/,
  ],
  [
    'a MongoDB under a name nobody knows',
    { log: 'MongoServerSelectionError: getaddrinfo ENOTFOUND 3f2a' },
    /under the name 3f2a/,
    /CHATOPS_MONGO_URL/,
  ],
  [
    'a MongoDB that is too old',
    { log: 'YOUR CURRENT MONGODB VERSION (6.0) IS NOT SUPPORTED' },
    /does not take/,
    /images: \{ mongo/,
  ],
  ['options that are no JSON', { log: 'MONGO_OPTIONS: SyntaxError in JSON' }, /no JSON/, /variable/],
  [
    'a weak password of root',
    { role: 'gitlab', log: 'Could not create the default administrator account:' },
    /refuses the password of root/,
    /GITLAB_ROOT_PASSWORD/,
  ],
  [
    'an upgrade that jumps a stop',
    { role: 'gitlab', log: 'It seems you are upgrading from 16.0 to 19.3' },
    /cannot be reached at once/,
    /in between/,
  ],
  [
    'a reconfigure that failed',
    { role: 'gitlab', log: 'There was an error running gitlab-ctl reconfigure:' },
    /reconfigure/,
    /gitlab\.rb/,
  ],
  [
    'health pages that are closed',
    { role: 'gitlab', said: '{"error":"nginx returned 404 when communicating' },
    /health pages/,
    /monitoring_whitelist/,
  ],
  [
    'a GitLab that still boots',
    { role: 'gitlab', code: 'GATE_TIMED_OUT', said: 'HTTP 502' },
    /still booting/,
    /gitlab: 30m/,
  ],
  [
    'a runner that idles',
    { role: 'gitlab-runner', log: 'Runner x is unhealthy and will be disabled for 1h' },
    /idles/,
    /chatops-up up/,
  ],
  [
    'a relay without its secret',
    { role: 'relay', log: 'SECRET_MISSING  CHATOPS_HOOK_SECRET is not set' },
    /without a usable CHATOPS_HOOK_SECRET/,
    /chatops-up up/,
  ],
  [
    'settings that the relay does not take',
    { role: 'relay', log: 'CONFIG_INVALID  CHATOPS_RELAY_SETTINGS was refused' },
    /CONFIG_INVALID {2}CHATOPS_RELAY_SETTINGS was refused/,
    /writes them anew/,
  ],
  [
    'a chat that refuses the relay',
    {
      role: 'relay',
      log: 'relay: #ci: not now: http://rocketchat:3000 refused the login of hubot: the account is missing',
    },
    /refuses the login of hubot/,
    /password differs/,
  ],
  [
    'a room that the relay cannot post in',
    { role: 'relay', said: '/health answers 503 instead of 200: hubot cannot post in #ci: it is missing or archived' },
    /hubot cannot post in #ci/,
    /archive/,
  ],
  [
    'a memory of the relay that was set aside',
    {
      role: 'relay',
      log: 'relay: its memory cannot be read and is set aside as relay.json.not-json.1: it is not JSON; messages',
    },
    /damaged \(it is not JSON\).*relay\.json\.not-json\.1/,
    /docker compose cp relay:/,
  ],
  [
    'a full volume of the relay',
    { role: 'relay', log: 'relay: #ci: cannot write relay.json: no space left on the device (ENOSPC)' },
    /is full/,
    /docker system df/,
  ],
  [
    'a refused nginx.conf',
    { role: 'nginx', log: 'nginx: [emerg] host not found in upstream "chat"' },
    /host not found/,
    /chatops-up render/,
  ],
  ['a wrong certificate', { role: 'nginx', log: 'nginx: [emerg] cannot load certificate "/x"' }, /cannot load/, /tls:/],
  ['a locked account', { code: 'LOGIN_REFUSED', said: 'error-login-blocked-for-user' }, /locked/, /five minutes/],
  [
    'a wrong password',
    { code: 'LOGIN_REFUSED', said: 'CHATOPS_BOT_PASSWORD was refused' },
    /CHATOPS_BOT_PASSWORD differs/,
    /old value/,
  ],
  ['a dead token', { code: 'TOKEN_INVALID', said: 'Token is expired' }, /it has expired/, /CHATOPS_GITLAB_TOKEN/],
  [
    'a port that nobody opens',
    { code: 'GATE_TIMED_OUT', said: 'connect ECONNREFUSED 10.0.0.2:3000' },
    /nothing in it has opened/,
    /timeouts/,
  ],
];

describe('the likely cause', () => {
  it.each(TABLE)('is %s', (_, symptoms, cause, remedy) => {
    const found = recognise({ ...NOTHING, ...symptoms });
    expect(found?.what).toMatch(cause);
    expect(found?.next).toMatch(remedy);
  });

  it('is not guessed where nothing is recognised', () => {
    expect(recognise(NOTHING)).toBeUndefined();
    expect(recognise({ ...NOTHING, exit: exit(1), log: 'Error: it went wrong' })).toBeUndefined();
  });

  it('is looked for in every entry of the table: each is found by at least one line of this test', () => {
    const unfound = all
      .filter(({ recognise: each }) => !TABLE.some(([, symptoms]) => each({ ...NOTHING, ...symptoms }) !== undefined))
      .map(({ name }) => name);
    expect(unfound).toEqual([]);
  });

  it('of a login that was refused is the password, whatever the server went through until it answered', () => {
    const said = 'its password differs from CHATOPS_ADMIN_PASSWORD in .env';
    const log = 'MongoServerSelectionError: Server selection timed out';
    for (const code of ['LOGIN_REFUSED', 'CONFLICT'] as const) {
      expect(recognise({ ...NOTHING, code, said, log, exit: exit(1) })?.what).toMatch(/CHATOPS_ADMIN_PASSWORD differs/);
    }
  });

  it('of a full disk is named before what follows from it', () => {
    const log = 'MongoServerSelectionError\nENOSPC: no space left on device';
    expect(recognise({ ...NOTHING, log, exit: exit(1) })?.what).toMatch(/is full/);
  });
});

describe('a service that ended', () => {
  it.each([
    ['a full volume', { log: 'no space left on device' }, true],
    ['a missing instruction of the CPU', { exit: exit(132) }, true],
    ['a missing program', { exit: exit(127) }, true],
    ['memory', { exit: exit(137, true) }, false],
    ['a database that is not there yet', { log: 'MongoServerSelectionError' }, false],
    ['a port that its last life still holds', { log: 'EADDRINUSE' }, false],
    ['something unknown', { exit: exit(1) }, false],
  ] satisfies [string, Partial<Symptoms>, boolean][])('of %s', (_, symptoms, expected) => {
    expect(isHopeless({ ...NOTHING, code: undefined, ...symptoms })).toBe(expected);
  });
});
