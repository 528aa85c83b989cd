/**
 * BPF_F_RDONLY and BPF_F_WRONLY: what a new descriptor of a map is restricted to, and what it says
 * to calls that want the other (kernel/bpf/syscall.c, bpf_get_file_flag, map_get_sys_perms).
 */
import { layoutOf } from '../profiles/index.ts';
import { accessModes } from '../state/codes.ts';
import { accessNames, type AccessFlags } from '../vocabulary/index.ts';
import type { Parts } from './parts.types.ts';
import { bound, clause, ofArguments, type Condition, type Row } from './row.ts';

/** The argument codes of the flags: 0 for none, as for what is restricted to nothing. */
export const accessCodes = {
  BPF_F_RDONLY: accessModes.readOnly,
  BPF_F_WRONLY: accessModes.writeOnly,
  'BPF_F_RDONLY|BPF_F_WRONLY': 3,
} as const satisfies Record<AccessFlags, number>;

type Restricted = { readonly access?: AccessFlags };

export const accessCodeOf = ({ access }: Restricted): number =>
  access === undefined ? 0 : accessCodes[access];

/** The flags of an argument code. */
export function accessFlagsFor(code: number): Restricted {
  const access = accessNames.find((name) => accessCodes[name] === code);
  return access === undefined ? {} : { access };
}

const source = 'kernel/bpf/syscall.c, bpf_get_file_flag; since 4.15, measured on 6.18.44';

/** The largest code of flags that a kernel takes. */
export function lastAccess({ is }: Pick<Parts, 'is'>): number {
  return layoutOf(is.attributes).access === 'known' ? accessModes.writeOnly : accessModes.any;
}

/** Flags that the kernel does not take, or not together. */
export const accessRow = (call: string, when: Condition): Row =>
  ofArguments(clause(`${call}.access`, 'EINVAL', when, source));

/** A world in which no descriptor is restricted. */
export const accessBounds = ({ w }: Parts, when: Condition): readonly Row[] =>
  w.bounds.restricting === 1 ? [] : [ofArguments(bound('bound.restricting', when))];

/** What a call wants of the map behind its descriptor. */
export function permissionRows(
  { is, descriptors }: Parts,
  call: string,
  wants: 'to look up' | 'to change',
): readonly Row[] {
  if (layoutOf(is.attributes).access === 'unknown') return [];
  const [refusing, mode] =
    wants === 'to look up'
      ? (['write-only', accessModes.writeOnly] as const)
      : (['read-only', accessModes.readOnly] as const);
  const where = 'kernel/bpf/syscall.c, map_get_sys_perms; measured on 6.18.44';
  return [
    clause(`${call}.${refusing}`, 'EPERM', (p, fd) => descriptors.modeAt(p, fd) === mode, where),
  ];
}
