import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deviations } from '../../report/results.test-data.ts';
import { temporaryFolder, type TemporaryFolder } from '../../test/run-pinproof.ts';
import { BadInput } from '../bad-input.ts';
import {
  keepDeviations,
  requireWritable,
  withFiles,
  writeDeviations,
  writeInto,
  writeWhole,
} from './deviation-files.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const campaign = { target: 'exec:./my impl.py', profile: 'linux-4.4' };

describe('files of deviations', () => {
  it('are named after the campaign, what is broken, and a running number', () => {
    const names = withFiles('out', campaign, deviations).map(({ file }) => file);
    expect(names).toEqual([
      'out/exec---my-impl-py.linux-4-4.singleton-per-namespace-1.trace',
      'out/exec---my-impl-py.linux-4-4.singleton-per-namespace-2.trace',
      'out/exec---my-impl-py.linux-4-4.pin.fd-closed-1.trace',
    ]);
  });

  it('hold the traces, and replace those of an earlier campaign of that name only', () => {
    const out = join(folder.path, 'deep', 'out');
    const named = withFiles(out, campaign, deviations);
    writeDeviations(out, campaign, named);
    const other = { ...campaign, profile: 'linux-6.18' };
    writeDeviations(out, other, withFiles(out, other, deviations.slice(0, 1)));
    writeFileSync(join(out, 'mine.txt'), '');
    writeDeviations(out, campaign, withFiles(out, campaign, deviations.slice(2)));
    expect(readdirSync(out).sort()).toEqual([
      'exec---my-impl-py.linux-4-4.pin.fd-closed-1.trace',
      'exec---my-impl-py.linux-6-18.singleton-per-namespace-1.trace',
      'mine.txt',
    ]);
    const text = readFileSync(
      join(out, 'exec---my-impl-py.linux-4-4.pin.fd-closed-1.trace'),
      'utf8',
    );
    expect(text).toBe(`${deviations[2]?.trace.join('\n') ?? ''}\n`);
  });

  it('are not made where there is nothing to write', () => {
    const out = join(folder.path, 'out');
    writeDeviations(out, campaign, []);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('are never left half-written', () => {
    const file = join(folder.path, 'taken');
    mkdirSync(file);
    expect(() => {
      writeWhole(file, 'text');
    }).toThrow('EISDIR');
    expect(readdirSync(folder.path)).toEqual(['taken']);
  });

  it('go nowhere that cannot be written', () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    expect(() => {
      requireWritable(join(file, 'out'));
    }).toThrow(BadInput);
    expect(() => {
      writeDeviations(file, campaign, withFiles(file, campaign, deviations));
    }).toThrow(
      /^the traces cannot be written to .*file \(.*\); choose another folder with --out\.$/,
    );
    requireWritable(join(folder.path, 'not', 'yet', 'there'));
    expect(readdirSync(folder.path)).toEqual(['file']);
  });

  it('go into no folder whose name is empty or too long', () => {
    for (const name of ['', join(folder.path, 'new', 'x'.repeat(300))]) {
      expect(() => {
        requireWritable(name);
      }).toThrow(BadInput);
    }
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('may be left unwritten where no folder was asked for', () => {
    const said: string[] = [];
    const around = {
      say: (line: string) => said.push(line),
      progress: { show: () => undefined, clear: () => undefined },
    };
    const old = process.cwd();
    writeFileSync(join(folder.path, 'deviations'), '');
    try {
      process.chdir(folder.path);
      expect(keepDeviations(undefined, campaign, [], around)).toEqual([]);
      expect(said).toEqual([]);
      expect(keepDeviations(undefined, campaign, deviations, around)).toBe(deviations);
      expect(said).toHaveLength(1);
      expect(() => keepDeviations('deviations', campaign, deviations, around)).toThrow(BadInput);
    } finally {
      process.chdir(old);
    }
  });
});

describe('a file that the user named', () => {
  it('stays the link that it is', () => {
    const link = join(folder.path, 'link');
    for (const target of ['there', 'not-yet-there']) {
      if (target === 'there') writeFileSync(join(folder.path, target), 'old');
      symlinkSync(target, `${link}-${target}`);
      writeInto(`${link}-${target}`, 'text');
      expect(lstatSync(`${link}-${target}`).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(folder.path, target), 'utf8')).toBe('text');
    }
  });

  it('stays the device that it is', () => {
    // Behind a link, so that a mistake of ours replaces the link and not the device.
    const link = join(folder.path, 'null');
    symlinkSync('/dev/null', link);
    writeInto(link, 'text');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
