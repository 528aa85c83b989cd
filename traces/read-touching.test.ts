import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace } from './index.ts';

const reprinted = (line: string): string => {
  const result = parseTrace(`${line}\n`);
  return result.ok
    ? printTrace(result.trace).trimEnd()
    : result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
};

describe('a call that changes what is not seen', () => {
  it.each([
    ['1 truncate("/mnt/a/m", 0) = 0'],
    ['1 truncate(NULL, -1) = -1 EINVAL (Invalid argument)'],
    ['1 utimensat(AT_FDCWD, "/mnt/a/m", NULL, 0) = 0'],
    ['1 setxattr("/mnt/a/m", "trusted.a", "v", 1, 0) = -1 EOPNOTSUPP (Operation not supported)'],
  ])('is printed as it is read: %s', (line) => {
    expect(reprinted(line)).toBe(line);
  });

  it('is read whatever the attribute is to be', () => {
    const marked = reprinted('1 setxattr("/m", "user.a", "other", 5, 0)');
    expect(marked).toBe('1 setxattr("/m", "user.a", "v", 1, 0)');
  });

  it.each([
    ['1 truncate("/m", "0")', 'was found where a length (a number from -2147483648 to 2147483647)'],
    ['1 utimensat(3, "/m", NULL, 0)', '3 was found where the directory of utimensat (AT_FDCWD)'],
    [
      '1 utimensat(AT_FDCWD, "/m", NULL, 256)',
      'but the last argument of utimensat is always 0 here',
    ],
    ['1 setxattr("/m", "user.b", "v", 1, 0)', 'the name of an attribute ("user.a" or "trusted.a")'],
    ['1 setxattr("/m", "user.a", "v", 1, 1)', 'but the last argument of setxattr is always 0 here'],
  ])('is refused where it is another: %s', (line, message) => {
    expect(reprinted(line)).toContain(message);
  });
});
