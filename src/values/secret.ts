import { inspect } from 'node:util';

const REDACTED = '[secret]';

/**
 * A value that prints as `[secret]` in strings, JSON, YAML and inspection.
 * `reveal()` is the only way to the text; call it where the text leaves for its server, nowhere else.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
