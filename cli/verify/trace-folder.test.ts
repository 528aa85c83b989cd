import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import { chooseProfile } from '../selection.ts';
import { openTraceFolder } from './trace-folder.ts';

const all = temporaryFolder();
afterAll(all.remove);

let place = '';
let folder = '';
beforeEach(() => {
  place = mkdtempSync(join(all.path, 'test-'));
  folder = join(place, 'traces');
});

const survival = { scope: 'survival', profile: chooseProfile('linux-6.18', []) };
const inside = join('survival', 'linux-6.18');

/** Writes one trace as a run would, and keeps it. */
function writeTrace(text: string, into = folder): void {
  const opened = openTraceFolder(into);
  const own = opened.placeOf(survival);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, '000001.trace'), text);
  opened.keep();
  opened.discard();
}

const traceIn = (where: string): string =>
  readFileSync(join(where, inside, '000001.trace'), 'utf8');

describe('a folder for traces', () => {
  it('is made with all that it takes, and nothing is left beside it', () => {
    writeTrace('one', join(place, 'a', 'b'));
    expect(traceIn(join(place, 'a', 'b'))).toBe('one');
    expect(readdirSync(join(place, 'a'))).toEqual(['b']);
  });

  it('may be there if it is empty', () => {
    mkdirSync(folder);
    writeTrace('one');
    expect(traceIn(folder)).toBe('one');
  });

  it('replaces what an earlier run left, as a whole', () => {
    const opened = openTraceFolder(folder);
    mkdirSync(join(opened.placeOf({ ...survival, scope: 'counts' })), { recursive: true });
    opened.keep();
    opened.discard();
    expect(readdirSync(folder)).toEqual(['counts']);
    writeTrace('two');
    expect(readdirSync(folder)).toEqual(['survival']);
    expect(readdirSync(place)).toEqual(['traces']);
  });

  it('stays as it is until all is written, and if nothing is to be kept', () => {
    writeTrace('one');
    const opened = openTraceFolder(folder);
    mkdirSync(opened.placeOf(survival), { recursive: true });
    expect(traceIn(folder)).toBe('one');
    opened.discard();
    expect(traceIn(folder)).toBe('one');
    expect(readdirSync(place)).toEqual(['traces']);
  });

  it('is not made, nor what leads to it, if nothing is to be kept', () => {
    openTraceFolder(join(place, 'a', 'b')).discard();
    expect(readdirSync(place)).toEqual([]);
  });

  it('may be named by a link, which stays', () => {
    mkdirSync(join(place, 'real'));
    symlinkSync('real', folder);
    writeTrace('one');
    expect(traceIn(join(place, 'real'))).toBe('one');
    expect(traceIn(folder)).toBe('one');
  });

  it('has a folder of its own for a profile with switches changed', () => {
    const opened = openTraceFolder(folder);
    const profile = chooseProfile('linux-6.18', [{ name: 'pinPut', value: 'later' }]);
    expect(opened.placeOf({ ...survival, profile })).toMatch(
      /\/survival\/linux-6\.18-with-pinPut=later$/,
    );
    opened.discard();
  });
});

describe('a folder that is refused', () => {
  const refusal = (asked: string): string => {
    try {
      openTraceFolder(asked).discard();
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return 'not refused';
  };

  it.each([
    ['notes.txt'],
    [join('survival', 'notes.txt')],
    [join(inside, 'notes.txt')],
    [join('surprise', 'linux-6.18', '000001.trace')],
    [join(inside, '1.trace')],
  ])('holds %s, which no run wrote', (name) => {
    writeTrace('one');
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), 'mine');
    const stranger = name.startsWith('surprise') ? 'surprise' : name;
    expect(refusal(folder)).toBe(
      `${join(folder, stranger)} was not written by --emit-traces, and ${folder} would be replaced; choose an empty folder.`,
    );
    expect(traceIn(folder)).toBe('one');
    expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
  });

  it('is no folder, or below none', () => {
    writeFileSync(folder, '');
    const sentence = (asked: string): string =>
      `the traces cannot be written to ${asked} (ENOTDIR: not a directory); choose another folder with --emit-traces.`;
    expect(refusal(folder)).toBe(sentence(folder));
    expect(refusal(join(folder, 'x'))).toBe(sentence(join(folder, 'x')));
  });

  it('has no name', () => {
    expect(refusal('')).toContain('cannot be written to "" (the name is empty)');
  });

  it('leads nowhere', () => {
    symlinkSync('nowhere', folder);
    expect(refusal(folder)).toContain('ENOENT');
  });

  it.each(['/proc/nothing/here', '/dev/null/x', '/'])('is %s', (name) => {
    expect(refusal(name)).not.toBe('not refused');
  });

  it('cannot be replaced: what was there stays', () => {
    const opened = openTraceFolder(folder);
    writeFileSync(folder, 'of somebody else');
    expect(() => {
      opened.keep();
    }).toThrow('cannot be written');
    opened.discard();
    expect(readFileSync(folder, 'utf8')).toBe('of somebody else');
    expect(readdirSync(place)).toEqual(['traces']);
  });

  it('comes back if nothing can be put in its place', () => {
    writeTrace('one');
    const opened = openTraceFolder(folder);
    rmSync(join(opened.placeOf(survival), '..', '..'), { recursive: true });
    expect(() => {
      opened.keep();
    }).toThrow('cannot be written');
    opened.discard();
    expect(traceIn(folder)).toBe('one');
  });
});
