/** Runs the script of an incoming webhook as its chat would, without that chat. */
export interface ScriptRunner {
  /**
   * For a script of ours only: what it runs in keeps nothing out.
   * @throws ChatopsError INTERNAL when the script cannot be loaded, throws, or takes too long
   */
  run(script: string, request: ScriptRequest): Promise<ScriptResult>;
}

/** The parts of `request` that scripts may use. */
export interface ScriptRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly content: unknown;
}

export type ScriptResult =
  /** Nothing returned: the event is passed over. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'message'; readonly content: Readonly<Record<string, unknown>> };
