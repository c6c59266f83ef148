import { JSON_OPTION } from '../programs/descriptors/json-option.ts';
import { choice, directory, flag, orVariable, settings } from '../programs/descriptors/option-kinds.ts';
import { ENGINE_NAMES } from '../wiring/engine-names.ts';

/** What every command takes. */
export const COMMON_OPTIONS = {
  dir: orVariable(directory('the stack directory'), 'CHATOPS_DIR'),
  engine: orVariable(choice('<kind>', 'what runs the services', ['auto', ...ENGINE_NAMES], 'auto'), 'CHATOPS_ENGINE'),
  set: settings('change chatops.yaml before it is read (again and again)'),
  yes: flag('ask nothing; every question gets its default'),
  json: JSON_OPTION,
};
