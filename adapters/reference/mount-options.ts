/** Options of a mount of bpffs, as bpf_parse_param takes them: one by one, the unknown ones too. */
import type { Uid } from '../../model/vocabulary/index.ts';
import type { Release } from './release.types.ts';
import type { OrError } from './structures.types.ts';

export interface RootOptions {
  readonly mode: number;
  readonly uid: Uid;
}

const S_ISVTX = 0o1000;
const S_IALLUGO = 0o7777;

const known: Readonly<Record<Release['mountOptions'], readonly string[]>> = {
  ignored: [],
  mode: ['mode'],
  'mode-and-ids': ['mode', 'uid', 'gid'],
};

/** kstrtouint: digits of the base and nothing else, up to 32 bits. */
function kstrtouint(text: string, base: 8 | 10): number | null {
  const digits = text.replace(/^\+/, '').split('');
  let number = digits.length === 0 ? -1 : 0;
  for (const digit of digits) {
    const value = '0123456789'.indexOf(digit);
    if (value < 0 || value >= base || number < 0) return null;
    number = number * base + value;
  }
  return number < 0 || number > 0xffff_ffff ? null : number;
}

/** The root that the options make. A root is sticky whatever they say. */
export function rootOptions(data: string | undefined, release: Release): OrError<RootOptions> {
  let root: RootOptions = { mode: S_ISVTX | 0o777, uid: 0 };
  for (const option of data === undefined ? [] : data.split(',')) {
    const [key = '', ...rest] = option.split('=');
    if (!known[release.mountOptions].includes(key)) continue;
    const number = rest.length === 0 ? null : kstrtouint(rest.join('='), key === 'mode' ? 8 : 10);
    if (number === null) return 'EINVAL';
    if (key === 'mode') root = { ...root, mode: S_ISVTX | (number & S_IALLUGO) };
    else root = { ...root, uid: number === 0 ? 0 : 65534 };
  }
  return root;
}
