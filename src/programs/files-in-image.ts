import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolsFiles } from '../tools-image/layer.ts';

/** As src/tools-image/layer.ts places them. */
const LIBRARIES = '/usr/lib/chatops';

/** The program that runs, and the C library beside it. */
export const filesInImage = async (): Promise<ToolsFiles> => ({
  program: readFileSync(process.execPath),
  libraries: new Map(readdirSync(LIBRARIES).map((name) => [name, readFileSync(join(LIBRARIES, name))])),
});
