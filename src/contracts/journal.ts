import type { Change } from './job.ts';

/** What was done, when: appended to `.chatops/journal.jsonl`. Changes never carry a secret. */
export interface Journal {
  append(entry: { readonly node: string; readonly change: Change }): void;
}
