import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';
import { ownConfigOf } from '../../helpers/own-config.ts';

const SCHEMA = configJsonSchema(ownAdditions());
const apply = (text: string, settings: readonly string[]) => applySettings(text, settings, SCHEMA);
const set = (...settings: readonly string[]) => ownConfigOf(apply('', settings));

const refusal = (setting: string): string => {
  try {
    apply('name: x\n', [setting]);
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return `${thrown.code} ${thrown.why} | ${thrown.next}`;
    throw thrown;
  }
  throw new Error('the setting was made');
};

describe('--set', () => {
  it('makes a configuration out of nothing', () => {
    const config = set('name=blue', 'chat.rooms[0].name=ops', 'chat.rooms[1]=dev', 'ports.http=80', 'runner=false');
    expect(config).toMatchObject({
      name: 'blue',
      chat: { rooms: [{ name: 'ops' }, { name: 'dev' }] },
      ports: { http: 80 },
    });
    expect(config).not.toHaveProperty('runner');
  });

  it('leaves a file without settings as it is', () => {
    expect(apply('name:   x # y\n', [])).toBe('name:   x # y\n');
  });

  it('understands lists and mappings', () => {
    expect(set('chat.rooms=[ops, {name: dev, kind: private}]').chat.rooms.map(({ kind }) => kind)).toEqual([
      'channel',
      'private',
    ]);
    expect(set('mongo={members: 3}').mongo.members).toBe(3);
  });

  it('keeps 8.10 apart from 8.1', () => {
    expect(set('chat.version=8.10').chat.version).toBe('8.10');
    expect(set('chat.version=8.0').chat.version).toBe('8.0');
  });

  it('takes text as it stands, with =, quotes, # and colons in it', () => {
    const name = 'Bob: the "boss" # = $HOME';
    expect(set(`admin.name=${name}`).admin.name).toBe(name);
    expect(set('chat.rooms=[ops]', 'chat.rooms[0]=2024', 'admin.name=true', 'name=8080')).toMatchObject({
      name: '8080',
      admin: { name: 'true' },
      chat: { rooms: [{ name: '2024' }] },
    });
  });

  it('takes keys with a dash', () => {
    expect(set('images.gitlab-runner=gitlab/gitlab-runner:alpine-v19.3.1').images['gitlab-runner']).toContain('19.3.1');
  });

  it.each([
    ['name', 'USAGE not of the form key=value | write it like `--set chat.rooms[0].name=ops`'],
    ['=x', 'USAGE not of the form key=value | write it like `--set chat.rooms[0].name=ops`'],
    ['chat..rooms=x', 'USAGE not of the form key=value | write it like `--set chat.rooms[0].name=ops`'],
    ['nmae=x', 'USAGE there is no key `nmae` | did you mean name?'],
    ['chat.rooms[0].nam=x', 'USAGE there is no key `chat.rooms[0].nam` | did you mean chat.rooms[0].name?'],
    ['ports.zzz=1', 'USAGE there is no key `ports.zzz` | known here: http, https, ssh'],
    ['name.x=1', 'USAGE there is no key `name.x` | known here: nothing'],
    ['chat.rooms=[a', 'USAGE Flow sequence must end with a ] | write a list as [a, b] and a mapping as {key: value}'],
  ])('refuses %s and says why', (setting, reported) => {
    expect(refusal(setting)).toBe(reported);
  });

  it('shows no secret of a refused setting', () => {
    expect(() => apply('', ['admin.password=hunter2'])).toThrowError(
      expect.objectContaining({ what: expect.not.stringContaining('hunter2') }),
    );
  });
});
