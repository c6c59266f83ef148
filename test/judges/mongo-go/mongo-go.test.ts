import { fileURLToPath } from 'node:url';
import { judgeWith } from '../mongo-node/judge-suite.ts';

const program = fileURLToPath(new URL('.cache/judge', import.meta.url));
judgeWith({ name: 'the official Go driver', folder: 'mongo-go', installed: program, program, args: [] });
