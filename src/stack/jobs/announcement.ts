import type { AnnounceConfig, Config } from '../../config/config.ts';
import { GITLAB_TOKEN } from '../../config/secret-names.ts';
import { chatUrl } from '../public-urls.ts';
import type { Gate, JobNode } from '../stack.ts';
import { botAccount, gitlabTarget, webhookRef } from '../targets.ts';
import { bundlesGitLab, usesGitLab } from '../variation.ts';

interface Announced {
  readonly project: string;
  readonly room: string;
}

const announced = ({ source, room, events }: AnnounceConfig): readonly Announced[] =>
  source.kind === 'project' && events.includes('pipeline') ? [{ project: source.path, room }] : [];

/** The first announced project with pipeline events; without one there is nothing that could be proven. */
export const announcement = (config: Config, gates: readonly Gate[]): readonly JobNode[] => {
  const first = usesGitLab(config) ? config.gitlab.announce.flatMap(announced)[0] : undefined;
  if (!first) return [];
  const node: JobNode = {
    kind: 'job',
    name: 'announcement',
    gates,
    job: {
      job: 'announcement',
      gitlab: gitlabTarget(config),
      token: GITLAB_TOKEN,
      external: !bundlesGitLab(config),
      ...first,
      publicUrl: chatUrl(config),
      account: botAccount(config),
      webhook: webhookRef(config),
    },
    withinMs: 300_000,
  };
  return [node];
};
