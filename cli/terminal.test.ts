import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { plain } from '../report/index.ts';
import { createProgressLine, paintFor } from './terminal.ts';

/** A stream that keeps what is written, and a clock that is set by hand. */
function fakeTerminal(about: { readonly isTTY?: boolean; readonly columns?: number }) {
  const written: string[] = [];
  const clock = { now: 0 };
  const stream = { ...about, write: (text: string) => written.push(text) };
  return { stream, written, clock, now: () => clock.now };
}

describe('progress', () => {
  it('is one line on a terminal, cut to its width and overwritten', () => {
    const { stream, written, clock, now } = fakeTerminal({ isTTY: true, columns: 25 });
    const progress = createProgressLine('normal', stream, now, 'xterm');
    progress.show(() => 'too early');
    clock.now = 150;
    progress.show(() => 'a line that is longer than the terminal');
    clock.now = 200;
    progress.show(() => 'too early again');
    progress.clear();
    expect(written).toEqual(['\r\u001b[2Ka line that is longer th', '\r\u001b[2K']);
  });

  it('is a plain line now and then elsewhere', () => {
    const { stream, written, clock, now } = fakeTerminal({});
    const progress = createProgressLine('normal', stream, now);
    clock.now = 14_000;
    progress.show(() => 'too early');
    clock.now = 16_000;
    progress.show(() => 'half done');
    progress.clear();
    expect(written).toEqual(['pinproof: half done\n']);
  });

  it('is a plain line on a dumb terminal, which can overwrite nothing', () => {
    const { stream, written, clock, now } = fakeTerminal({ isTTY: true });
    const progress = createProgressLine('normal', stream, now, 'dumb');
    clock.now = 16_000;
    progress.show(() => 'half done');
    progress.clear();
    expect(written).toEqual(['pinproof: half done\n']);
  });

  it('is silent if that is wanted', () => {
    const { stream, written, clock, now } = fakeTerminal({ isTTY: true });
    const progress = createProgressLine('quiet', stream, now);
    clock.now = 60_000;
    progress.show(() => 'half done');
    progress.clear();
    expect(written).toEqual([]);
  });
});

describe('colours', () => {
  it('are for terminals only', () => {
    expect(paintFor({})).toBe(plain);
    expect(paintFor({ isTTY: false }, picocolors.createColors(true))).toBe(plain);
  });

  it('are left out on a terminal that does not want them', () => {
    expect(paintFor({ isTTY: true }, picocolors.createColors(false))).toBe(plain);
  });

  it('tell good from bad', () => {
    const paint = paintFor({ isTTY: true }, picocolors.createColors(true));
    expect(paint.good('pass')).toBe('\u001b[32mpass\u001b[39m');
    expect(paint.bad('fail')).toBe('\u001b[31mfail\u001b[39m');
  });
});
