/** What is refused where a mount or an instance is read-only: fs/namespace.c, mnt_want_write. */
import type { Here } from '../walk.ts';
import type { Parts } from './parts.types.ts';
import { clause, type Row } from './row.ts';

const source = 'fs/namespace.c, mnt_want_write; measured on 6.18.44';

/** Rows of a world with read-only mounts. */
export const ifReadOnly = ({ w }: Parts, ...rows: readonly Row[]): readonly Row[] =>
  w.bounds.readOnly === 1 ? rows : [];

/** Nothing changes in what a walk came to, if its mount or its instance is read-only. */
export const readOnlyRows = (parts: Parts, call: string, here: Here): readonly Row[] =>
  ifReadOnly(
    parts,
    clause(
      `${call}.read-only`,
      'EROFS',
      () => parts.mounts.isReadOnly(here.at.mount, here.at.dentry),
      source,
    ),
  );
