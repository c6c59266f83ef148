/** What the notifier knows of rooms: where deliveries go that name none, and what each room wants to hear. */
import type { Config } from '../config/config.ts';
import { sectionOf } from '../config/section.ts';
import { type AnnounceConfig, FORGE } from '../contracts/sections/forge.ts';
import { NOTIFIER, type RouteConfig } from '../contracts/sections/notifier.ts';
import type { FilterSpec, ForgeOffer, HookTo } from './stack.ts';

/** Written anew: it becomes text, in which the order of the file's keys would be seen. */
const sourceOf = (source: AnnounceConfig['source']): AnnounceConfig['source'] =>
  source.kind === 'instance' ? { kind: 'instance' } : { kind: source.kind, path: source.path };

/** Hooks that announce. */
export const hooksOf = (config: Config): readonly HookTo[] =>
  sectionOf(config, FORGE).announce.map(({ source, room }) => ({ source: sourceOf(source), room }));

/** None of a domain that is no name: what else stands in the graph of such a configuration can still be looked at. */
const hostOf = (url: string): readonly string[] => (URL.canParse(url) ? [new URL(url).hostname] : []);

/** Hosts that messages may link to: that of the forge as users type it, and what chatops.yaml adds. */
export const linkedHosts = (config: Config, { publicUrl }: Pick<ForgeOffer, 'publicUrl'>): readonly string[] => [
  ...new Set([...hostOf(publicUrl), ...sectionOf(config, NOTIFIER).links]),
];

/** What happens in a place is announced in this room; neither project nor group: anywhere. */
export interface RouteSpec {
  readonly project?: string;
  readonly group?: string;
  readonly room: string;
}

const placeOf = (source: AnnounceConfig['source'] | RouteConfig['source']): Pick<RouteSpec, 'project' | 'group'> => {
  if (source.kind === 'project') return { project: source.path };
  return source.kind === 'group' ? { group: source.path } : {};
};

export const routesOf = (config: Config): readonly RouteSpec[] =>
  sectionOf(config, NOTIFIER).routes.map(({ source, room }) => ({ ...placeOf(source), room }));

export const filterOf = ({ branches, loud, intermediate, locale }: AnnounceConfig): FilterSpec => ({
  ...(branches === undefined ? {} : { branches }),
  ...(loud === undefined ? {} : { loud }),
  ...(intermediate === undefined ? {} : { intermediate }),
  ...(locale === undefined ? {} : { locale }),
});

const isFiltered = (announce: AnnounceConfig): boolean => Object.keys(filterOf(announce)).length > 0;

/**
 * Announcements of rooms in which any is filtered: an unfiltered one must stand beside a filtered one of a wider place.
 * Where nothing is filtered the notifier is given nothing.
 */
export const filtersOf = (announced: readonly AnnounceConfig[]): readonly (RouteSpec & FilterSpec)[] => {
  const rooms = new Set(announced.filter(isFiltered).map(({ room }) => room));
  return announced
    .filter(({ room }) => rooms.has(room))
    .map((each) => ({ ...placeOf(each.source), room: each.room, ...filterOf(each) }));
};
