/** Read for every test file, also where files share their modules. */
import { afterEach } from 'vitest';
import { cleanUp } from './at-end.ts';

afterEach(cleanUp);
