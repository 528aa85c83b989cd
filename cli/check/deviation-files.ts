/** Writes the traces of deviations into a folder, each file whole or not at all. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DeviationReport } from '../../report/index.ts';
import { BadInput, refusalOf } from '../bad-input.ts';
import type { Surroundings } from '../command.types.ts';

/** Where traces go if no folder is asked for. */
export const usualFolder = 'deviations';

/** Whose traces: a later campaign with the same target and profile replaces them. */
export interface CampaignName {
  readonly target: string;
  readonly profile: string;
}

/** Deviations with the names of their files: the campaign, what is broken, and a running number. */
export function withFiles(
  folder: string,
  campaign: CampaignName,
  deviations: readonly DeviationReport[],
): readonly DeviationReport[] {
  const numbers = new Map<string, number>();
  return deviations.map((deviation) => {
    const number = (numbers.get(deviation.id) ?? 0) + 1;
    numbers.set(deviation.id, number);
    const name = `${prefixOf(campaign)}${fileSafe(deviation.id)}-${number}.trace`;
    return { ...deviation, file: join(folder, name) };
  });
}

/**
 * Replaces the traces that an earlier campaign of this name left in the folder. Makes
 * the folder only if there is something to write.
 * @throws BadInput if the folder cannot be written.
 */
export function writeDeviations(
  folder: string,
  campaign: CampaignName,
  deviations: readonly DeviationReport[],
): void {
  try {
    if (deviations.length > 0) makeFolders(folder);
    removeOld(folder, campaign, new Set(deviations.map(({ file }) => file ?? '')));
    for (const { file, trace } of deviations) {
      if (file !== null) writeWhole(file, `${trace.join('\n')}\n`);
    }
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/**
 * Writes the traces into the folder that was asked for, or into the usual one. That the usual
 * one cannot be written is no failure: it is said, if there was anything to write.
 * @returns the deviations with their files, or without if they could not be written.
 * @throws BadInput if the folder that was asked for cannot be written.
 */
export function keepDeviations(
  asked: string | undefined,
  campaign: CampaignName,
  deviations: readonly DeviationReport[],
  { progress, say }: Pick<Surroundings, 'progress' | 'say'>,
): readonly DeviationReport[] {
  const folder = asked ?? usualFolder;
  const named = withFiles(folder, campaign, deviations);
  try {
    writeDeviations(folder, campaign, named);
    return named;
  } catch (error) {
    if (asked !== undefined || !(error instanceof BadInput)) throw error;
    if (deviations.length > 0) {
      progress.clear();
      say(error.message);
    }
    return deviations;
  }
}

function removeOld(folder: string, campaign: CampaignName, kept: ReadonlySet<string>): void {
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const ours = name.startsWith(prefixOf(campaign)) && /-\d+\.trace$/.test(name);
    if (ours && !kept.has(file)) rmSync(file);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** A reader finds the old content or the new, never a part. */
export function writeWhole(file: string, text: string | Buffer): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Writes a file that the user named: whole or not at all if it is a regular file or a new one,
 * also behind a link; anything else, such as a device, is written into and stays what it is.
 */
export function writeInto(file: string, text: string | Buffer): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === true) {
    writeWhole(realpathSync(file), text);
  } else if (lstatSync(file, { throwIfNoEntry: false }) === undefined) {
    writeWhole(file, text);
  } else {
    writeFileSync(file, text);
  }
}

/** Without dots but those that separate the parts, so that no prefix begins another. */
const prefixOf = ({ target, profile }: CampaignName): string =>
  [target, profile, ''].map((part) => fileSafe(part).replaceAll('.', '-')).join('.');

const fileSafe = (name: string): string => name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(0, 80);

/** Makes a folder and those above it, one by one: in /proc the recursive mkdir never ends. */
export function makeFolders(folder: string): readonly string[] {
  const missing: string[] = [];
  let place = resolve(folder);
  while (!existsSync(place) && dirname(place) !== place) {
    missing.unshift(place);
    place = dirname(place);
  }
  const made: string[] = [];
  try {
    for (const path of missing) {
      if (makeOne(path) === 'made') made.push(path);
    }
  } catch (error) {
    removeMade(made);
    throw error;
  }
  return made;
}

/** Another process may make the same folder at the same time. */
function makeOne(path: string): 'made' | 'there' {
  try {
    mkdirSync(path);
    return 'made';
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return 'there';
    throw error;
  }
}

/** Leaves what others have begun to use. */
export function removeMade(folders: readonly string[]): void {
  for (const folder of [...folders].reverse()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/**
 * Finds out early whether a folder can be made and written: by doing so, and removing what was made.
 * @throws BadInput if not.
 */
export function requireWritable(folder: string): void {
  if (folder === '') throw unwritable('""', new Error('the name is empty'));
  // Another process that tries the same may remove a folder just after it was found.
  for (let tries = 3; tries > 0; tries -= 1) {
    try {
      tryFolder(folder);
      return;
    } catch (error) {
      if (tries === 1 || codeOf(error) !== 'ENOENT') throw unwritable(folder, error);
    }
  }
}

function tryFolder(folder: string): void {
  const made = makeFolders(folder);
  try {
    rmdirSync(mkdtempSync(join(resolve(folder), '.pinproof-')));
  } finally {
    removeMade(made);
  }
}

function unwritable(folder: string, error: unknown): BadInput {
  return new BadInput(
    `the traces cannot be written to ${folder} (${refusalOf(error)}); choose another folder with --out.`,
  );
}
