/** Facts of the vendors that may stand in the project, in `test/contract/data`; its README says where each is from. */
import { readFileSync } from 'node:fs';

/** @param name `mongodb/error-codes.json` */
export const contractData = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../contract/data/${name}`, import.meta.url), 'utf8')) as T;
