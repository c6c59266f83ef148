/** One thing that a user is asked for a first chatops.yaml. */
export interface Prompt {
  readonly message: string;
  readonly default: string;
  /** What is wrong with an answer, in words; undefined when it is good. */
  judge(answer: string): Promise<string | undefined>;
}
