/** A folder of its own for the compiled agent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `use` with a new folder that is removed afterwards. */
export async function withCacheHome(use: (cacheHome: string) => Promise<void>): Promise<void> {
  const cacheHome = mkdtempSync(join(tmpdir(), 'pinproof-'));
  try {
    await use(cacheHome);
  } finally {
    rmSync(cacheHome, { recursive: true });
  }
}
