/** What a page of docs/ shows to be copied. */
import { readFileSync } from 'node:fs';

/** @param page `tools.md` @param begins what the block begins with. Default: the first one of that language */
export const shownIn = (page: string, language: string, begins = ''): string => {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const found = new RegExp(`\`\`\`${language}\\n(${begins}[\\s\\S]*?)\`\`\``).exec(text)?.[1];
  if (found === undefined) throw new Error(`docs/${page} has no example in ${language}`);
  return found;
};
