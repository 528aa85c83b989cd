import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import { closeLog, logLines, openLog } from './log-lines.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

function linesOf(text: string | Buffer): readonly string[] {
  const name = join(folder.path, 'log');
  writeFileSync(name, text);
  const log = openLog(name);
  try {
    return [...logLines(log)];
  } finally {
    closeLog(log);
  }
}

/** What is read of a file at once. */
const piece = 1 << 18;

describe('the lines of a log', () => {
  it.each([
    ['none', '', []],
    ['one without an end', 'a', ['a']],
    ['one that is empty', '\n', ['']],
    ['several, the last one torn', 'a\n\nb\nc', ['a', '', 'b', 'c']],
    ['those of Windows', 'a\r\nb\r\n', ['a', 'b']],
    ['those with signs of many bytes', 'é\n€😀\n', ['é', '€😀']],
  ])('are %s', (_, text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it.each([-2, -1, 0, 1, 2])('may lie across what is read at once, by %d', (shift) => {
    const lines = ['x'.repeat(piece + shift), 'é€😀', 'y'];
    expect(linesOf(lines.join('\n'))).toEqual(lines);
    const short = [...Array.from({ length: piece / 4 - 1 }, () => 'abc'), 'd'.repeat(3 + shift)];
    expect(linesOf([...short, 'é€😀'].join('\n'))).toEqual([...short, 'é€😀']);
  });

  it.each([1, 2, 3])('keep a sign whose bytes lie across it, from byte %d on', (behind) => {
    const lines = [`${'x'.repeat(piece - behind)}😀z`, 'y'];
    expect(linesOf(`${lines.join('\n')}\n`)).toEqual(lines);
  });

  it('are cut where they are longer than a line can be, and the next one is read', () => {
    const [long, next] = linesOf(`${'x'.repeat(1_500_000)}\nclose(3) = 0\n`);
    expect([long?.slice(0, 1_000_000) === 'x'.repeat(1_000_000), next]).toEqual([
      true,
      'close(3) = 0',
    ]);
    expect(long?.length).toBeLessThanOrEqual(1_000_000 + piece);
  });

  it('are told of bytes that are no UTF-8, too', () => {
    expect(linesOf(Buffer.from([0x61, 0xe2, 0x0a, 0x62, 0xff, 0x0a]))).toEqual([
      'a\ufffd',
      'b\ufffd',
    ]);
  });
});
