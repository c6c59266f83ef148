import { z } from 'zod';
import { note, text } from '../../config/forms.ts';
import { defineSection, type FileSoFar, sectionOf, writtenIn } from '../../config/section.ts';
import { CHAT, type ChatConfig } from '../../contracts/sections/chat.ts';
import {
  ANNOUNCE_EVENTS,
  type AnnounceConfig,
  type AnnounceEvent,
  FORGE,
  type ForgeConfig,
} from '../../contracts/sections/forge.ts';
import * as names from '../../values/names.ts';

/** Made on a bundled GitLab so that there is something to announce, and a pipeline to prove it with. */
export const DEFAULT_PROJECT = 'chatops/hello';
/** The room announcements go to when none is named and it exists. */
const DEFAULT_ROOM = 'ci';
const DEFAULT_EVENTS: readonly AnnounceEvent[] = ['push', 'merge_requests', 'pipeline'];
const INSTANCE_EVENTS: readonly AnnounceEvent[] = ['push', 'merge_requests'];

const announce = z
  .strictObject({
    project: note(text(names.PROJECT_PATH), 'Full path of the project whose events are announced.'),
    group: note(text(names.GROUP_PATH), 'Full path of a group (GitLab Premium only; on CE name its projects).'),
    instance: note(z.literal(true), 'true: the whole GitLab, by a system hook (push, tag_push, merge_requests only).'),
    room: note(text(names.ROOM_NAME), `Room the events are announced in; by default ${DEFAULT_ROOM}.`),
    events: note(
      z.array(z.enum(ANNOUNCE_EVENTS)).min(1),
      'What GitLab sends, and so what is announced.',
      DEFAULT_EVENTS,
    ),
    branches: note(
      z.array(text(names.BRANCH_PATTERN).describe('Branch, or a pattern such as release/*.')).min(1),
      'Branches that are announced, `*` for any characters; by default all. Events without a branch are announced anyway.',
    ),
    loud: note(
      z.enum(['all', 'failures']),
      'failures: of pipelines, jobs and deployments only failures, and the first success after one.',
      'all',
    ),
    intermediate: note(z.boolean(), 'Whether states on the way (pending, running) are announced too.', false),
    locale: note(z.enum(['en', 'fr']), 'Language of these announcements; by default chat.locale.'),
  })
  .describe('One hook: exactly one of project, group, instance, and where it is announced.');

const gitlab = z.strictObject({
  kind: note(
    z.enum(['bundled', 'external', 'none']),
    'bundled: ours; external: an existing one at url; none: no GitLab. By default external when url is given, else bundled.',
  ),
  url: note(text(names.SERVER_URL), 'Public address of the existing GitLab.'),
  announce: note(z.array(announce), 'What is announced where.'),
});

const schema = z.union([z.enum(['bundled', 'none']), gitlab]);

type WrittenAnnounce = z.output<typeof announce>;

const defaultRoom = ({ rooms, ownRoom }: ChatConfig): string =>
  rooms.some(({ name }) => name === DEFAULT_ROOM) ? DEFAULT_ROOM : (rooms[0]?.name ?? ownRoom);

/** Naming none or several is refused by `rules/announce-names-one-source.ts`; until then one of them stands here. */
const sourceOf = ({ project, group }: WrittenAnnounce): AnnounceConfig['source'] => {
  if (project !== undefined) return { kind: 'project', path: project };
  return group === undefined ? { kind: 'instance' } : { kind: 'group', path: group };
};

const announceOf = (written: WrittenAnnounce, room: string): AnnounceConfig => {
  const source = sourceOf(written);
  const { branches, loud, intermediate, locale } = written;
  return {
    source,
    room: written.room ?? room,
    events: written.events ?? (source.kind === 'instance' ? INSTANCE_EVENTS : DEFAULT_EVENTS),
    ...(branches === undefined ? {} : { branches }),
    ...(loud === 'failures' ? { loud } : {}),
    ...(intermediate === true ? { intermediate } : {}),
    ...(locale === undefined ? {} : { locale }),
  };
};

const complete = (written: z.output<typeof schema> = {}, file: FileSoFar): ForgeConfig => {
  const full: z.output<typeof gitlab> = typeof written === 'string' ? { kind: written } : written;
  const kind = full.kind ?? (full.url === undefined ? 'bundled' : 'external');
  const room = defaultRoom(sectionOf(file, CHAT));
  const announced = full.announce ?? (kind === 'bundled' ? [{ project: DEFAULT_PROJECT }] : []);
  return {
    kind,
    ...(full.url === undefined ? {} : { url: full.url.replace(/\/+$/, '') }),
    announce: announced.map((one) => announceOf(one, room)),
  };
};

export const gitlabSection = defineSection({
  key: 'gitlab',
  schema,
  about: 'GitLab: bundled (default), none, or a mapping (url of an existing one, announce).',
  as: FORGE,
  complete,
  sample: `gitlab:
  # bundled: ours. external: an existing one at url. none: no GitLab.
  kind: bundled
  # url: https://git.example.org

  # What is announced. Instead of project: group (GitLab Premium) or instance: true.
  # With room: the room it is announced in; left out: ${DEFAULT_ROOM}, or else the first one.
  announce:
    - project: ${DEFAULT_PROJECT}
      events: [${DEFAULT_EVENTS.join(', ')}]
      # branches: [main, "release/*"]   # left out: all
      # loud: failures         # of pipelines, jobs, deployments only failures and recoveries
      # intermediate: true     # pending and running too
      # locale: fr             # left out: that of the chat
`,
});

/** What is written under `gitlab.announce`, as it stands there. */
export const writtenAnnounce = (written: Readonly<Record<string, unknown>>): readonly WrittenAnnounce[] => {
  const found = writtenIn(written, gitlabSection);
  return typeof found === 'object' ? (found.announce ?? []) : [];
};
