/** The calls that can take a name away. */
import type { CallName } from '../model/vocabulary/index.ts';

/** A rename takes away the old name, and what was at the new one; an exchange keeps both. */
export const removing: ReadonlySet<CallName> = new Set(['unlink', 'rmdir', 'rename', 'renameat2']);
