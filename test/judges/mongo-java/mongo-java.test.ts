import { fileURLToPath } from 'node:url';
import { judgeWith } from '../mongo-node/judge-suite.ts';

const cache = fileURLToPath(new URL('.cache', import.meta.url));
judgeWith({
  name: 'the official Java driver',
  folder: 'mongo-java',
  installed: `${cache}/classes/Judge.class`,
  program: 'java',
  // One thread for the compiler is enough, and the machine has few.
  args: ['-XX:TieredStopAtLevel=1', '-cp', `${cache}/classes:${cache}/lib/*`, 'Judge'],
});
