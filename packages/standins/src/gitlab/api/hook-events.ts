/** The log of what was sent to a hook (17.3) and sending it again (17.4); tokens are masked (gl19:doc/api/project_webhooks.md). */

import type { DeliveryRecord } from '../hooks/records.ts';
import type { HookEvent } from '../hooks/triggers.ts';
import { paged } from '../http/paging.ts';
import { recordId } from '../http/params.ts';
import { created, notFound, unprocessable } from '../http/reply.ts';
import { type Route, read, write } from '../http/route.ts';
import type { Features } from '../version.ts';
import { type HookFamily, hookOfCall } from './hooks-of.ts';

const statusOf = ({ sent }: DeliveryRecord) => (sent.kind === 'answered' ? String(sent.status) : 'internal error');

const entity = (record: DeliveryRecord) => ({
  id: record.id,
  url: record.url,
  trigger: record.trigger,
  request_headers: Object.fromEntries(
    Object.entries(record.delivery.headers).map(([name, value]) => [
      name,
      name === 'X-Gitlab-Token' ? '[REDACTED]' : value,
    ]),
  ),
  request_data: record.payload,
  response_headers: record.sent.kind === 'answered' ? record.sent.headers : {},
  response_body: record.sent.kind === 'answered' ? record.sent.body : '',
  execution_duration: record.seconds,
  response_status: statusOf(record),
});

const CLASSES: Readonly<Record<string, RegExp>> = {
  successful: /^[23]/,
  client_failure: /^4/,
  server_failure: /^(5|internal)/,
};

const fits = (record: DeliveryRecord, wanted: string): boolean => {
  const pattern = CLASSES[wanted];
  return pattern === undefined ? statusOf(record) === wanted : pattern.test(statusOf(record));
};

export const hookEventRoutes = (family: HookFamily, features: Features): readonly Route[] => {
  const path = `${family.path}/:hook_id/events`;
  const resend = write('POST', `${path}/:hook_log_id/resend`, async (call) => {
    const hook = hookOfCall(family, call);
    const wanted = recordId(call.params, 'hook_log_id');
    const record = call.world.hooks.records(hook.id).find(({ id }) => String(id) === wanted);
    if (record === undefined) throw notFound();
    const event = record.trigger.replace(/_hooks$/, '_events') as HookEvent;
    const sent = await call.world.hooks.deliver(
      hook,
      event,
      record.payload,
      record.delivery.headers['Idempotency-Key'],
    );
    if (sent.kind === 'failed') throw unprocessable({ message: sent.message });
    return created({ response_status: sent.status });
  });
  return [
    read(path, (call) => {
      const { status } = call.params;
      const records = call.world.hooks.records(hookOfCall(family, call).id);
      const shown = status === undefined ? records : records.filter((record) => fits(record, String(status)));
      return paged(call, shown, entity);
    }),
    ...(features.hookResend ? [resend] : []),
  ];
};
