import type { StandinReply } from '../kit/http-standin.ts';
import { newId } from './world.ts';

export const ok = (body: unknown, status = 200): StandinReply => ({ status, body });

/** Every 4xx and 5xx of the API: people read `message`, programs `id`. */
export const refusal = (status: number, id: string): StandinReply => ({
  status,
  body: { id, message: 'refused', detailed_error: '', request_id: newId(), status_code: status },
});

/** As the rate limiter answers: text, and seconds to wait in `X-RateLimit-Reset`. */
export const LIMITED = {
  kind: 'status',
  status: 429,
  body: 'limit exceeded\n',
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-RateLimit-Limit': '10',
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': '1',
    'Retry-After': '1',
  },
} as const;
