import type { Architecture } from './architecture.ts';
import type { ToolsDescription } from './description.ts';

/** A package of tools that is installed beside us. */
export interface ToolsPackage {
  /** `@chatops-up/tools-linux-x64` */
  readonly name: string;
  readonly description: ToolsDescription;
  /** The bytes of the image's layer, opened anew at each call. */
  layer(): AsyncIterable<Uint8Array>;
}

export interface ToolsPackages {
  /** Reads; undefined when it is not installed. @throws ChatopsError INTERNAL for one that is not complete */
  find(architecture: Architecture): ToolsPackage | undefined;
  /** What adds the package that is missing, as a command. */
  howToAdd(architecture: Architecture): string;
}
