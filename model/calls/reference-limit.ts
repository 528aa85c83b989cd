/** The most references that an object can have: kernel/bpf/syscall.c, bpf_map_inc, bpf_prog_inc. */
import type { Switches } from '../profiles/index.ts';
import { kinds } from '../state/codes.ts';
import { isMap } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { clause, type Clause, type Condition } from './row.ts';

const limits: Readonly<Record<Switches['refLimit'], number>> = {
  none: Infinity,
  32768: 32768,
  3: 3,
};

/** True for a map or program that one more reference would take beyond the limit; links have none. */
export function isAtLimit({ w, is }: Parts, o: number): boolean {
  return o !== 0 && w.object.kind(o) !== kinds.link && w.object.refcnt(o) >= limits[is.refLimit];
}

const source = 'kernel/bpf/syscall.c, BPF_MAX_REFCNT; 92117d8443bc of 4.6, gone in 5.5';

/** The error of a call that takes one more reference: nothing, where there is no limit. */
export function limitRow({ is }: Parts, call: string, isReached: Condition): readonly Clause[] {
  return is.refLimit === 'none' ? [] : [clause(`${call}.references`, 'EBUSY', isReached, source)];
}

/** The same where the type of a program is asked later, and what is no program is refused by that. */
export function programLimitRow(
  parts: Parts,
  call: string,
  fdOperand: (a: number, b: number) => number,
): readonly Clause[] {
  const { w, descriptors } = parts;
  return limitRow(parts, call, (p, a, b) => {
    const o = descriptors.objectAt(p, fdOperand(a, b));
    return w.object.kind(o) === kinds.program && isAtLimit(parts, o);
  });
}

/**
 * The same of BPF_OBJ_PIN, which tries one kind after the other: that a map is no program is told
 * instead of what was wrong with the map (bpf_fd_probe_obj).
 */
export function pinLimitRows(
  parts: Parts,
  fdOperand: (path: number, fd: number) => number,
): readonly Clause[] {
  if (parts.is.refLimit === 'none') return [];
  const { w, descriptors } = parts;
  const taken = (p: number, a: number, b: number): number =>
    descriptors.objectAt(p, fdOperand(a, b));
  return [
    clause(
      'pin.map-references',
      'EINVAL',
      (p, a, b) => isMap(w, taken(p, a, b)) && isAtLimit(parts, taken(p, a, b)),
      source,
    ),
    clause(
      'pin.program-references',
      parts.is.pinBadFd === 'EINVAL' ? 'EINVAL' : 'EBUSY',
      (p, a, b) => !isMap(w, taken(p, a, b)) && isAtLimit(parts, taken(p, a, b)),
      source,
    ),
  ];
}
