import { z } from 'zod';
import { note, text } from '../../config/forms.ts';
import { defineSection } from '../../config/section.ts';
import { wordingSchema } from '../../config/wording.ts';
import { NOTIFIER, type NotifierConfig, type RouteConfig } from '../../contracts/sections/notifier.ts';
import * as names from '../../values/names.ts';

const route = z
  .strictObject({
    project: note(text(names.PROJECT_PATH), 'Full path of a project.'),
    group: note(text(names.GROUP_PATH), 'Full path of a group: everything below it that has no route of its own.'),
    room: text(names.ROOM_NAME).describe('Room it is announced in.'),
  })
  .describe('Exactly one of project and group, and the room.');

const schema = z.strictObject({
  people: note(
    z.record(text(names.FORGE_USERNAME), text(names.USERNAME).describe('User name in the chat, without @.')),
    'User name in GitLab → user name in the chat: who is here is notified with @, others are only named.',
  ),
  links: note(
    z.array(text(names.LINKED_HOST)),
    "Hosts that messages may link to beside GitLab's own, e.g. those of environments: `*.review.example.org`. Other links are shown as text.",
  ),
  routes: note(
    z.array(route),
    'Rooms for deliveries of hooks that someone made without `?channel=`; what no route fits is announced in the first announced room.',
  ),
  wording: note(wordingSchema(), 'Texts in place of ours, for announcements in chat.locale.'),
});

/** Naming none or both is refused by `rules/routes-name-one-place.ts`; until then one of them stands here. */
const routeOf = ({ project, group, room }: z.output<typeof route>): RouteConfig => ({
  source: project === undefined ? { kind: 'group', path: group ?? '' } : { kind: 'project', path: project },
  room,
});

const complete = ({ people, links, routes, wording }: z.output<typeof schema> = {}): NotifierConfig => ({
  people: people ?? {},
  links: links ?? [],
  routes: (routes ?? []).map(routeOf),
  wording: wording ?? {},
});

export const notifierSection = defineSection({
  key: 'notifier',
  schema,
  about: 'How announcements are worded: whom they notify, where, in which words.',
  as: NOTIFIER,
  complete,
  sample: `# How announcements are worded.
# notifier:
#   # User name in GitLab: user name in the chat. Who is here is notified with @, others are only named.
#   people: { ada: alice }
#   # Hosts that messages may link to beside GitLab's own; other links are shown as text:
#   links: ["*.review.example.org"]
#   # Rooms for hooks made by hand, without ?channel= in their address:
#   routes:
#     - group: company
#       room: ops
#   # Texts in place of ours, in the language of the chat; your editor lists them all:
#   wording:
#     branchGone: "{who} removed {ref} from {project}"
`,
});
