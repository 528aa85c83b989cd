/** The folder that covering traces are written into, as a whole or not at all. */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { scopeByName } from '../../properties/index.ts';
import { BadInput, refusalOf } from '../bad-input.ts';
import { makeFolders, removeMade } from '../check/deviation-files.ts';
import type { SearchJob } from './job.types.ts';

export interface TraceFolder {
  /** Where the traces of a scope under a profile are to be written. */
  readonly placeOf: (job: Pick<SearchJob, 'scope' | 'profile'>) => string;
  /**
   * Puts what was written where it was asked for, in place of what an earlier run left there.
   * @throws BadInput if that cannot be done.
   */
  readonly keep: () => void;
  /** Removes what is not to be kept. */
  readonly discard: () => void;
}

/**
 * Prepares a folder that does not exist, is empty, or holds nothing but what an earlier run wrote. Until
 * `keep` it stays as it is: what is written goes into a folder beside it.
 * @throws BadInput if it is another one, or cannot be made.
 */
export function openTraceFolder(asked: string): TraceFolder {
  try {
    return prepared(asked);
  } catch (error) {
    throw error instanceof BadInput ? error : unwritable(asked, refusalOf(error));
  }
}

export const unwritable = (folder: string, reason: string): BadInput =>
  new BadInput(
    `the traces cannot be written to ${folder === '' ? '""' : folder} (${reason}); choose another folder with --emit-traces.`,
  );

function prepared(asked: string): TraceFolder {
  if (asked === '') throw unwritable(asked, 'the name is empty');
  const found = lstatSync(asked, { throwIfNoEntry: false });
  const folder = found === undefined ? resolve(asked) : realpathSync(asked);
  const stranger = found === undefined ? undefined : strangerIn(folder);
  if (stranger !== undefined) {
    throw new BadInput(
      `${join(asked, stranger)} was not written by --emit-traces, and ${asked} would be replaced; choose an empty folder.`,
    );
  }
  const made = makeFolders(dirname(folder));
  const drafts = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  const draft = join(drafts, 'new');
  mkdirSync(draft);
  return {
    placeOf: ({ scope, profile }) => join(draft, scope, fileSafe(profile.label)),
    keep() {
      try {
        if (found === undefined) renameSync(draft, folder);
        else replace(folder, draft, join(drafts, 'old'));
      } catch (error) {
        throw unwritable(asked, refusalOf(error));
      }
    },
    discard() {
      rmSync(drafts, { recursive: true, force: true });
      // Those that were needed for the draft only are empty now.
      removeMade(made);
    },
  };
}

/** Puts one folder in the place of another, which goes to `away`, or comes back if that fails. */
function replace(folder: string, by: string, away: string): void {
  renameSync(folder, away);
  try {
    renameSync(by, folder);
  } catch (error) {
    renameSync(away, folder);
    throw error;
  }
}

const fileSafe = (label: string): string => label.replaceAll(/[^A-Za-z0-9.=-]+/g, '-');

/** What of a folder is not SCOPE/PROFILE/NUMBER.trace, as a path in it; undefined if all of it is. */
function strangerIn(folder: string): string | undefined {
  for (const scope of readdirSync(folder)) {
    if (scopeByName(scope) === undefined || !isFolder(folder, scope)) return scope;
    for (const profile of readdirSync(join(folder, scope))) {
      const inside = join(scope, profile);
      if (!isFolder(folder, inside)) return inside;
      const other = readdirSync(join(folder, inside)).find((name) => !/^\d{6,}\.trace$/.test(name));
      if (other !== undefined) return join(inside, other);
    }
  }
  return undefined;
}

const isFolder = (folder: string, inside: string): boolean =>
  lstatSync(join(folder, inside)).isDirectory();
