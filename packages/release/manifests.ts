/** One version in all manifests, and wherever one of ours asks for another one by its number. Pure. */
import { z } from 'zod';

const OURS = /^(?:chatops-up|@chatops-up\/.+)$/;
const ASKING = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

const manifestSchema = z.looseObject({ name: z.string(), version: z.string() });
const numbers = z.record(z.string(), z.string());

type Manifest = z.infer<typeof manifestSchema>;

const withVersion = <T extends Readonly<Record<string, unknown>>>(manifest: T, version: string): T => ({
  ...manifest,
  ...('version' in manifest ? { version } : {}),
  ...Object.fromEntries(
    ASKING.flatMap((kind) => {
      const asked = numbers.safeParse(manifest[kind]);
      if (!asked.success) return [];
      const renewed = Object.entries(asked.data).map(([name, range]) => [name, OURS.test(name) ? version : range]);
      return [[kind, Object.fromEntries(renewed)]];
    }),
  ),
});

/** @param text of a package.json @throws ZodError, SyntaxError */
export const manifestOf = (text: string): Manifest => manifestSchema.parse(JSON.parse(text));

/** The text of a package.json with its version and those of ours that it asks for. */
export const manifestAt = (text: string, version: string): string =>
  `${JSON.stringify(withVersion(manifestOf(text), version), null, 2)}\n`;

const lockSchema = z.looseObject({
  version: z.string(),
  packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })),
});

/** The text of package-lock.json: the project itself and its workspaces, which are no packages of others. */
export const lockAt = (text: string, version: string): string => {
  const lock = lockSchema.parse(JSON.parse(text));
  const packages = Object.fromEntries(
    Object.entries(lock.packages).map(([path, each]) => [
      path,
      path.includes('node_modules/') ? each : withVersion(each, version),
    ]),
  );
  return `${JSON.stringify({ ...lock, version, packages }, null, 2)}\n`;
};
