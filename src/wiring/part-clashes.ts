/** What a part wants to be called by that is taken. Pure. */
import { configJsonSchema } from '../config/json-schema.ts';
import { keysAt } from '../config/schema-keys.ts';
import { show } from '../config/show.ts';
import type { Part } from '../contracts/part.ts';
import { askedBy } from '../stack/additions-of.ts';
import { ownAdditions } from './own-house.ts';
import { PROBE_KINDS } from './probe-kinds.ts';

const TAKERS: readonly (readonly [what: string, names: (part: Part, parts: readonly Part[]) => readonly string[]])[] = [
  ['name', ({ name }) => [name]],
  ['section', (part, parts) => askedBy(part, parts).sections.map(({ key }) => key)],
  ['image', ({ images }) => Object.keys(images ?? {})],
  ['port', ({ ports }) => Object.keys(ports ?? {})],
  ['deadline', ({ timed }) => timed ?? []],
  ['limit', ({ limited }) => limited ?? []],
  ['kind of chat', ({ chat }) => (chat ? [chat.kind] : [])],
  ['setting of the chat', ({ chat }) => Object.keys(chat?.settings?.shape ?? {})],
  ['chat that is spoken to', ({ spoken }) => (spoken ? [spoken.name] : [])],
  ['kind of probe', ({ probes = [] }) => probes.map(({ what }) => what)],
];

/** Of the core itself. */
const OWN: Readonly<Record<string, () => readonly string[]>> = {
  section: () => keysAt([]),
  image: () => keysAt(['images']),
  port: () => keysAt(['ports']),
  'setting of the chat': () => keysAt(['chat'], configJsonSchema(ownAdditions())),
  'kind of probe': () => [...PROBE_KINDS.keys()],
};

/** @param before the parts that are there already @returns `its section \`wiki\` is taken by the part pages` */
export const clashesOf = (part: Part, before: readonly Part[]): readonly string[] =>
  TAKERS.flatMap(([what, names]) => {
    const taken = before.map((taker) => ({ taker, names: names(taker, before) }));
    return names(part, [part]).flatMap((name) => {
      const taker = taken.find((each) => each.names.includes(name))?.taker;
      if (taker !== undefined) return [`its ${what} ${show(name)} is taken by the part ${show(taker.name)}`];
      return OWN[what]?.().includes(name) ? [`its ${what} ${show(name)} is one of chatops-up's own`] : [];
    });
  });
