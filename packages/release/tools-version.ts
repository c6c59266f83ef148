/** Files that name the tools image, which bears the version of the release: the default, and what is rendered of it. Pure. */
export const NAME_TOOLS = [
  'src/config/defaults.ts',
  'src/config/chatops.schema.json',
  'compose/compose.yaml',
  'docs/configuration.md',
] as const;

/** Image (`chatops-up/tools:0.1.0`) and volume (`tools-0.1.0`), each with the other version. */
export const withToolsVersion = (text: string, from: string, to: string): string =>
  text.replaceAll(`chatops-up/tools:${from}`, `chatops-up/tools:${to}`).replaceAll(`tools-${from}`, `tools-${to}`);
