import type { AnnounceConfig, Config } from '../../config/config.ts';
import { GITLAB_TOKEN } from '../../config/secret-names.ts';
import type { Part } from '../../contracts/part.ts';
import { gatesOnLeaves } from '../../stack/graph.ts';
import { chatUrl } from '../../stack/public-urls.ts';
import type { AnnouncementSpec, Gate, JobNode } from '../../stack/stack.ts';
import { botAccount, gitlabTarget, receiverRef } from '../../stack/targets.ts';
import { bundlesGitLab, usesGitLab } from '../../stack/variation.ts';

const NAME = 'announcement';

type Announced = Pick<AnnouncementSpec, 'project' | 'room' | 'filter'>;

const announced = ({ source, room, events, branches, loud }: AnnounceConfig): readonly Announced[] => {
  if (source.kind !== 'project' || !events.includes('pipeline')) return [];
  const filter = { ...(branches && { branches }), ...(loud && { loud }) };
  return [{ project: source.path, room, ...(Object.keys(filter).length > 0 && { filter }) }];
};

/** The first announced project with pipeline events; without one there is nothing that could be proven. */
const announcement = (config: Config, gates: readonly Gate[]): readonly JobNode[] => {
  const first = usesGitLab(config) ? config.gitlab.announce.flatMap(announced)[0] : undefined;
  if (!first) return [];
  const node: JobNode = {
    kind: 'job',
    name: NAME,
    gates,
    awaited: false,
    job: {
      job: 'announcement',
      proof: NAME,
      forge: { target: gitlabTarget(config), token: GITLAB_TOKEN },
      external: !bundlesGitLab(config),
      ...first,
      publicUrl: chatUrl(config),
      account: botAccount(config),
      receiver: receiverRef(config),
    },
    // The first job of a new runner pulls its images before it begins.
    withinMs: 600_000,
  };
  return [node];
};

export const announcementPart: Part = {
  name: NAME,
  surround: (config, { nodes }) => ({ nodes: announcement(config, gatesOnLeaves(nodes)) }),
};
