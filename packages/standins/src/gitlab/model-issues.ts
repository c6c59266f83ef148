/** Issues, merge requests and notes, as they lie in the store. */
export interface Issue {
  readonly id: number;
  readonly iid: number;
  readonly projectId: number;
  readonly title: string;
  readonly description: string | null;
  readonly state: 'opened' | 'closed';
  readonly confidential: boolean;
  readonly labels: readonly string[];
  readonly authorId: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface MergeRequest {
  readonly id: number;
  readonly iid: number;
  readonly projectId: number;
  readonly title: string;
  readonly description: string | null;
  readonly state: 'opened' | 'closed' | 'merged';
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly authorId: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Note {
  readonly id: number;
  readonly projectId: number;
  readonly on: { readonly kind: 'issue' | 'merge_request'; readonly id: number };
  readonly body: string;
  readonly authorId: number;
  readonly createdAt: number;
}
