/** A container of our own beside those of Compose: as its definition has a service, under another name. Pure. */
import { JOBS_DIRECTORY } from '../../stack/names.ts';
import { type ComposeProject, type ComposeService, networkNamesOf, sourceOf } from './compose.ts';
import type { RunApart } from './containers.ts';

/** @param project of the stack: its name, and what Compose makes of it @param name what is run, for labels */
export const runOf = (
  service: ComposeService,
  { project, name, of }: { readonly project: string; readonly name: string; readonly of: ComposeProject },
): Omit<RunApart, 'command' | 'onOutput'> => ({
  project,
  name,
  image: service.image,
  directory: JOBS_DIRECTORY,
  environment: service.environment,
  mounts: service.volumes.map((volume) => ({
    kind: volume.type === 'volume' ? 'volume' : 'bind',
    source: sourceOf(volume, of),
    target: volume.target,
    readOnly: volume.readOnly,
  })),
  networks: networkNamesOf(service, of),
  confinement: service.confinement,
});
