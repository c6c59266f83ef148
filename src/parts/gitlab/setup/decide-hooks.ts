/** Hooks: one per place and room of ours, exactly as wanted; other people's are never touched. */

import type { ForgeHook, HookEvent, HookWanted, SwitchedOff } from '../../../contracts/forge.ts';
import { hookToken } from '../../../contracts/hook-token.ts';
import type { Conflict, Decision } from '../../../contracts/job.ts';
import { stackMarkedIn } from '../../../stack/names.ts';
import { Secret } from '../../../values/secret.ts';
import { switchedOff } from '../switched-off.ts';
import { hookDifferences } from './hook-differences.ts';
import { hookDescription, hookName, oursAt, ownerOf } from './hook-identity.ts';
import { type GitLabChange, type GitLabSeen, hookKey, keyOfSource, nameOfSource, type SeenPlace } from './model.ts';
import type { GitLabSetupSpec } from './spec.ts';

/** The instance's own hook knows no others (gl:doc/api/system_hooks.md). */
const INSTANCE_EVENTS: readonly HookEvent[] = ['push', 'tag_push', 'merge_requests'];

interface WantedHook {
  readonly room: string;
  readonly events: readonly HookEvent[];
  /** Path in chatops.yaml. */
  readonly writtenAt: string;
}

const none: Decision<GitLabChange> = { changes: [], conflicts: [], warnings: [] };

const joined = (parts: readonly Decision<GitLabChange>[]): Decision<GitLabChange> => ({
  changes: parts.flatMap(({ changes }) => changes),
  conflicts: parts.flatMap(({ conflicts }) => conflicts),
  warnings: parts.flatMap(({ warnings }) => warnings),
});

/** Entries for one place, one for each room: two entries with one room are one hook with the events of both. */
const wantedAt = (spec: GitLabSetupSpec, { source }: SeenPlace): readonly WantedHook[] => {
  const byRoom = new Map<string, WantedHook>();
  for (const { room, events, place } of spec.hooks.filter((each) => keyOfSource(each.source) === keyOfSource(source))) {
    const before = byRoom.get(room);
    byRoom.set(room, {
      room,
      writtenAt: before?.writtenAt ?? place,
      events: [...new Set([...(before?.events ?? []), ...events])],
    });
  }
  return [...byRoom.values()];
};

const whyImpossible = (place: SeenPlace, writtenAt: string): Conflict | undefined => {
  const name = nameOfSource(place.source);
  if (place.state.kind === 'missing') {
    return {
      resource: 'hook',
      name,
      why: `GitLab shows no ${name} to this token`,
      next: `correct ${writtenAt}.source, or give the token's user role Maintainer there`,
    };
  }
  if (place.state.kind === 'unsupported') {
    return {
      resource: 'hook',
      name,
      why: 'this edition of GitLab has no hooks for groups',
      next: `name the group's projects one by one instead of ${writtenAt}`,
    };
  }
  return undefined;
};

const NOT_YET = new Secret('http://chat.invalid/hooks/not-known-yet');

const hookWanted = (
  spec: GitLabSetupSpec,
  seen: GitLabSeen,
  { source }: SeenPlace,
  { room, events }: WantedHook,
): HookWanted => {
  const token = hookToken(seen.secret, { source, room });
  return {
    name: hookName(spec.mark, room),
    description: hookDescription(token),
    url: seen.receiver?.url(room) ?? NOT_YET,
    secret: token,
    events,
  };
};

interface Case {
  readonly spec: GitLabSetupSpec;
  readonly seen: GitLabSeen;
  readonly place: SeenPlace;
  readonly wanted: WantedHook;
  readonly hook: HookWanted;
  readonly key: string;
}

const deletion = ({ place }: SeenPlace, hook: ForgeHook, name: string, cause: string): GitLabChange => ({
  what: 'hook-delete',
  action: 'delete',
  resource: 'hook',
  name: `${name} (id ${hook.id})`,
  cause,
  place,
  id: hook.id,
});

const decideMissing = (each: Case, others: readonly ForgeHook[]): Decision<GitLabChange> => {
  const { hook, key, place, wanted } = each;
  const twin = others.find(({ url }) => url.reveal() === hook.url.reveal());
  if (twin) {
    const why = `hook ${twin.id} has the address we would use and does not carry our name`;
    const next = `delete hook ${twin.id} of ${nameOfSource(place.source)}, or name it \`${hook.name}\` to hand it over`;
    return { ...none, conflicts: [{ resource: 'hook', name: key, why, next }] };
  }
  const cause = `${wanted.writtenAt} wants ${wanted.events.join(', ')} announced, and there is no hook of ours`;
  const what = { what: 'hook-create', key, source: place.source, place: place.place, hook } as const;
  return { ...none, changes: [{ action: 'create', resource: 'hook', name: key, cause, ...what }] };
};

/** Saved again first; then a test delivery, which switches it on if the chat takes it; then the user must look. */
const decideFix = (each: Case, id: number, state: SwitchedOff): Decision<GitLabChange> => {
  const { key, place, hook, seen } = each;
  const fixing = seen.fixing.get(key);
  const off = switchedOff(state, seen.failing.get(key));
  if (fixing === undefined) {
    const what = { what: 'hook-update', key, place: place.place, id, hook, fixes: true } as const;
    return { ...none, changes: [{ action: 'update', resource: 'hook', name: key, cause: off, ...what }] };
  }
  if (fixing.step === 'saved') {
    const what = { what: 'hook-test', key, place: place.place, id, events: hook.events } as const;
    const cause = `${off}, and saving it again did not help`;
    return { ...none, changes: [{ action: 'update', resource: 'hook delivery', name: key, cause, ...what }] };
  }
  return {
    ...none,
    warnings: [
      `hook ${key}: ${off}; a test delivery ${fixing.outcome}: see that the chat answers, then run the command again`,
    ],
  };
};

const decideFound = (each: Case, found: ForgeHook): Decision<GitLabChange> => {
  const { key, place, hook, wanted, seen } = each;
  const { differences, unknownEvents } = hookDifferences(found, hook, {
    knowsUrl: seen.receiver !== undefined,
    mayBeFormer: seen.rotates && !seen.saved.has(key),
  });
  const warnings = unknownEvents.map(
    (event) =>
      `hook ${key}: GitLab ${seen.version} does not know event ${event}: take it out of ${wanted.writtenAt}.events`,
  );
  if (differences.length > 0) {
    const what = { what: 'hook-update', key, place: place.place, id: found.id, hook, fixes: false } as const;
    const cause = `${wanted.writtenAt}: ${differences.join('; ')}`;
    return { ...none, warnings, changes: [{ action: 'update', resource: 'hook', name: key, cause, ...what }] };
  }
  return found.off ? joined([{ ...none, warnings }, decideFix(each, found.id, found.off)]) : { ...none, warnings };
};

const isOfAnother = (hook: ForgeHook, { spec, seen, place, wanted }: Case): boolean => {
  const owner = ownerOf(hook, place.source, spec, seen);
  return owner?.stack === 'another' && owner.room === wanted.room;
};

/** Taken over, it would announce here and no longer there, and there the same would be done to ours. */
const ofStackOfSameName = ({ key, place, spec }: Case, { id, url }: ForgeHook): Conflict => ({
  resource: 'hook',
  name: key,
  why: `hook ${id} of ${nameOfSource(place.source)} bears the name of this stack's and sends to ${new URL(url.reveal()).host}, with a secret that is not in .env`,
  next: `a stack that is called ${stackMarkedIn(spec.mark)} too made it: choose another \`name\` in chatops.yaml; if it is this stack's, of before its .env was made anew, delete hook ${id}`,
});

const decideOne = (each: Case, hooks: readonly ForgeHook[]): Decision<GitLabChange> => {
  const { spec, seen, key, place, wanted } = each;
  const refused = seen.refused.get(key);
  if (refused !== undefined) return { ...none, warnings: [`hook ${key}: ${refused}`] };
  const theirs = hooks.find((hook) => isOfAnother(hook, each));
  if (theirs) return { ...none, conflicts: [ofStackOfSameName(each, theirs)] };
  const roomOf = (hook: ForgeHook) => ownerOf(hook, place.source, spec, seen)?.room;
  const [found, ...doubles] = hooks.filter((hook) => roomOf(hook) === wanted.room).toSorted((a, b) => a.id - b.id);
  const others = hooks.filter((hook) => roomOf(hook) === undefined);
  return joined([
    found ? decideFound(each, found) : decideMissing(each, others),
    { ...none, changes: doubles.map((hook) => deletion(place, hook, key, `hook ${found?.id} of ours does the same`)) },
  ]);
};

/** Hooks of ours for rooms that chatops.yaml no longer names at this place. */
const decideStale = (
  spec: GitLabSetupSpec,
  seen: GitLabSeen,
  place: SeenPlace,
  rooms: readonly string[],
): Decision<GitLabChange> => {
  const cause = 'it is ours, and chatops.yaml no longer asks for it';
  const stale = oursAt(place, spec, seen)
    .filter(({ room }) => !rooms.includes(room))
    .map(({ hook, room }) => deletion(place, hook, hookKey(place.source, room), cause));
  return { ...none, changes: stale };
};

const decidePlace = (spec: GitLabSetupSpec, seen: GitLabSeen, place: SeenPlace): Decision<GitLabChange> => {
  const wanted = wantedAt(spec, place);
  const impossible = wanted[0] && whyImpossible(place, wanted[0].writtenAt);
  if (impossible) return { ...none, conflicts: [impossible] };
  const hooks = place.state.kind === 'seen' ? place.state.hooks : [];
  const parts = wanted.map((each) => {
    const never = place.source.kind === 'instance' ? each.events.filter((it) => !INSTANCE_EVENTS.includes(it)) : [];
    const events = each.events.filter((event) => !never.includes(event));
    const warnings = never.map(
      (event) =>
        `${each.writtenAt}: GitLab never reports ${event} for the whole instance: name projects instead, or take it out`,
    );
    if (events.length === 0) return { ...none, warnings };
    const possible = { ...each, events };
    const key = hookKey(place.source, each.room);
    const hook = hookWanted(spec, seen, place, possible);
    return joined([{ ...none, warnings }, decideOne({ spec, seen, place, wanted: possible, hook, key }, hooks)]);
  });
  const rooms = wanted.map(({ room }) => room);
  return joined([...parts, decideStale(spec, seen, place, rooms)]);
};

export const decideHooks = (spec: GitLabSetupSpec, seen: GitLabSeen): Decision<GitLabChange> =>
  joined(seen.places.map((place) => decidePlace(spec, seen, place)));
