/** CPUs that the tools are built for, as images name them (GOARCH). */
export const ARCHITECTURES = ['amd64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** By the names that kernels, engines and Node have for them. */
const NAMES: Readonly<Record<string, Architecture>> = {
  amd64: 'amd64',
  x86_64: 'amd64',
  x64: 'amd64',
  arm64: 'arm64',
  aarch64: 'arm64',
};

/** Undefined for a CPU that the tools are not built for. */
export const architectureOf = (name: string): Architecture | undefined => NAMES[name];

/** The npm package that brings the tools for a CPU. */
export const TOOLS_PACKAGES: Readonly<Record<Architecture, string>> = {
  amd64: '@chatops-up/tools-linux-x64',
  arm64: '@chatops-up/tools-linux-arm64',
};
