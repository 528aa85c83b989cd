/** The folder in which the compiled agent is kept: nobody but the effective user may write there. */
import { existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type CacheFolder = { readonly folder: string } | { readonly refused: string };

const mend = 'remove it, or set XDG_CACHE_HOME to a folder of your own';

/** XDG_CACHE_HOME if it is set, else ~/.cache; not absolute if these are not. */
export function defaultCacheHome(): string {
  const home = process.env['XDG_CACHE_HOME'] ?? '';
  return home === '' ? join(homedir(), '.cache') : home;
}

/** Two folders at most, one by one: in /proc the recursive mkdir never ends. */
function makeFolder(cacheHome: string, folder: string): string | undefined {
  for (const path of [cacheHome, folder]) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      if (!existsSync(path)) return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

/**
 * Why others could put a folder of theirs in the place of ours, whatever ours is like; undefined if they
 * cannot. In a sticky folder, as /tmp is, only owners rename.
 */
function lentParent(cacheHome: string): string | undefined {
  const { uid, mode } = statSync(cacheHome);
  if (uid !== 0 && uid !== process.geteuid?.()) {
    return `belongs to another user (uid ${uid})`;
  }
  return (mode & 0o022) !== 0 && (mode & 0o1000) === 0
    ? `has mode 0${(mode & 0o7777).toString(8)}, so that others can write there`
    : undefined;
}

/**
 * Makes the folder if need be; refuses one that others own or can enter, or could put another in the
 * place of.
 */
export function openCacheFolder(cacheHome: string): CacheFolder {
  if (!isAbsolute(cacheHome)) {
    return {
      refused: `The folder for the compiled agent cannot be in ${cacheHome}, which is no absolute path: set XDG_CACHE_HOME to an absolute folder.`,
    };
  }
  const folder = join(cacheHome, 'pinproof');
  const failed = makeFolder(cacheHome, folder);
  if (failed !== undefined) {
    return {
      refused: `The folder for the compiled agent cannot be made (${failed}): set XDG_CACHE_HOME to a folder that you can write.`,
    };
  }
  const lent = lentParent(cacheHome);
  if (lent !== undefined) {
    return {
      refused: `${cacheHome}, where the compiled agent is kept, ${lent}: set XDG_CACHE_HOME to a folder of your own.`,
    };
  }
  const found = lstatSync(folder);
  if (!found.isDirectory()) {
    return { refused: `${folder} is no directory: ${mend}.` };
  }
  if (found.uid !== process.geteuid?.()) {
    return { refused: `${folder} belongs to another user (uid ${found.uid}): ${mend}.` };
  }
  const mode = found.mode & 0o7777;
  if (mode !== 0o700) {
    return { refused: `${folder} has mode 0${mode.toString(8)} instead of 0700: ${mend}.` };
  }
  return { folder };
}
