/** The name of this running process at GitLab (run:commands/internal/configfile/system_id_state.go). */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBytes } from '../kit/chance.ts';

const FORM = /^[sr]_[0-9a-zA-Z]{12}$/;

const readKept = (path: string): string | undefined => {
  try {
    const kept = readFileSync(path, 'utf8').trim();
    return FORM.test(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
};

/** From `.runner_system_id` beside config.toml; made and kept there when it is missing or of another form. */
export const systemIdBeside = (configPath: string): string => {
  const path = join(dirname(configPath), '.runner_system_id');
  const kept = readKept(path);
  if (kept !== undefined) return kept;
  const made = `r_${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, made, { mode: 0o600 });
  return made;
};
