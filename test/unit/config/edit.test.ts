import { describe, expect, it } from 'vitest';
import { setIn } from '../../../src/config/edit.ts';
import { ConfigError } from '../../../src/config/problem.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';

const FILE = `# top
name:   chatops    # the name

chat:
  # rooms come here
  rooms:
    - ops   # main
    # - dev
    - name: ci
      kind: private # closed

  bot: # our bot
    username: hubot
gitlab:
# end
`;

const lines = (text: string) => text.split('\n');
/** Lines that are in one and not in the other, by place: `-` gone, `+` new. */
const difference = (before: string, after: string) => [
  ...lines(before)
    .filter((line) => !lines(after).includes(line))
    .map((line) => `- ${line}`),
  ...lines(after)
    .filter((line) => !lines(before).includes(line))
    .map((line) => `+ ${line}`),
];

const usage = (edit: () => string): ChatopsError => {
  try {
    edit();
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown;
    throw thrown;
  }
  throw new Error('the edit was made');
};

describe('one value', () => {
  it('is replaced where it stands, its comment and spacing kept', () => {
    expect(difference(FILE, setIn(FILE, ['name'], 'blue'))).toEqual([
      '- name:   chatops    # the name',
      '+ name:   blue    # the name',
    ]);
  });

  it('is quoted when it must be', () => {
    expect(setIn('name: a\n', ['name'], 'x: y # z')).toBe('name: "x: y # z"\n');
  });

  it('below a list entry is replaced', () => {
    expect(difference(FILE, setIn(FILE, ['chat', 'rooms', 1, 'kind'], 'channel'))).toEqual([
      '-       kind: private # closed',
      '+       kind: channel # closed',
    ]);
  });

  it('is put behind a key that has none, on its line', () => {
    expect(setIn('name:  # the name\nmongo: {}\n', ['name'], 'blue')).toBe('name: blue  # the name\nmongo: {}\n');
  });

  it('takes the place of a block of text, of a flow list and of an alias', () => {
    expect(setIn('name: |\n  hi\n  ho\nmongo: 1\n', ['name'], 'x')).toBe('name: x\nmongo: 1\n');
    expect(setIn('a: [1, 2] # two\n', ['a'], 3)).toBe('a: 3 # two\n');
    expect(setIn('a: &x 1\nb: *x\n', ['b'], 2)).toBe('a: &x 1\nb: 2\n');
  });

  it('takes the place of a list or mapping below its key', () => {
    expect(setIn('runner:\n  tags: [a]\n  image: b # c\nname: x\n', ['runner'], false)).toBe(
      'runner: false # c\nname: x\n',
    );
    expect(setIn('runner: # c\n  tags: [a]\nname: x\n', ['runner'], false)).toBe('runner: # c\n  false\nname: x\n');
  });

  it('becomes a list where a list stood, in the same style', () => {
    expect(setIn('rooms:\n- a\n- b # c\nname: x\n', ['rooms'], ['d', 'e'])).toBe('rooms:\n- d\n- e # c\nname: x\n');
    expect(setIn('rooms: [a, b]\n', ['rooms'], ['d, e'])).toBe('rooms: ["d, e"]\n');
  });
});

describe('a new key', () => {
  it('stands behind its last sibling', () => {
    expect(difference(FILE, setIn(FILE, ['chat', 'version'], '8.5'))).toEqual(['+   version: "8.5"']);
    expect(setIn(FILE, ['chat', 'version'], '8.5')).toContain('    username: hubot\n  version: "8.5"\ngitlab:\n');
  });

  it('comes with the mappings and lists it needs', () => {
    expect(setIn('name: x\n', ['chat', 'rooms', 0, 'name'], 'ops')).toBe('name: x\nchat:\n  rooms:\n    - name: ops\n');
  });

  it('goes below a key without a value', () => {
    expect(difference(FILE, setIn(FILE, ['gitlab', 'url'], 'https://a.b'))).toEqual(['+   url: https://a.b']);
    expect(setIn('chat: # c\nname: x\n', ['chat', 'locale'], 'fr')).toBe('chat: # c\n  locale: fr\nname: x\n');
  });

  it('is put inside braces, behind a comment on its line as well', () => {
    expect(setIn('ports: {http: 1}\n', ['ports', 'ssh'], 2)).toBe('ports: {http: 1, ssh: 2}\n');
    expect(setIn('ports: {}\n', ['ports', 'ssh'], 2)).toBe('ports: {ssh: 2}\n');
    expect(setIn('a: [\n  x, # one\n  y # two\n  ]\n', ['a', 2], 'z')).toBe('a: [\n  x, # one\n  y, z # two\n  ]\n');
  });

  it('begins a file that holds nothing or comments only', () => {
    expect(setIn('', ['name'], 'x')).toBe('name: x\n');
    expect(setIn('# hello', ['name'], 'x')).toBe('# hello\nname: x\n');
  });

  it('keeps a file that does not end in a line break as it is', () => {
    expect(setIn('name: x', ['domain'], 'y.z')).toBe('name: x\ndomain: y.z');
  });

  it('keeps CRLF and a byte order mark', () => {
    expect(setIn('\uFEFFname: x\r\nchat:\r\n  locale: en\r\n', ['chat', 'version'], '8.5')).toBe(
      '\uFEFFname: x\r\nchat:\r\n  locale: en\r\n  version: "8.5"\r\n',
    );
  });

  it('overrides what a merge key brings in', () => {
    const text = 'a: &a {x: 1}\nb:\n  <<: *a\n';
    expect(setIn(text, ['b', 'x'], 2)).toBe('a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n');
  });
});

describe('rooms and users', () => {
  it('a short form is spelled out when another key of it is set', () => {
    expect(difference(FILE, setIn(FILE, ['chat', 'rooms', 0, 'kind'], 'private'))).toEqual([
      '-     - ops   # main',
      '+     - {name: ops, kind: private}   # main',
    ]);
    expect(setIn('chat: {users: [al]}\n', ['chat', 'users', 0, 'username'], 'bo')).toBe(
      'chat: {users: [{username: bo}]}\n',
    );
  });
});

describe('what is in the way', () => {
  it.each([
    ['a list that is shorter', 'a: [1]\n', ['a', 5], 'the list has 1 entries'],
    ['a list that is not there', 'a: 1\n', ['b', 5], 'the list has no entries'],
    ['a value where a mapping is needed', 'gitlab: none\n', ['gitlab', 'url'], '`none` stands there'],
    [
      'an alias, as its anchor would change elsewhere',
      'a: &a {x: 1}\nb: *a\n',
      ['b', 'x'],
      'an alias (*) stands there',
    ],
    ['a list where a mapping is needed', 'a: [1]\n', ['a', 'x'], 'a list stands there'],
    ['a mapping where a list is needed', 'a: {x: 1}\n', ['a', 0], 'a mapping stands there'],
  ])('is named: %s', (_, text, path, why) => {
    const error = usage(() => setIn(text, path, 7));
    expect([error.code, error.why]).toEqual(['USAGE', why]);
  });

  it('a file that is not YAML is refused as such', () => {
    expect(() => setIn('a: [\n', ['a'], 1)).toThrow(ConfigError);
  });
});

describe('layouts a splice cannot serve', () => {
  it('are written anew with the right value and their comments', () => {
    const text = '# first\n? name # odd\n: chatops # value\n? chat\n: # nothing\n';
    const edited = setIn(text, ['chat', 'locale'], 'fr');
    expect(edited).toContain('locale: fr');
    for (const comment of ['# first', '# odd', '# value', '# nothing']) expect(edited).toContain(comment);
  });
});
