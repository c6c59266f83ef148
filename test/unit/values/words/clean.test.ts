import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { LONGEST_TEXT } from '../../../../src/values/words/bounded.ts';
import { createClean } from '../../../../src/values/words/clean.ts';
import { createKnownSecrets } from '../../../../src/values/words/known-secrets.ts';
import { createOutlet } from '../../../../src/values/words/outlet.ts';

const VALUE = 'Tr0ub4dor&3-horse/battery';
const clean = createClean([['CHATOPS_ADMIN_PASSWORD', VALUE]]);
const bare = createClean([]);

describe('a known secret', () => {
  it('is shown by the name of its variable', () => {
    expect(clean.text(`refused: ${VALUE}!`)).toBe('refused: ‹CHATOPS_ADMIN_PASSWORD›!');
  });

  it('is shown by its name as the digest that a server takes in its place', () => {
    const digest = createHash('sha256').update(VALUE).digest('hex');
    expect(clean.text(`{"digest":"${digest}"}`)).toBe('{"digest":"‹CHATOPS_ADMIN_PASSWORD›"}');
  });

  it('does not take a backslash before it out of its pair', () => {
    const text = createClean([['A', `n${VALUE}`]]).text(`said: ${JSON.stringify({ a: `line\n${VALUE}` })}`);
    expect(JSON.parse(text.replace('said: ', ''))).toEqual({ a: 'line‹A›' });
  });

  it('is no ordinary word: values of five characters and less are let through', () => {
    expect(createClean([['A', 'nginx']]).text('nginx: started')).toBe('nginx: started');
  });

  it('of an address is its password, not its host', () => {
    const url = createClean([['CHATOPS_MONGO_URL', 'mongodb://chief:s3cret%2Fpass@mongo-1:27017/rocketchat']]);
    expect(url.text('mongo-1:27017 refuses s3cret/pass and s3cret%2Fpass of mongodb://mongo-1:27017/rocketchat')).toBe(
      'mongo-1:27017 refuses ‹CHATOPS_MONGO_URL› and ‹CHATOPS_MONGO_URL› of mongodb://mongo-1:27017/rocketchat',
    );
  });

  it('of an address is what may be a token in its path', () => {
    const url = createClean([['HOOK_URL', 'https://chat.example.org/hooks/ah5wuxoo7iefae8queepohnu']]);
    expect(url.text('POST https://chat.example.org/hooks/ah5wuxoo7iefae8queepohnu')).toBe(
      'POST https://chat.example.org/hooks/‹HOOK_URL›',
    );
  });

  it('is told apart from another that begins alike by the name of the first', () => {
    const two = createClean([
      ['ONE', 'same-beginning-1-AAAA'],
      ['TWO', 'other-beginning-2-BBBB'],
    ]);
    expect(two.text('same-beginning-1-AAAA, other-beginning-2-BBBB')).toBe('‹ONE›, ‹TWO›');
  });
});

describe('a document', () => {
  const page = (text: string): string => text.replaceAll('"', '&quot;');
  const twice = createClean([['A', 'Robot/8$+Vn"kW2?yT=6%r']]);
  const echoed = `said: ${page(JSON.stringify('Robot/8$+Vn"kW2?yT=6%r'))}`;

  it('hides what was written in it in a form of its own', () => {
    expect(JSON.parse(twice.text(JSON.stringify({ echoed })))).toEqual({ echoed: 'said: &quot;‹A›&quot;' });
  });

  it('hides it in each line, and keeps the indent of one over several', () => {
    expect(twice.text(`first\n${JSON.stringify({ echoed })}\nlast`)).toBe(
      'first\n{"echoed":"said: &quot;‹A›&quot;"}\nlast',
    );
    expect(twice.text(`${JSON.stringify({ echoed }, null, 2)}\n`)).toBe('{\n  "echoed": "said: &quot;‹A›&quot;"\n}\n');
  });

  it('with carriage returns between its parts can still be read', () => {
    expect(twice.text('[[],\r[\r],"ab"]\r')).toBe('[[], [ ],"ab"] ');
    expect(JSON.parse(twice.text(`[\r${JSON.stringify(echoed)}]\r\n`))).toEqual(['said: &quot;‹A›&quot;']);
  });

  it.each(['\\ud800', '\\n', '\\u0041'])('keeps its escape %s before what looks like a token', (before) => {
    for (const named of ['authorization: ', 'x-auth-token=', '?private_token=']) {
      const document = `{"said":"${named}${before}Y2hpZWY6Q2hVdnlk"}`;
      expect(() => JSON.parse(clean.text(document))).not.toThrow();
    }
  });

  it('of others is not written anew where nothing is to hide', () => {
    const line = '{ "at": 12345678901234567890,   "said": "hello" }';
    expect(twice.text(line)).toBe(line);
  });
});

describe('tokens that nobody made known to us', () => {
  it.each([
    ['X-Auth-Token: 9zXhAb3kQpLm7RtY', 'X-Auth-Token: ‹token›'],
    ['{"x-auth-token":"9zXhAb3kQpLm7RtY"}', '{"x-auth-token":"‹token›"}'],
    ['{\\"private-token\\":\\"9zXhAb3kQpLm7RtY\\"}', '{\\"private-token\\":\\"‹token›\\"}'],
    ['authorization: Bearer 9zXhAb3kQpLm7RtY', 'authorization: Bearer ‹token›'],
    ['GET /api?private_token=9zXhAb3kQpLm7RtY&a=1', 'GET /api?private_token=‹token›&a=1'],
    ['made glpat-9zXhAb3kQpLm7RtY for you', 'made ‹token› for you'],
    ['https://chief:hunter2@git.example.org/', 'https://chief:‹token›@git.example.org/'],
  ])('are hidden in %s', (text, shown) => {
    expect(bare.text(text)).toBe(shown);
  });

  it.each([
    'make a token with scope `api` and put it into .env',
    'GitLab git.example.org does not accept the token: 401 Unauthorized',
    'write CHATOPS_GITLAB_TOKEN=… into .env',
    'http://chat.localhost:8080/api/v1/info answers 503',
  ])('are not seen in %s', (text) => {
    expect(bare.text(text)).toBe(text);
  });
});

describe('what steers a terminal', () => {
  it.each([
    ['the title of a window', '\u001b]0;owned\u0007', '\\x1b]0;owned\\x07'],
    ['a cleared screen', '\u001b[2J', '\\x1b[2J'],
    ['C1', '\u009b2J', '\\u009b2J'],
    ['a carriage return', 'safe\rowned', 'safe\\x0downed'],
    ['the end of a line of other systems', 'one\r\ntwo', 'one\ntwo'],
    ['a tab', 'a\tb', 'a    b'],
    ['turned letters', 'a\u202eb', 'a\\u202eb'],
    ['nothing to see', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['a tag of Unicode', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['a picture of several', '👩\u200d💻', '👩\u200d💻'],
    ['a joiner without pictures', 'a\u200db', 'a\\u200db'],
  ])('is shown harmlessly: %s', (_what, text, shown) => {
    expect(bare.text(text)).toBe(shown);
  });
});

describe('a value', () => {
  it('is cleaned in errors, which stay errors of their code', () => {
    const cause = new Error('kept');
    const facts = { what: `${VALUE} is wrong`, why: '\u001b[2J', next: `not ${VALUE}`, cause };
    const cleaned = clean.value({ error: new ChatopsError('TOKEN_INVALID', facts) }).error;
    expect(cleaned).toMatchObject({
      code: 'TOKEN_INVALID',
      what: '‹CHATOPS_ADMIN_PASSWORD› is wrong',
      why: '\\x1b[2J',
      next: 'not ‹CHATOPS_ADMIN_PASSWORD›',
      cause,
    });
    expect(cleaned).toBeInstanceOf(ChatopsError);
  });

  it('is cleaned in keys as well', () => {
    expect(clean.value({ [VALUE]: 1, map: new Map([[VALUE, [VALUE]]]) })).toEqual({
      '‹CHATOPS_ADMIN_PASSWORD›': 1,
      map: new Map([['‹CHATOPS_ADMIN_PASSWORD›', ['‹CHATOPS_ADMIN_PASSWORD›']]]),
    });
  });

  it('is bounded in each text', () => {
    const { text } = clean.value({ text: 'x'.repeat(100_000) });
    expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(text.endsWith('…')).toBe(true);
  });

  it('leaves numbers, dates and secrets as they are', () => {
    const value = { at: new Date(0), secret: new Secret('a'), count: 1, none: undefined, nothing: null };
    expect(clean.value(value)).toEqual(value);
  });
});

describe('an outlet', () => {
  it('knows a secret from the moment it was learned', () => {
    const known = createKnownSecrets({});
    const lines: string[] = [];
    const out = createOutlet((text) => lines.push(text), known.clean);
    out(VALUE);
    known.learn([['CHATOPS_ADMIN_PASSWORD', new Secret(VALUE)]]);
    out(VALUE);
    expect(lines).toEqual([VALUE, '‹CHATOPS_ADMIN_PASSWORD›']);
  });

  it('keeps a former value to itself when a variable gets a new one', () => {
    const known = createKnownSecrets({});
    known.learn([['A', new Secret('former-value-1')]]);
    known.learn([['A', new Secret('newest-value-2')]]);
    expect(known.clean.text('former-value-1 newest-value-2')).toBe('‹A› ‹A›');
  });

  it('takes variables for secrets whose names say so, but for paths and switches', () => {
    const known = createKnownSecrets({
      MY_TOKEN: 'hidden-by-its-name',
      HOME: '/home/somebody',
      TLS_KEY: '/etc/tls/server.key',
      ASK_PASSWORD: 'false',
      NO_SECRET: undefined,
    });
    const text = 'hidden-by-its-name /home/somebody /etc/tls/server.key false';
    expect(known.clean.text(text)).toBe('‹MY_TOKEN› /home/somebody /etc/tls/server.key false');
  });
});
