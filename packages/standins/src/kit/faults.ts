/** Faults on demand: which requests, and what happens to them instead of (or after) the work. */
export interface FaultRule {
  /** Matched against `METHOD /path` (HTTP) or the command name (MongoDB), as a regular expression. */
  readonly match: string;
  /** How many matching requests are hit. Default 1. */
  readonly times?: number;
  /** How many matching requests pass first. Default 0. */
  readonly skip?: number;
  /** Do the work, then answer with the fault: the reply is lost, the effect is not. Default false. */
  readonly afterWork?: boolean;
  readonly effect:
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly body?: string;
        readonly headers?: Readonly<Record<string, string>>;
      }
    /** An HTML page where JSON is expected. */
    | { readonly kind: 'html'; readonly status: number }
    /** The connection is cut without an answer. */
    | { readonly kind: 'reset' }
    /** The answer comes, late; with `afterWork` the work is done in time. Real milliseconds. */
    | { readonly kind: 'delay'; readonly ms: number }
    /** MongoDB: this error code instead of the answer. */
    | { readonly kind: 'code'; readonly code: number; readonly codeName: string };
}

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  /** The rule that hits this request, used up by one; undefined when none does. */
  take(request: string): FaultRule | undefined;
}

export const createFaults = (initial: readonly FaultRule[] = []): Faults => {
  let rules = initial.map((rule) => ({
    rule,
    pattern: new RegExp(rule.match),
    skip: rule.skip ?? 0,
    left: rule.times ?? 1,
  }));
  return {
    add: (rule) => {
      rules.push({ rule, pattern: new RegExp(rule.match), skip: rule.skip ?? 0, left: rule.times ?? 1 });
    },
    clear: () => {
      rules = [];
    },
    take: (request) => {
      for (const candidate of rules) {
        if (candidate.left <= 0 || !candidate.pattern.test(request)) continue;
        if (candidate.skip > 0) {
          candidate.skip -= 1;
          continue;
        }
        candidate.left -= 1;
        return candidate.rule;
      }
      return undefined;
    },
  };
};
