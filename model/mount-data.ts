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

/** The values of an option, as often as it is told; one without a value has null. */
const valuesOf = (options: readonly string[], key: string): readonly (string | null)[] =>
  options.flatMap((option) => {
    if (option === key) return [null];
    return option.startsWith(`${key}=`) ? [option.slice(key.length + 1)] : [];
  });

const isNumber = (text: string | null): boolean => text !== null && /^\+?\d+$/.test(text);

/** A user and its group are one (docs/world.md): both are told, or neither, and of two users one. */
function ownerOf(uids: readonly unknown[], gids: readonly unknown[]): MountOptions['owner'] | null {
  if (uids.length === 0 && gids.length === 0) return 'root';
  const [user, group] = [Number(uids.at(-1)), Number(gids.at(-1))];
  if (user !== group) return null;
  return user === 0 ? 'root' : user === 65534 ? 'unprivileged' : null;
}

/** Options are read one by one: the last of a kind counts, and each has to make sense. */
export function readMountOptions(data: string, knows: Switches['mountOptions']): MountOptions {
  // Most mounts have none, and a search makes millions.
  if (knows === 'none' || data === '') return usual;
  const options = data.split(',');
  if (options.some((option) => option.startsWith('delegate_'))) {
    return { ...usual, verdict: 'outside' };
  }
  const modes = valuesOf(options, 'mode').map((text) => (text === null ? null : modeOf(text)));
  const hasOwners = knows === 'mode-and-owners';
  const [uids, gids] = hasOwners ? [valuesOf(options, 'uid'), valuesOf(options, 'gid')] : [[], []];
  if (modes.includes(null) || ![...uids, ...gids].every(isNumber)) {
    return { ...usual, verdict: 'bad' };
  }
  const mode = modes.at(-1) ?? undefined;
  const owner = ownerOf(uids, gids);
  const isOutside = owner === null || ((mode ?? 0) & setId) !== 0;
  return isOutside ? { ...usual, verdict: 'outside' } : { verdict: 'fine', mode, owner };
}
