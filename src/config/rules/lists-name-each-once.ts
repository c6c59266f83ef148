import type { Config } from '../config.ts';
import { formatPath, type Path } from '../path.ts';
import { show } from '../show.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

type List = readonly [path: Path, entries: readonly string[]];

const lists = ({ chat, gitlab, runner }: Config): readonly List[] => [
  ...chat.rooms.map(({ members }, index): List => [['chat', 'rooms', index, 'members'], members]),
  ...chat.users.map(({ roles }, index): List => [['chat', 'users', index, 'roles'], roles]),
  [['chat', 'bot', 'rooms'], chat.bot.rooms],
  ...gitlab.announce.map(({ events }, index): List => [['gitlab', 'announce', index, 'events'], events]),
  ...gitlab.announce.map(({ branches = [] }, index): List => [['gitlab', 'announce', index, 'branches'], branches]),
  [['runner', 'tags'], runner?.tags ?? []],
];

/** A name that stands twice is mostly another one that was meant. */
export const listsNameEachOnce: Rule = {
  name: 'lists-name-each-once',
  // Rooms that stand twice are told as such, not again as the rooms the bot has by default.
  reads: [
    'chat.rooms.members',
    'chat.users.roles',
    'gitlab.announce.events',
    'gitlab.announce.branches',
    'runner.tags',
  ],
  check: ({ config, written }) =>
    lists(config)
      .filter(([path]) => path[1] !== 'bot' || written.chat?.bot?.rooms !== undefined)
      .flatMap(([path, entries]) =>
        repeats(entries, (entry) => entry).map(({ entry, index, first }) => ({
          path: [...path, index],
          message: `${show(entry)} stands twice, first at ${formatPath([...path, first])}`,
          fix: 'keep one of the two',
        })),
      ),
};
