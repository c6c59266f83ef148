/** What a part wants to be called by that is taken. Pure. */
import { keysAt } from '../config/schema-keys.ts';
import { show } from '../config/show.ts';
import type { Part } from '../contracts/part.ts';
import { CHAT_KEYS } from '../roles/chat/sections/chat.ts';
import { sectionsOf } from '../stack/additions-of.ts';
import { PROBE_KINDS } from './probe-kinds.ts';

const TAKERS: readonly (readonly [what: string, names: (part: Part, parts: readonly Part[]) => readonly string[]])[] = [
  ['name', ({ name }) => [name]],
  ['section', (part, parts) => sectionsOf(part, parts).map(({ key }) => key)],
  ['image', ({ images }) => Object.keys(images ?? {})],
  ['port', ({ ports }) => Object.keys(ports ?? {})],
  ['deadline', ({ timed }) => timed ?? []],
  ['limit', ({ limited }) => limited ?? []],
  ['kind of chat', ({ chat }) => (chat ? [chat.kind] : [])],
  ['setting of the chat', ({ chat }) => Object.keys(chat?.settings?.shape ?? {})],
  ['kind of probe', ({ probes = [] }) => probes.map(({ what }) => what)],
];

/** Of the core itself. */
const OWN: Readonly<Record<string, () => readonly string[]>> = {
  section: () => keysAt([]),
  image: () => keysAt(['images']),
  port: () => keysAt(['ports']),
  'setting of the chat': () => CHAT_KEYS,
  'kind of probe': () => [...PROBE_KINDS.keys()],
};

/** @param before the parts that are there already @returns `its section \`wiki\` is taken by the part pages` */
export const clashesOf = (part: Part, before: readonly Part[]): readonly string[] =>
  TAKERS.flatMap(([what, names]) =>
    names(part, [part]).flatMap((name) => {
      const taker = before.find((other) => names(other, before).includes(name));
      if (taker !== undefined) return [`its ${what} ${show(name)} is taken by the part ${show(taker.name)}`];
      return OWN[what]?.().includes(name) ? [`its ${what} ${show(name)} is one of chatops-up's own`] : [];
    }),
  );
