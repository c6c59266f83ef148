/** A hook's branch filter: `*` for any run of characters, or a regular expression, or none. */
import type { Hook } from '../model.ts';

const escaped = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

export const isBranchFilter = (strategy: Hook['branchFilterStrategy'], filter: string): boolean => {
  if (strategy === 'wildcard') return !/[\s~^:?[\\]|\.\.|\/$|@\{/.test(filter);
  try {
    new RegExp(filter);
    return true;
  } catch {
    return false;
  }
};

export const branchFits = (hook: Hook, branch: string): boolean => {
  const { pushEventsBranchFilter: filter, branchFilterStrategy: strategy } = hook;
  if (filter === null || filter === '' || strategy === 'all_branches') return true;
  if (strategy === 'regex') return new RegExp(filter).test(branch);
  return new RegExp(`^${filter.split('*').map(escaped).join('.*')}$`).test(branch);
};
