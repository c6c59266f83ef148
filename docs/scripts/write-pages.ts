/** Writes the generated pages; run by `npm run docs`, from the top of the repository. */
import { writeFileSync } from 'node:fs';
import { generatedPages } from './generated-pages.ts';

for (const { path, text } of generatedPages()) {
  writeFileSync(path, text);
  console.log(path);
}
