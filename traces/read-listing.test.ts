import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace, traceFromJsonLines, traceToJsonLines } from './index.ts';
import type { ParseResult } from './index.ts';

const shown = (result: ParseResult): string =>
  result.ok
    ? printTrace(result.trace).trimEnd()
    : result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
const reprinted = (line: string): string => shown(parseTrace(`${line}\n`));

describe('readdir in a trace', () => {
  it.each([
    ['1 readdir("/mnt/a", ["d", "m"]) = 2'],
    ['1 readdir("/mnt/a", []) = 0'],
    ['1 readdir("/mnt/a", []) = -1 ENOENT (No such file or directory)'],
    ['1 readdir("/mnt/a", [])'],
  ])('is printed as it is read: %s', (line) => {
    expect(reprinted(line)).toBe(line);
  });

  it('may show its names in any order', () => {
    expect(reprinted('1 readdir("/", ["m", "d"]) = 2')).toBe('1 readdir("/", ["d", "m"]) = 2');
  });

  it.each([
    ['1 readdir("/", ["m"]) = 2', '25: 2 was found as the result, but the number of its names (1)'],
    ['1 readdir("/", ["m", "m"]) = 2', '22: a name was found twice'],
    ['1 readdir("/", [3]) = 1', '17: 3 was found where a path in double quotes'],
    ['1 readdir("/", 0x7ff0) = 0', 'was found where names ["NAME", ...] was expected'],
    ['1 readdir("/", "m") = 1', 'was found where names ["NAME", ...] was expected'],
  ])('is refused where it is wrong: %s', (line, message) => {
    expect(reprinted(line)).toContain(message);
  });

  const json = (outcome: string): string =>
    `{"step":{"pid":1,"call":{"call":"readdir","path":"/"}},"outcome":${outcome}}\n`;

  it('is JSON with its names', () => {
    const line = json('{"ok":true,"value":2,"names":["d","m"]}');
    const result = traceFromJsonLines(line);
    expect(result.ok && traceToJsonLines(result.trace)).toBe(line);
  });

  it.each([
    ['{"ok":true,"value":0}', 'the key "names" is missing'],
    ['{"ok":true,"value":1,"names":[]}', 'the number of names'],
    ['{"ok":true,"value":1,"names":"m"}', 'an array of names'],
    ['{"ok":true,"value":1,"names":[1]}', '$.outcome.names[0]'],
    ['{"ok":true,"value":2,"names":["m","m"]}', 'a name was found twice'],
  ])('is refused as JSON where it is wrong: %s', (outcome, message) => {
    expect(shown(traceFromJsonLines(json(outcome)))).toContain(message);
  });
});
