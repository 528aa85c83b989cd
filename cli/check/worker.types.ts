/** What a process that plays a share of the runs is told, and what it tells. */
import type { Share, ShareMessage, ShareOptions } from '../../conformance/index.ts';
import type { ChosenProfile } from '../selection.ts';
import type { Target } from './targets.ts';

export interface ShareJob {
  readonly target: Target;
  readonly profile: ChosenProfile;
  readonly options: Omit<ShareOptions, 'stop'>;
  readonly share: Share;
  /** When to give up, in milliseconds since the epoch; null: never. */
  readonly deadline: number | null;
}

export type WorkerOrder =
  { readonly kind: 'play'; readonly job: ShareJob } | { readonly kind: 'stop' };

/** `broke`: one line, and where it happened unless an adapter said it. */
export type WorkerMessage =
  ShareMessage | { readonly kind: 'broke'; readonly text: string; readonly stack: string | null };
