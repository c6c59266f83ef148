/** What a package of tools says of itself in its tools.json, and the image that is made from it. Pure. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../values/sha256.ts';
import { ARCHITECTURES } from './architecture.ts';

export const descriptionSchema = z.object({
  /** Of chatops-up. */
  version: z.string(),
  architecture: z.enum(ARCHITECTURES),
  /** Digest of the layer, a tar archive: `sha256:…`. */
  layer: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** Of the layer, bytes. */
  size: z.number().int().positive(),
});

export type ToolsDescription = z.infer<typeof descriptionSchema>;

/** Files of a package of tools. */
export const DESCRIPTION_FILE = 'tools.json';
export const LAYER_FILE = 'tools.tar.br';

/** On every image of tools: what distinguishes one build from another, the version of chatops-up. */
export const CONTENT_LABEL = 'io.chatops-up.tools.content';
export const VERSION_LABEL = 'io.chatops-up.tools.version';

/** OCI image specification, "Image Configuration". No time of its own: the same parts make the same image. */
const configWith = ({ version, architecture, layer }: ToolsDescription, labels: Readonly<Record<string, string>>) => ({
  created: '1970-01-01T00:00:00Z',
  architecture,
  os: 'linux',
  config: {
    Entrypoint: ['/usr/bin/chatops-tools'],
    // A container's own address is reached from its networks alone; elsewhere the relay listens on loopback.
    Env: ['PATH=/usr/bin', 'CHATOPS_RELAY_HOST=*'],
    WorkingDir: '/stack',
    Labels: { [VERSION_LABEL]: version, ...labels },
  },
  rootfs: { type: 'layers', diff_ids: [layer] },
});

/** What distinguishes this image from any other, whatever it is named: 64 hexadecimal digits. */
export const contentOf = (description: ToolsDescription): string =>
  sha256Hex(JSON.stringify(configWith(description, {})));

/** The image's configuration, as JSON. @param labels further ones, which say how it came about and change nothing */
export const imageConfig = (description: ToolsDescription, labels: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify(configWith(description, { [CONTENT_LABEL]: contentOf(description), ...labels }));

export const describeLayer = (
  layer: Buffer,
  { version, architecture }: Pick<ToolsDescription, 'version' | 'architecture'>,
): ToolsDescription => ({
  version,
  architecture,
  layer: `sha256:${createHash('sha256').update(layer).digest('hex')}`,
  size: layer.length,
});

const SHORT = 12;

/** The name that says version and content, beside the one that compose.yaml has: `chatops-up/tools:0.1.0-1a2b3c4d5e6f`. */
export const contentReference = (description: ToolsDescription): string =>
  `chatops-up/tools:${description.version}-${contentOf(description).slice(0, SHORT)}`;
