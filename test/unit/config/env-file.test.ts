import { describe, expect, it } from 'vitest';
import { parseEnv } from '../../../src/config/env-file.ts';
import { quoteForEnv, withSecrets } from '../../../src/config/env-write.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';

const values = (text: string) => Object.fromEntries(parseEnv(text).entries.map(({ name, value }) => [name, value]));

const damage = (text: string): ChatopsError => {
  try {
    parseEnv(text, '.env');
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown;
    throw thrown;
  }
  throw new Error('the file was read');
};

describe('reading .env', () => {
  it.each([
    ['A=1', '1'],
    ['A=', ''],
    ['A= ', ''],
    ['A = 1 ', '1'],
    ['  A=1', '1'],
    ['export A=1', '1'],
    ['A=1 # comment', '1'],
    ['A= # comment', ''],
    ['A=1#2', '1#2'],
    ['A=a=b', 'a=b'],
    ['A="1 # 2"', '1 # 2'],
    ["A='1 # 2'", '1 # 2'],
    ['A="a\\nb\\t\\"\\\\\\$"', 'a\nb\t"\\$'],
    ['A="\\q"', '\\q'],
    ["A='a\\nb$C'", 'a\\nb$C'],
    ["A='it\\'s'", "it's"],
    ['A="two\nlines"', 'two\nlines'],
    ['A="x" # comment', 'x'],
    ['A=x"y', 'x"y'],
    ['\uFEFFA=1', '1'],
    ['A=1\r\n', '1'],
    ['# c\r\n\r\nA=1\r\n', '1'],
  ])('understands %j as Compose does', (text, value) => {
    expect(values(text)).toEqual({ A: value });
  });

  it('is empty for nothing and comments', () => {
    expect(parseEnv('').entries).toEqual([]);
    expect(parseEnv('# a\n\n   # b').entries).toEqual([]);
  });

  it('lets the last of several count, and says so', () => {
    const { warnings } = parseEnv('A=1\nB=2\nA=3\n');
    expect(values('A=1\nA=3\n')).toEqual({ A: '3' });
    expect(warnings).toEqual(['.env:1 A stands again in line 3, which counts']);
  });

  it.each(['A=$B', 'A=x${B}', 'A="$B"'])('marks %s, which Compose would expand', (text) => {
    expect(parseEnv(text).entries[0]?.expands).toBe(true);
  });

  it.each(["A='$B'", 'A="\\$B"', 'A=b'])('does not mark %s', (text) => {
    expect(parseEnv(text).entries[0]?.expands).toBe(false);
  });

  it('knows the line of each, also behind a value of several lines', () => {
    expect(parseEnv('# c\nA="x\ny"\n\nB=1').entries.map(({ name, line }) => `${name} ${line}`)).toEqual(['A 2', 'B 5']);
  });

  it.each([
    ['hunter2', 1, 'not a NAME=value line'],
    ['A=1\nB hunter2\n', 2, 'not a NAME=value line'],
    ['A=1\n=hunter2', 2, 'not a NAME=value line'],
    ['9A=hunter2', 1, 'not a NAME=value line'],
    ['A=1\r\nA: hunter2\r\n', 2, 'not a NAME=value line'],
    ['\n\nA="hunter2\nB=1\n', 3, 'a quote that is opened here is never closed'],
    ["A='hunter2", 1, 'a quote that is opened here is never closed'],
    ['A="hunter2"x', 1, 'text after the closing quote'],
    ['A=#hunter2', 1, 'a # directly after ='],
    ['A=hunter2\nB=\0', 2, 'not UTF-8 text'],
    ['A=hunter2\uFFFD', 1, 'not UTF-8 text'],
    [`A=hunter2${'x'.repeat(2_000_000)}`, 1, 'more than 1 Mi characters'],
  ])('refuses a damaged file with the line and without the value', (text, line, why) => {
    const error = damage(text);
    expect(error.code).toBe('ENV_FILE_DAMAGED');
    expect(error.what).toBe(`.env:${line} cannot be read`);
    expect(error.why).toContain(why);
    expect(JSON.stringify([error.what, error.why, error.next, error.message])).not.toContain('hunter2');
  });

  it('reads a long quoted value', () => {
    const long = 'x'.repeat(500_000);
    expect(values(`A="${long}"\n`)).toEqual({ A: long });
  });
});

const adding = (name: string, value: string) => ({
  spec: { name, what: `what ${name} is`, readBy: ['a', 'b'] },
  value,
});

describe('adding to .env', () => {
  it('begins a new file with a warning not to share it', () => {
    expect(
      withSecrets('', [adding('X', 'v1')]),
    ).toBe(`# Secrets of this stack, made by chatops-up: never commit this file, never share it.
# A value that stands here is never replaced. The rules and the readers of each: see the table in the README.

# what X is; read by a, b
X=v1
`);
  });

  it('appends below what is there, which stays byte for byte', () => {
    const before = '  export  Y = "a # b"   # mine\n\n#X=old\n';
    expect(withSecrets(before, [adding('X', 'v1')])).toBe(`${before}\n# what X is; read by a, b\nX=v1\n`);
  });

  it('ends the last line first, with CRLF where the file has it', () => {
    expect(withSecrets('Y=1', [adding('X', 'v')])).toBe('Y=1\n\n# what X is; read by a, b\nX=v\n');
    expect(withSecrets('Y=1\r\nZ=2', [adding('X', 'v')])).toBe(
      'Y=1\r\nZ=2\r\n\r\n# what X is; read by a, b\r\nX=v\r\n',
    );
  });

  it('never replaces a value', () => {
    expect(withSecrets('X=mine\n', [adding('X', 'v')])).toBe('X=mine\n');
  });

  it.each([
    ['X=\nY=1\n', 'X=v\nY=1\n'],
    ['X= # mine\n', 'X=v # mine\n'],
    ['X=""\n', 'X=v\n'],
    ["X='' # mine\n", 'X=v # mine\n'],
    ['X=', 'X=v'],
    ['X=1\nX=\n', 'X=1\nX=v\n'],
  ])('fills an empty value in place: %j', (before, after) => {
    expect(withSecrets(before, [adding('X', 'v')])).toBe(after);
  });

  it('fills several empty ones at once', () => {
    expect(withSecrets('B=\nA=\n', [adding('A', 'long-value'), adding('B', 'v')])).toBe('B=v\nA=long-value\n');
  });

  it('changes nothing when nothing is to add', () => {
    expect(withSecrets('X=1', [])).toBe('X=1');
    expect(withSecrets('', [])).toBe('');
  });

  it.each([
    'plain-1.x',
    'a b',
    'a#b',
    "it's",
    '$HOME',
    'a"b',
    'a\'b$c"d\\e',
    'back\\slash',
    'line\nend',
    'cr\rx',
    ' pad ',
  ])('quotes %j so that it is read back unexpanded', (value) => {
    const [entry] = parseEnv(`A=${quoteForEnv(value)}\n`).entries;
    expect([entry?.value, entry?.expands]).toEqual([value, false]);
  });
});
