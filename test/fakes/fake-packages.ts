import type { Architecture } from '../../src/tools-image/architecture.ts';
import { describeLayer } from '../../src/tools-image/description.ts';
import type { ToolsPackage, ToolsPackages } from '../../src/tools-image/tools-package.ts';

/** With that many bytes of layer. */
export const aToolsPackage = (architecture: Architecture, size = 1_000): ToolsPackage => {
  const layer = Buffer.alloc(size, architecture);
  return {
    name: `tools for ${architecture}`,
    description: describeLayer(layer, { version: '0.1.0', architecture }),
    layer: async function* () {
      yield layer;
    },
  };
};

export const somePackages = (...all: readonly ToolsPackage[]): ToolsPackages => ({
  find: (architecture) => all.find(({ description }) => description.architecture === architecture),
  howToAdd: (architecture) => `add tools for ${architecture}`,
});

export const NO_PACKAGES = somePackages();
