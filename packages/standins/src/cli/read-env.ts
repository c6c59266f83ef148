/** The variables of a stand-in: `--env NAME` takes the value from the environment, `--env NAME=value` from the words. */
export type Environment = Readonly<Record<string, string | undefined>>;

const SECRET_NAME = /PASS|TOKEN|SECRET|PRIVATE|(^|_)(KEY|HOOK)$/i;
/** `mongodb://user:password@host`, and what Omnibus takes in its Ruby text. */
const SECRET_VALUE = /:\/\/[^/\s@]*:[^/\s@]+@|initial_root_password/;

/** Whether other users of the machine should not read it among our arguments. */
export const isSecret = (name: string, value: string): boolean =>
  value !== '' && (SECRET_NAME.test(name) || SECRET_VALUE.test(value));

/** @returns name and value, or why there are none */
export const readVariable = (text: string, env: Environment): readonly [string, string] | string => {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (!/^[A-Za-z_]\w*$/.test(name)) return `--env ${name}: expected NAME or NAME=value`;
  if (at < 0) {
    const value = env[name];
    return value === undefined ? `--env ${name}: it is not set in this environment` : [name, value];
  }
  const value = text.slice(at + 1);
  if (!isSecret(name, value)) return [name, value];
  return `--env ${name}=…: every user of this machine could read that secret; set ${name} in the environment and give --env ${name}`;
};
