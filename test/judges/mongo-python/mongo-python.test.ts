import { fileURLToPath } from 'node:url';
import { judgeWith } from '../mongo-node/judge-suite.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = `${here}.cache/venv/bin/python`;
judgeWith({ name: 'pymongo', folder: 'mongo-python', installed: program, program, args: [`${here}run.py`] });
