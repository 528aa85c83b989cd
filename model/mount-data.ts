/** The options of a mount of bpffs: kernel/bpf/inode.c, bpf_parse_param, bpf_fill_super. */
import type { Switches } from './profiles/index.ts';

/** What a kernel makes of options. */
export interface MountOptions {
  /** `fine`; what a known option cannot be; or what is outside the model. */
  readonly verdict: 'fine' | 'bad' | 'outside';
  /** The permission bits of the root directory, besides the sticky one; the usual ones if undefined. */
  readonly mode: number | undefined;
  /** Whose it is. */
  readonly owner: 'root' | 'unprivileged';
}

const usual: MountOptions = { verdict: 'fine', mode: undefined, owner: 'root' };

/** As kstrtouint reads it, in base 8. */
const octal = /^\+?0*[0-7]{1,11}$/;
const setId = 0o6000;
const allBits = 0o7777;

/** The number that an octal option stands for, or null. */
function modeOf(text: string): number | null {
  const number = octal.test(text) ? Number.parseInt(text, 8) : Number.NaN;
  return number <= 0xffff_ffff ? number & allBits : null;
}

/** The last value of an option; an option without one has none. */
const valueOf = (options: readonly string[], key: string): string | null | undefined => {
  const last = options.findLast((option) => option === key || option.startsWith(`${key}=`));
  return last === undefined ? undefined : last.includes('=') ? last.slice(key.length + 1) : null;
};

const noNumber = (text: string | null | undefined): boolean =>
  text !== undefined && (text === null || !/^\+?\d+$/.test(text));

/** A user and its group are one (docs/world.md): both are told, or neither, and of two users one. */
function ownerOf(
  uid: string | null | undefined,
  gid: string | null | undefined,
): MountOptions['owner'] | 'outside' {
  if (uid === undefined && gid === undefined) return 'root';
  const known = { 0: 'root', 65534: 'unprivileged' } as const;
  const [user, group] = [Number(uid), Number(gid)];
  if (user !== group) return 'outside';
  return user === 0 ? known[0] : user === 65534 ? known[65534] : 'outside';
}

export function readMountOptions(data: string, knows: Switches['mountOptions']): MountOptions {
  if (knows === 'none') return usual;
  const options = data.split(',');
  if (options.some((option) => option.startsWith('delegate_'))) {
    return { ...usual, verdict: 'outside' };
  }
  const text = valueOf(options, 'mode');
  const mode = text === undefined ? undefined : text === null ? null : modeOf(text);
  const [uid, gid] =
    knows === 'mode-and-owners' ? [valueOf(options, 'uid'), valueOf(options, 'gid')] : [];
  if (mode === null || noNumber(uid) || noNumber(gid)) return { ...usual, verdict: 'bad' };
  const owner = ownerOf(uid, gid);
  const isOutside = owner === 'outside' || ((mode ?? 0) & setId) !== 0;
  return isOutside ? { ...usual, verdict: 'outside' } : { verdict: 'fine', mode, owner };
}
