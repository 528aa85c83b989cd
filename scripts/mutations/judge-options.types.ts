import type { ProfileName } from '../../model/index.ts';
import type { CorpusCase } from './corpus.ts';

export interface JudgeOptions {
  readonly cases: readonly CorpusCase[];
  /** In the order in which they are asked. */
  readonly profiles: readonly ProfileName[];
  /** States of each scope that are compared. */
  readonly most: number;
  readonly progress: (text: string) => void;
}
