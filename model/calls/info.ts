/** BPF_OBJ_GET_INFO_BY_FD: bpf(2); kernel/bpf/syscall.c, bpf_obj_get_info_by_fd. */
import { kinds } from '../state/codes.ts';
import { infoValue, mapTypeNames, progTypeNames, type ProgType } from '../vocabulary/index.ts';
import { isUnusable } from './new-descriptor.ts';
import { mapTypes } from './objects.ts';
import type { Parts } from './parts.types.ts';
import { clause, unknownCommand, type CallTable } from './row.ts';

export function objInfo(parts: Parts): CallTable {
  const { w, is, names, descriptors } = parts;
  const { object } = w;
  const source = 'kernel/bpf/syscall.c, bpf_obj_get_info_by_fd; since 4.13, measured on 6.18.44';
  const [usual] = progTypeNames;
  const typeOf = (o: number): ProgType => progTypeNames[object.type(o)] ?? usual;
  const told = (o: number): number => {
    if (object.kind(o) === kinds.link) {
      return infoValue({ kind: 'link', state: object.cgroup(o) === 0 ? 'defunct' : 'attached' });
    }
    const type = mapTypeNames.find((name) => mapTypes[name] === object.kind(o));
    return type === undefined
      ? infoValue({ kind: 'program', type: typeOf(o), maps: object.uses(o) === 0 ? 0 : 1 })
      : infoValue({ kind: 'map', type, maxEntries: names.word(object.maxEntries(o)) });
  };
  return {
    call: 'BPF_OBJ_GET_INFO_BY_FD',
    short: 'info',
    sorts: ['fd'],
    rows: [
      ...unknownCommand(is.info, 'info', source),
      clause('info.fd-closed', 'EBADFD', (p, fd) => isUnusable(parts, p, fd), source),
      clause(
        'info.not-an-object',
        'EINVAL',
        (p, fd) => object.kind(descriptors.objectAt(p, fd)) === 0,
        source,
      ),
    ],
    effect: (p, fd) => told(descriptors.objectAt(p, fd)),
  };
}
