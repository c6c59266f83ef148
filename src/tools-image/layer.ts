/** The files of the tools image: one program and the C library it brings along, nothing else. Pure. */
import { NOBODY_ID } from '../values/nobody.ts';
import type { Architecture } from './architecture.ts';
import { filesOfTar, type TarFile, type TarHead, tarOf } from './tar.ts';

const PROGRAM = 'usr/bin/chatops-tools';
const LIBRARIES = 'usr/lib/chatops';

export interface ToolsFiles {
  readonly program: Buffer;
  /** Name → content; the loader is among them. */
  readonly libraries: ReadonlyMap<string, Buffer>;
}

/** Where the program looks for its loader, as the ABI of each architecture names it. */
const LOADERS: Readonly<Record<Architecture, string>> = {
  amd64: 'lib64/ld-linux-x86-64.so.2',
  arm64: 'lib/ld-linux-aarch64.so.1',
};

const folder = (path: string, mode = 0o755): TarHead => ({ path, kind: 'folder', mode });
const file = (path: string, content: Buffer): TarFile => ({ path, kind: 'file', mode: 0o755, content });

const byName = ([a]: readonly [string, Buffer], [b]: readonly [string, Buffer]): number => (a < b ? -1 : 1);

const loaderLink = (architecture: Architecture): readonly TarHead[] => {
  const path = LOADERS[architecture];
  const [dir = '', name = ''] = path.split('/');
  return [folder(dir), { path, kind: 'link', mode: 0o777, target: `/${LIBRARIES}/${name}` }];
};

/** A tar archive, always with the same bytes for the same files. */
export const layerOf = (architecture: Architecture, { program, libraries }: ToolsFiles): Buffer =>
  tarOf([
    ...['usr', 'usr/bin', 'usr/lib', LIBRARIES].map((path) => folder(path)),
    file(PROGRAM, program),
    ...[...libraries].sort(byName).map(([name, content]) => file(`${LIBRARIES}/${name}`, content)),
    ...loaderLink(architecture),
    // Mount points, and places that programs expect.
    folder('tmp', 0o1777),
    ...['opt', 'opt/chatops', 'stack', 'stack/.chatops', 'var', 'var/lib'].map((path) => folder(path)),
    // An engine gives a new volume the owner of the folder that it is mounted over: a program without rights can write it.
    { ...folder('var/lib/chatops', 0o700), owner: NOBODY_ID },
  ]);

/** @throws RangeError when it is no layer of ours */
export const filesOfLayer = (layer: Buffer): ToolsFiles => {
  const files = filesOfTar(layer);
  const program = files.get(PROGRAM);
  if (program === undefined) throw new RangeError(`there is no ${PROGRAM} in it`);
  const libraries = [...files]
    .filter(([path]) => path.startsWith(`${LIBRARIES}/`))
    .map(([path, content]) => [path.slice(LIBRARIES.length + 1), content] as const);
  return { program, libraries: new Map(libraries) };
};
