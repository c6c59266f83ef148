import { createFiles } from '../../adapters/files.ts';
import { configJsonSchemaText } from '../../config/json-schema.ts';
import { SCHEMA_PATH } from '../../config/sample.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import { additionsOf } from '../../stack/additions-of.ts';
import { describeDirectory } from '../../wiring/describe-directory.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { isHalfAnswered, newConfig, restOfConfig } from '../../wiring/new-config.ts';
import { makeDirectory } from '../../wiring/open-stack.ts';
import { CONFIG_FILE, readConfigText, USERS_OWN } from '../../wiring/stack-directory.ts';

/** Writes chatops.yaml and its schema; never over one that is there, but for questions that an interruption left open. */
export const initCommand = async (invocation: Invocation): Promise<number> => {
  const found = readConfigText(invocation.dir);
  const goesOn = found !== undefined && isHalfAnswered(invocation);
  if (found !== undefined && !goesOn) {
    throw new ChatopsError('CONFLICT', {
      what: `there is a ${CONFIG_FILE} in ${invocation.dir} already`,
      why: 'init never writes over one',
      next: 'edit it, then run `chatops-up plan`; or name another directory with --dir',
    });
  }
  // Answers are kept as they are given.
  if (invocation.ask) await makeDirectory(invocation.dir);
  const answered = goesOn ? await restOfConfig(found, invocation) : await newConfig(invocation);
  const { text, desired } = await describeDirectory(answered, invocation);
  await makeDirectory(invocation.dir);
  const files = createFiles(invocation.dir, { followed: USERS_OWN });
  await files.write(CONFIG_FILE, text);
  await files.write(SCHEMA_PATH, configJsonSchemaText(additionsOf(desired.house)));
  invocation.out(
    invocation.json
      ? `${toJson({ type: 'init', written: [CONFIG_FILE] })}\n`
      : `${CONFIG_FILE} written in ${invocation.dir}; read it, then run \`chatops-up plan\` or \`chatops-up up\`\n`,
  );
  return EXIT.ok;
};
