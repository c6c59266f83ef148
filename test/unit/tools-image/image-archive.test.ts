import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentOf, describeLayer, imageConfig } from '../../../src/tools-image/description.ts';
import { imageArchive } from '../../../src/tools-image/image-archive.ts';
import { filesOfLayer, layerOf } from '../../../src/tools-image/layer.ts';
import { filesOfTar, tarHeader } from '../../../src/tools-image/tar.ts';
import { listOwners, listTar } from './list-tar.ts';

const FILES = {
  program: Buffer.from('the program'),
  libraries: new Map([
    ['libc.so.6', Buffer.from('the C library')],
    ['ld-linux-x86-64.so.2', Buffer.from('the loader')],
  ]),
};
const LAYER = layerOf('amd64', FILES);
const OF = { version: '0.1.0', architecture: 'amd64' } as const;

const archive = async (layer: Buffer, references = ['chatops-up/tools:0.1.0']): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of imageArchive(describeLayer(LAYER, OF), references, [layer])) chunks.push(chunk);
  return Buffer.concat(chunks);
};

describe('the layer of the tools image', () => {
  it('is a tar archive as tar reads it: programs that may be run, mount points, a link to the loader', () => {
    expect(listTar(LAYER)).toEqual([
      'drwxr-xr-x usr/',
      'drwxr-xr-x usr/bin/',
      'drwxr-xr-x usr/lib/',
      'drwxr-xr-x usr/lib/chatops/',
      '-rwxr-xr-x usr/bin/chatops-tools',
      '-rwxr-xr-x usr/lib/chatops/ld-linux-x86-64.so.2',
      '-rwxr-xr-x usr/lib/chatops/libc.so.6',
      'drwxr-xr-x lib64/',
      'lrwxrwxrwx lib64/ld-linux-x86-64.so.2 -> /usr/lib/chatops/ld-linux-x86-64.so.2',
      'drwxrwxrwt tmp/',
      'drwxr-xr-x opt/',
      'drwxr-xr-x opt/chatops/',
      'drwxr-xr-x stack/',
      'drwxr-xr-x stack/.chatops/',
      'drwxr-xr-x var/',
      'drwxr-xr-x var/lib/',
      'drwx------ var/lib/chatops/',
    ]);
  });

  it('has a folder for what a program without rights keeps, and all else belongs to root', () => {
    const owned = listOwners(LAYER).filter((line) => !line.startsWith('0/0 '));
    expect(owned).toEqual(['65532/65532 var/lib/chatops/']);
  });

  it('has the loader of arm64 where programs of arm64 look for it', () => {
    expect(listTar(layerOf('arm64', FILES))).toContain(
      'lrwxrwxrwx lib/ld-linux-aarch64.so.1 -> /usr/lib/chatops/ld-linux-aarch64.so.1',
    );
  });

  it('gives back the files that it was made of', () => {
    expect(filesOfLayer(LAYER)).toEqual({
      program: FILES.program,
      libraries: new Map([...FILES.libraries].sort(([a], [b]) => (a < b ? -1 : 1))),
    });
  });

  it('of something else is refused', () => {
    expect(() => filesOfLayer(Buffer.alloc(1024))).toThrow('there is no usr/bin/chatops-tools in it');
  });
});

describe('the archive that an engine loads', () => {
  it('holds the names, the configuration under its own digest, and the layer whose digest that names', async () => {
    const files = filesOfTar(await archive(LAYER));
    const [{ Config, RepoTags, Layers }] = JSON.parse(String(files.get('manifest.json'))) as [
      { Config: string; RepoTags: string[]; Layers: string[] },
    ];
    const config = files.get(Config) ?? Buffer.alloc(0);
    const layer = files.get(Layers[0] ?? '') ?? Buffer.alloc(0);
    expect(RepoTags).toEqual(['chatops-up/tools:0.1.0']);
    expect(`${createHash('sha256').update(config).digest('hex')}.json`).toBe(Config);
    expect(JSON.parse(String(config))).toMatchObject({
      architecture: 'amd64',
      os: 'linux',
      config: { Entrypoint: ['/usr/bin/chatops-tools'], WorkingDir: '/stack' },
      rootfs: { diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
    });
  });

  it('has the same bytes whenever it is made', async () => {
    expect((await archive(LAYER)).equals(await archive(layerOf('amd64', FILES)))).toBe(true);
  });

  it('is not ended when the layer is shorter than its description says: no engine takes it for whole', async () => {
    await expect(archive(LAYER.subarray(0, 512))).rejects.toThrow('its layer has 512 bytes, and should have');
  });
});

describe('the content that an image is known by', () => {
  const here = describeLayer(LAYER, OF);

  it('is another one for another program, version or CPU', () => {
    const others = [
      describeLayer(layerOf('amd64', { ...FILES, program: Buffer.from('another') }), OF),
      { ...here, version: '0.2.0' },
      { ...here, architecture: 'arm64' as const },
    ];
    expect(new Set([here, ...others].map(contentOf)).size).toBe(4);
  });

  it('stays the same with labels that say how an image came about', () => {
    const labelsOf = (text: string) => (JSON.parse(text) as { config: { Labels: object } }).config.Labels;
    expect(labelsOf(imageConfig(here, { made: 'by hand' }))).toEqual({
      ...labelsOf(imageConfig(here)),
      made: 'by hand',
    });
  });
});

describe('a header', () => {
  it('refuses a name that it has no room for', () => {
    expect(() => tarHeader({ path: 'a'.repeat(101), kind: 'file', mode: 0o644 })).toThrow('longer than the 100 bytes');
  });
});
