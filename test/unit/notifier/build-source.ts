/** Builds the notifier's bundle the way it is committed in src/notifier/generated/notifier-source.ts. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The class the sandbox looks for; `Store` is there in Rocket.Chat and nowhere else. */
const SHELL = `class Script {
  process_incoming_request(input) {
    return notifier.answer(input && input.request, SETTINGS, typeof Store === 'undefined' ? undefined : Store);
  }
}`;

export const buildNotifierSource = async (): Promise<string> => {
  const built = await build({
    entryPoints: [`${root}src/notifier/rocketchat/script.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'notifier',
    platform: 'neutral',
    target: 'es2020',
    charset: 'ascii',
    legalComments: 'none',
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 140,
    absWorkingDir: root,
    logLevel: 'silent',
    footer: { js: SHELL },
  });
  return built.outputFiles[0]?.text ?? '';
};

/** The module that holds the text, so that it is the same from sources and from bundles. */
export const asModule = (source: string): string => {
  const literal = source.replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${');
  return `/** Generated from src/notifier/rocketchat/script.ts by \`UPDATE=1 npx vitest run test/unit/notifier/built.test.ts\`. */\nexport const NOTIFIER_SOURCE = \`${literal}\`;\n`;
};
