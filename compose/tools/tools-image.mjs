/** The modules of src/tools-image, for build scripts: the oldest Node that we support runs no TypeScript. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const readToolsImage = async () => {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    stdin: {
      contents: ['description', 'image-archive', 'layer'].map((name) => `export * from './src/tools-image/${name}.ts';`).join('\n'),
      resolveDir: '.',
    },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};
