/** Which project or group a delivery is of, and what the settings say about that place. Pure. */
import type { Fields } from './read.ts';
import type { Place, RoomFilter, RoomSettings, Route } from './settings.ts';
import { whereOf } from './where.ts';

/** Full path of the project, else of the group; empty when the event has neither. GitLab's paths know no case. */
export const pathOf = (payload: Fields): string => whereOf(payload).path.slice(0, 1_000).toLowerCase();

/** How exactly a place says where: 0 anywhere, longer paths more; undefined when it is another place. */
const exactness = (place: Place, path: string): number | undefined => {
  const project = place.project?.toLowerCase();
  const group = place.group?.toLowerCase();
  if (project !== undefined) return project === path ? 1_000_000 : undefined;
  if (group === undefined) return 0;
  return path === group || path.startsWith(`${group}/`) ? 1 + group.length : undefined;
};

/** Those of the most exact place. */
const mostExact = <Each extends Place>(all: readonly Each[], path: string): readonly Each[] => {
  const fitting = all.flatMap((each) => {
    const how = exactness(each, path);
    return how === undefined ? [] : [{ each, how }];
  });
  const best = Math.max(...fitting.map(({ how }) => how));
  return fitting.filter(({ how }) => how === best).map(({ each }) => each);
};

/** Rooms that a delivery which names none is announced in, each once; none when no route fits. */
export const roomsOf = (routes: readonly Route[], path: string): readonly string[] => [
  ...new Set(mostExact(routes, path).map(({ room }) => room)),
];

/** What the room wants to hear of it; nothing special when no filter fits. */
export const filterOf = (filters: readonly RoomFilter[], room: string, path: string): RoomSettings => {
  const [found] = mostExact(
    filters.filter((each) => each.room === room),
    path,
  );
  if (found === undefined) return {};
  const { room: _room, project: _project, group: _group, ...wants } = found;
  return wants;
};
