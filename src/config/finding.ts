import type { Path } from './path.ts';

/** What is wrong with a place of chatops.yaml, or worth knowing of it. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly fix?: string | undefined;
  /** True: reported as a warning, and the file is accepted. Default: refused. */
  readonly warning?: boolean;
}
