/** `GET /version` (Engine API, "Get version") → who answers. */
import { z } from 'zod';
import type { EngineVersion } from '../engine-version.ts';

const schema = z.looseObject({
  Version: z.string(),
  ApiVersion: z.string(),
  KernelVersion: z.string().optional(),
  Platform: z.looseObject({ Name: z.string().optional() }).optional(),
  Components: z.array(z.looseObject({ Name: z.string(), Version: z.string() })).nullish(),
});

/** `Docker Desktop 4.34.2 (167172)`: what stands in the brackets is a build. */
const DESKTOP = /^Docker Desktop(?: [\d.]+)?/;

/**
 * Podman names itself in its components: `{ "Name": "Podman Engine", "Version": "4.3.1" }`.
 * @throws Error when it is no answer of an engine
 */
export const versionOf = (answer: unknown): EngineVersion => {
  const { Version, ApiVersion, KernelVersion = '', Platform, Components } = schema.parse(answer);
  const podman = Components?.find(({ Name }) => Name === 'Podman Engine');
  const desktop = DESKTOP.exec(Platform?.Name ?? '')?.[0];
  const called = podman ? `Podman ${podman.Version}` : (desktop ?? `Docker ${Version}`);
  return { called, api: ApiVersion, kernel: KernelVersion, ...(podman ? { namesAtGateways: true } : {}) };
};
