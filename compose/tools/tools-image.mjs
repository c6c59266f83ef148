/** The modules of src/tools-image, for build scripts. */
import { importBundled } from '../../bundling.config.mjs';

const MODULES = ['description', 'image-archive', 'layer'];

export const readToolsImage = () => {
  const contents = MODULES.map((name) => `export * from './src/tools-image/${name}.ts';`).join('\n');
  return importBundled({ stdin: { contents, resolveDir: '.' } });
};
