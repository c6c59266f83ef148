import { EXIT } from '../../errors/catalogue.ts';
import { createJsonReporter, toJson } from '../../report/json.ts';
import { createPlainReporter } from '../../report/plain.ts';
import { type Architecture, TOOLS_PACKAGES } from '../../tools-image/architecture.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { buildTools, exportTools, type ShownTools, showTools } from '../../wiring/tools.ts';

export const toolsBuildCommand = async (invocation: Invocation): Promise<number> => {
  const { json, out } = invocation;
  const reporter = json ? createJsonReporter(out) : createPlainReporter(out);
  const { image, made } = await buildTools(invocation, reporter);
  if (json) out(`${toJson({ type: 'tools', image, made })}\n`);
  else if (!made) out(`${image} is on the engine, and as it should be\n`);
  return EXIT.ok;
};

export interface ToolsExportOptions {
  /** Absolute. */
  readonly file: string;
  readonly cpu: Architecture;
}

export const toolsExportCommand = async (
  { json, out, signal }: Invocation,
  { file, cpu }: ToolsExportOptions,
): Promise<number> => {
  const image = await exportTools(file, cpu, signal);
  out(
    json
      ? `${toJson({ type: 'tools', image, file, architecture: cpu })}\n`
      : `${image} for ${cpu} written to ${file}; \`docker load --input ${file}\` takes it in\n`,
  );
  return EXIT.ok;
};

const CONTENT_SHOWN = 12;

const engineLine = ({ onEngine, engineTrouble }: ShownTools): string => {
  if (engineTrouble !== undefined) return `the engine cannot be asked: ${engineTrouble}`;
  if (onEngine === undefined) return 'not on the engine: `chatops-up up` makes it';
  const { version, architecture, current } = onEngine;
  return `on the engine: ${version} for ${architecture}${current ? '' : ', of another build: `chatops-up up` replaces it'}`;
};

/** What a user reads of it. Pure. */
export const toolsText = (shown: ShownTools): string => {
  const installed = Object.entries(shown.installed).map(([cpu, found]) => {
    const name = TOOLS_PACKAGES[cpu as Architecture];
    return found === undefined
      ? `  ${name}: not installed`
      : `  ${name}: ${found.version}, content ${found.content.slice(0, CONTENT_SHOWN)}`;
  });
  return `${[shown.image, `  ${engineLine(shown)}`, ...installed].join('\n')}\n`;
};

export const toolsShowCommand = async (invocation: Invocation): Promise<number> => {
  const shown = await showTools(invocation);
  invocation.out(invocation.json ? `${toJson({ type: 'tools', ...shown })}\n` : toolsText(shown));
  return EXIT.ok;
};
