import type { Path } from './path.ts';

/** What is wrong with a place of chatops.yaml, or worth knowing of it. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly fix?: string | undefined;
  /** True: told, but the file is accepted. Default: refused. */
  readonly warning?: boolean;
}
