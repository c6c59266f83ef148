import type { ChatopsError } from '../errors/chatops-error.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Change } from './job.ts';

/** How far an image is; bytes of the downloads whose size the engine has reported. */
export interface PullProgress {
  readonly layers: number;
  readonly layersThere: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What a run reports while it goes on. Reporters turn these into a live display, lines or JSON. */
export type Event =
  | { readonly type: 'file'; readonly path: string; readonly action: 'create' | 'update' | 'delete' | 'unchanged' }
  /** `tookMs`: since it was begun. */
  | {
      readonly type: 'image';
      readonly image: string;
      /** Services and jobs that want it. */
      readonly nodes: readonly string[];
      /** `making`, `made`: on the engine, from a package that is installed here. */
      readonly state: 'pulling' | 'pulled' | 'making' | 'made' | 'failed';
      readonly progress: PullProgress;
      readonly tookMs: number;
    }
  | { readonly type: 'node-waiting'; readonly node: string; readonly for: readonly string[] }
  | { readonly type: 'node-started'; readonly node: string; readonly kind: 'service' | 'job'; readonly detail?: string }
  | { readonly type: 'gate-answer'; readonly node: string; readonly reason: string; readonly tries: number }
  | { readonly type: 'node-ready'; readonly node: string; readonly tookMs: number; readonly detail?: string }
  | { readonly type: 'change'; readonly node: string; readonly change: Change }
  /** A job at work waits for something that comes by itself. */
  | { readonly type: 'job-waiting'; readonly node: string; readonly for: string }
  | { readonly type: 'warning'; readonly node: string; readonly text: string }
  | {
      readonly type: 'node-done';
      readonly node: string;
      readonly changes: number;
      readonly tookMs: number;
      readonly detail?: string;
    }
  | {
      readonly type: 'node-failed';
      readonly node: string;
      readonly error: ChatopsError;
      readonly diagnosis?: Diagnosis;
    }
  /** The run was interrupted while it was worked on. */
  | { readonly type: 'node-stopped'; readonly node: string }
  /** `because`: the node that failed before it; absent when the run was interrupted first. */
  | { readonly type: 'node-skipped'; readonly node: string; readonly because?: string };

export interface EventSink {
  emit(event: Event): void;
}
