import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';
import { ownConfigOf } from '../../helpers/own-config.ts';
import { fixesOf, problemsOf, refused, warningsOf } from './refused.ts';

const SCHEMA = configJsonSchema(ownAdditions());
const announce = (entry: string): string => `gitlab: {announce: [{project: a/b, room: ci, ${entry}}]}\n`;
const notifier = (text: string): string => `chat: {users: [alice]}\nnotifier: {${text}}\n`;
const configOf = (text: string) => ownConfigOf(text);

describe('what a room wants to hear', () => {
  it('is kept as it is written, and nothing else is put in', () => {
    const [entry] = configOf(announce('branches: [main, "release/*"], loud: failures, intermediate: false, locale: fr'))
      .gitlab.announce;
    expect(entry).toEqual({
      source: { kind: 'project', path: 'a/b' },
      room: 'ci',
      events: ['push', 'merge_requests', 'pipeline'],
      branches: ['main', 'release/*'],
      loud: 'failures',
      locale: 'fr',
    });
  });

  it('names events that GitLab knows; the nearest is offered', () => {
    expect(fixesOf(announce('events: [pipelines]'))).toEqual(['gitlab.announce[0].events[0] -> write `pipeline`']);
    expect(fixesOf(announce('loud: failure'))).toEqual(['gitlab.announce[0].loud -> write `failures`']);
  });

  it.each([
    ['refs/heads/main', 'write `main`'],
    ['release/**', 'write `release/*`'],
    ['v?', 'write `v*`'],
    ['"[a-z]*"', 'no fix'],
    ['"!main"', 'no fix'],
    ['"a b"', 'no fix'],
    ['a..b', 'no fix'],
  ])('refuses %s, which is no pattern of ours', (pattern, fix) => {
    expect(fixesOf(announce(`branches: ["${pattern.replaceAll('"', '')}"]`))).toEqual([
      `gitlab.announce[0].branches[0] -> ${fix}`,
    ]);
  });

  it('says line and column of a bad pattern', () => {
    const [problem] = refused('gitlab:\n  announce:\n    - project: a/b\n      branches:\n        - "a b"\n').problems;
    expect([problem?.line, problem?.column]).toEqual([5, 11]);
  });

  it('filters what there is to filter, else a warning says so', () => {
    expect(warningsOf(announce('events: [issues], branches: [main], loud: failures'))).toEqual([
      'gitlab.announce[0].branches: none of its events has a branch',
      'gitlab.announce[0].loud: none of its events can fail, so all are announced',
    ]);
    expect(problemsOf(announce('loud: failures, intermediate: true'))).toEqual([
      'gitlab.announce[0].intermediate: with `loud: failures` states on the way are never announced',
    ]);
    expect(problemsOf(announce('branches: [main, main]'))).toEqual([
      'gitlab.announce[0].branches[1]: `main` stands twice, first at gitlab.announce[0].branches[0]',
    ]);
  });
});

describe('people', () => {
  it('are mapped from names in GitLab to names in the chat', () => {
    expect(configOf(notifier('people: {ada.o: alice, bo: chief}')).notifier.people).toEqual({
      'ada.o': 'alice',
      bo: 'chief',
    });
  });

  it('that are nearly ours are misspelt', () => {
    expect(fixesOf(notifier('people: {ada: alcie}'))).toEqual(['notifier.people.ada -> write `alice`']);
  });

  it('that are not ours may have made their accounts themselves', () => {
    expect(warningsOf(notifier('people: {ada: zebulon}'))).toEqual([
      'notifier.people.ada: no user of this file is called `zebulon`',
    ]);
    expect(warningsOf('chat: {url: "https://chat.example.org"}\nnotifier: {people: {ada: zebulon}}\n')).toEqual([]);
  });

  it('are not the names that address a whole room', () => {
    expect(problemsOf(notifier('people: {ada: all, bo: Here}'))).toEqual([
      'notifier.people.ada: `all` is everybody in the room, nobody in person',
      'notifier.people.bo: `Here` is everybody in the room, nobody in person',
    ]);
  });

  it('have names that GitLab and the chat allow', () => {
    expect(problemsOf(notifier('people: {"@ada": alice, bo: "@alice"}'))).toEqual([
      'notifier.people["@ada"]: `@ada` must be letters without accents, digits, -, _ and . only, without @',
      'notifier.people.bo: must be letters without accents, digits, -, _ and . only (the chat refuses others in user names)',
    ]);
  });

  it('can be set on the command line', () => {
    expect(configOf(applySettings(notifier(''), ['notifier.people.ada=alice'], SCHEMA)).notifier.people).toEqual({
      ada: 'alice',
    });
  });
});

describe('routes', () => {
  it('say where what happens is announced when a hook names no room', () => {
    expect(configOf(notifier('routes: [{project: a/b, room: ops}, {group: a, room: ci}]')).notifier.routes).toEqual([
      { source: { kind: 'project', path: 'a/b' }, room: 'ops' },
      { source: { kind: 'group', path: 'a' }, room: 'ci' },
    ]);
  });

  it('name one place and a room that is there, each once', () => {
    expect(
      problemsOf(notifier('routes: [{room: ops}, {project: a/b, group: a, room: ops}, {group: a, room: opps}]')),
    ).toEqual([
      'notifier.routes[0]: names nothing that is announced there',
      'notifier.routes[1].group: names project and group, but one route is for one place',
      'notifier.routes[2].room: no room is called `opps`',
    ]);
    expect(problemsOf(notifier('routes: [{group: a, room: ci}, {group: A, room: ci}]'))).toEqual([
      'notifier.routes[1]: is the same as notifier.routes[0]',
    ]);
  });
});

describe('wording', () => {
  const wording = (text: string): string => notifier(`wording: {${text}}`);

  it('stands in place of ours, key by key', () => {
    const own = 'push: "{who} → {project}: {commits}", commits: {one: "1 change"}, issue: {open: "new: {issue}"}';
    expect(configOf(wording(own)).notifier.wording).toEqual({
      push: '{who} → {project}: {commits}',
      commits: { one: '1 change' },
      issue: { open: 'new: {issue}' },
    });
  });

  it('has keys that are ours; the nearest is offered', () => {
    expect(fixesOf(wording('puhs: x, issue: {opened: "x"}, isOne: "x"'))).toEqual([
      'notifier.wording.puhs -> write `push`',
      'notifier.wording.issue.opened -> write `open`',
      expect.stringMatching(/^notifier\.wording\.isOne -> known here: someone, /),
    ]);
  });

  it('is not offered for a key that stands elsewhere', () => {
    expect(fixesOf('milestone: 1\n')[0]).not.toContain('wording');
  });

  it('fills in what is known at this place; the nearest is offered', () => {
    expect(problemsOf(wording('push: "{whom} pushed"'))).toEqual([
      'notifier.wording.push: nothing is called `{whom}` in notifier.wording.push',
    ]);
    expect(fixesOf(wording('push: "{whom} pushed", someone: "{who}"'))).toEqual([
      'notifier.wording.push -> write `{who}`',
      'notifier.wording.someone -> nothing is filled in here',
    ]);
    expect(fixesOf(wording('commits: {many: "{cuont}"}'))).toEqual([
      'notifier.wording.commits.many -> write `{count}`',
    ]);
    expect(problemsOf(wording('push: "{who pushed"'))).toEqual([
      'notifier.wording.push: has a brace that opens or ends no place',
    ]);
  });

  it('of pipelines keeps what the proof of the loop finds its message by', () => {
    expect(problemsOf(wording('pipeline: {failed: "oh no"}, pipelineRecovered: "{pipeline} is fine"'))).toEqual([
      'notifier.wording.pipeline.failed: must name `{pipeline}`, `{project}`, by which the message is found again',
      'notifier.wording.pipelineRecovered: must name `{project}`, by which the message is found again',
    ]);
  });

  it('is one line', () => {
    expect(problemsOf(notifier('wording: {push: "a\\nb"}'))).toEqual([
      'notifier.wording.push: must be one line of 1 to 300 characters without control characters',
    ]);
  });

  it('can be set on the command line', () => {
    expect(
      configOf(applySettings('', ['notifier.wording.issue.open={who}: {issue}'], SCHEMA)).notifier.wording,
    ).toEqual({
      issue: { open: '{who}: {issue}' },
    });
  });
});
