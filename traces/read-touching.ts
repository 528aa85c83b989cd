/** truncate, utimensat and setxattr. */
import type { Setxattr } from '../model/vocabulary/index.ts';
import type { Form, NamedForm } from './form.ts';
import { mustBeHere, two } from './form.ts';
import type { Flaws } from './read-value.ts';
import {
  fixedNull,
  fixedNumber,
  lengthRange,
  misfit,
  readFixed,
  readInteger,
  readPath,
} from './read-value.ts';
import type { Value } from './syntax.types.ts';

const timesOfNow = fixedNull('the times of utimensat');
const noFlags = (call: string) => fixedNumber(`the last argument of ${call}`, 0, '0');

const utimensat: Form = {
  usage: 'utimensat(AT_FDCWD, "PATH", NULL, 0)',
  counts: [4],
  read: ([at, path, times, flags], _end, flaws) => {
    if (!at || !path || !times || !flags) return null;
    mustBeHere('utimensat', at, flaws);
    const call = { call: 'utimensat', path: readPath(path, flaws) } as const;
    readFixed(times, timesOfNow, flaws);
    readFixed(flags, noFlags('utimensat'), flaws);
    return { call };
  },
};

/** What the attribute is to be makes no difference. */
const setxattr: Form = {
  usage: 'setxattr("PATH", "user.a", "v", 1, 0)',
  counts: [5],
  read: ([path, name, , , flags], _end, flaws) => {
    if (!path || !name || !flags) return null;
    const at = readPath(path, flaws);
    const call = { call: 'setxattr', path: at, name: readAttribute(name, flaws) } as const;
    readFixed(flags, noFlags('setxattr'), flaws);
    return { call };
  },
};

export const touchingForms: readonly NamedForm[] = [
  [
    'truncate',
    two('truncate("PATH", LENGTH)', (path, length, flaws) => ({
      call: 'truncate',
      path: readPath(path, flaws),
      length: readInteger(length, lengthRange, flaws),
    })),
  ],
  ['utimensat', utimensat],
  ['setxattr', setxattr],
];

const attributes = ['user.a', 'trusted.a'] as const;

function readAttribute(value: Value, flaws: Flaws): Setxattr['name'] {
  const known = attributes.find((name) => value.kind === 'string' && value.value === name);
  if (known === undefined)
    misfit(value, 'the name of an attribute ("user.a" or "trusted.a")', flaws);
  return known ?? 'user.a';
}
