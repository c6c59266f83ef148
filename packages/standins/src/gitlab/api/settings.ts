/** Instance settings: administrators only. A list that is sent replaces the old one. */
import { requireAdmin } from '../http/auth.ts';
import { checkParams, type ParamRule } from '../http/params.ts';
import { badParameter, badRecord, ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import { type Settings, whitelistProblem } from '../settings.ts';

const LIFE = /^(group_|project_)?runner_token_expiration_interval$/;
/** Seconds (doc/api/settings.md). */
const SHORTEST_LIFE = 7_200;

const ruleFor = (name: string, value: unknown): ParamRule => {
  if (LIFE.test(name)) return { type: 'integer' };
  if (Array.isArray(value)) return { type: 'list' };
  if (typeof value === 'boolean') return { type: 'boolean' };
  return { type: typeof value === 'number' ? 'integer' : 'string' };
};

const changesOf = (call: Call, current: Settings): Readonly<Record<string, unknown>> => {
  const names = Object.keys(current).filter((name) => name !== 'id' && call.params[name] !== undefined);
  if (names.length === 0) throw badParameter('at least one parameter must be provided');
  const checked = checkParams(
    call.params,
    Object.fromEntries(names.map((name) => [name, ruleFor(name, current[name])])),
  );
  // `null` empties a list, and leaves the rest as it is.
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = checked[name] ?? (Array.isArray(current[name]) ? [] : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
};

export const settingsRoutes: readonly Route[] = [
  read('/application/settings', (call) => {
    requireAdmin(call.caller);
    return ok(call.world.settings());
  }),
  write('PUT', '/application/settings', (call) => {
    requireAdmin(call.caller);
    const current = call.world.settings();
    const next: Settings = { ...current, ...changesOf(call, current) };
    const problem = whitelistProblem(next.outbound_local_requests_whitelist);
    if (problem !== undefined) throw badRecord({ outbound_local_requests_whitelist: [problem] });
    if (next.push_event_hooks_limit < 0)
      throw badRecord({ push_event_hooks_limit: ['must be greater than or equal to 0'] });
    for (const name of Object.keys(next).filter((key) => LIFE.test(key))) {
      const life = next[name];
      if (typeof life === 'number' && life < SHORTEST_LIFE)
        throw badRecord({ [name]: [`must be greater than or equal to ${SHORTEST_LIFE}`] });
    }
    call.world.saveSettings(next);
    return ok(next);
  }),
];
