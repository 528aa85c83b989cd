/** Writes the traces of deviations into a folder, each file whole or not at all. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DeviationReport } from '../../report/index.ts';
import { BadInput, refusalOf } from '../bad-input.ts';

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
    if (deviations.length > 0) mkdirSync(folder, { recursive: true });
    removeOld(folder, campaign, new Set(deviations.map(({ file }) => file ?? '')));
    for (const { file, trace } of deviations) {
      if (file !== null) writeWhole(file, `${trace.join('\n')}\n`);
    }
  } catch (error) {
    throw unwritable(folder, error);
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
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A reader finds the old content or the new, never a part. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Without dots but those that separate the parts, so that no prefix begins another. */
const prefixOf = ({ target, profile }: CampaignName): string =>
  [target, profile, ''].map((part) => fileSafe(part).replaceAll('.', '-')).join('.');

const fileSafe = (name: string): string => name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(0, 80);

/**
 * Finds out early whether a folder can be made and written: by making one beside it or in it.
 * @throws BadInput if not.
 */
export function requireWritable(folder: string): void {
  let place = resolve(folder);
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    rmdirSync(mkdtempSync(join(place, '.pinproof-')));
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(folder: string, error: unknown): BadInput {
  return new BadInput(
    `the traces cannot be written to ${folder} (${refusalOf(error)}); choose another folder with --out.`,
  );
}
