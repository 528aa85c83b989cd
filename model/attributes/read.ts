/** Reads raw attributes as a kernel does, as far as that depends on nothing else. */
import { layoutOf, type AttributesOf, type Layout } from '../profiles/index.ts';
import {
  accessFlagBits,
  accessFlagsOf,
  bpfCommandNumbers as named,
  type Bpf,
  type ObjGet,
  type ObjPin,
} from '../vocabulary/index.ts';
import { bytesOf, type Bytes } from './bytes.ts';
import { createOf, elementOf } from './map-commands.ts';
import type { Fault, Meaning } from './meaning.types.ts';
import { fault, outside, plain } from './meanings.ts';
import { pathOf, toInt } from './operands.ts';

/** PAGE_SIZE. */
const longest = 4096;

const allAccess = accessFlagBits['BPF_F_RDONLY|BPF_F_WRONLY'];
type At = Pick<ObjPin, 'path' | 'pathFd'>;

/** AT_FDCWD. */
const workingDirectory = -100;
/** BPF_F_PATH_FD. */
const pathFdFlag = 2 ** 14;
const pathFdAt = 16;

export function readAttributes({ command, attr, size }: Bpf, of: AttributesOf): Meaning {
  const layout = layoutOf(of);
  if (size > longest) return fault('too-long');
  const fields = typeof attr === 'number' ? [] : attr;
  if (typeof attr === 'number' && size > 0) return fault('unreadable');
  const bytes = bytesOf(fields, size);
  return (
    faultIf('tail', bytes.anyBetween(layout.size, size)) ??
    (command > layout.lastCommand ? fault('unknown-command') : null) ??
    readFields(command, bytesOf(fields, Math.min(size, layout.size)), layout)
  );
}

/** Null as an answer means that nobody can tell. */
function faultIf(what: Fault, found: boolean | null): Meaning | null {
  if (found === null) return outside;
  return found ? fault(what) : null;
}

function readFields(command: number, bytes: Bytes, layout: Layout): Meaning {
  const end = layout.ends.get(command);
  if (end === undefined) return outside;
  const wrong = faultIf('unused', bytes.anyBetween(end, layout.size));
  return wrong ?? meaningOf(command, bytes, layout);
}

function meaningOf(command: number, bytes: Bytes, layout: Layout): Meaning {
  const pathFd = layout.pathFd === 'known' ? pathFdFlag : 0;
  switch (command) {
    case named.BPF_MAP_CREATE:
      return createOf(bytes, layout);
    case named.BPF_MAP_LOOKUP_ELEM:
    case named.BPF_MAP_UPDATE_ELEM:
    case named.BPF_MAP_DELETE_ELEM:
    case named.BPF_MAP_GET_NEXT_KEY:
      return elementOf(command, bytes, layout);
    case named.BPF_OBJ_PIN:
      return nameOf(bytes, pathFd, (at, fd) => ({ call: 'BPF_OBJ_PIN', ...at, fd }));
    case named.BPF_OBJ_GET:
      return (
        faultIf('flags', bytes.anyBetween(8, 12)) ??
        nameOf(bytes, allAccess | pathFd, (at, _fd, flags) => {
          const access = accessFlagsOf(flags & allAccess);
          return access && { call: 'BPF_OBJ_GET', ...at, ...access };
        })
      );
    case named.BPF_MAP_FREEZE: {
      const fd = bytes.number(0, 4);
      return fd === null ? outside : plain({ call: 'BPF_MAP_FREEZE', fd: toInt(fd) });
    }
    default:
      return outside;
  }
}

/** {u64 pathname, u32 bpf_fd, u32 file_flags, s32 path_fd}. */
function nameOf(
  bytes: Bytes,
  known: number,
  callOf: (at: At, fd: number, flags: number) => ObjPin | ObjGet | undefined,
): Meaning {
  const [fd, flags, pathFd] = [bytes.number(8, 4), bytes.number(12, 4), bytes.number(pathFdAt, 4)];
  const path = pathOf(bytes.pointer(0));
  if (fd === null || flags === null || pathFd === null) return outside;
  if ((flags & ~known) !== 0) return fault('flags');
  if (pathFd !== 0 && (flags & pathFdFlag) === 0) return fault('flags');
  if (path === undefined) return outside;
  const start = toInt(pathFd);
  const isGiven = (flags & pathFdFlag) !== 0 && start !== workingDirectory;
  const call = callOf(isGiven ? { path, pathFd: start } : { path }, toInt(fd), flags);
  return call === undefined ? outside : plain(call);
}
