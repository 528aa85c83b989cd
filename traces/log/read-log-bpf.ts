/** bpf(2) in a log: the commands that make, name, find or attach an object. */
import type { LogCall, LogFd, LogPath, ObjectSort } from './log.types.ts';
import { fieldOf, fieldsOf } from './fields.ts';
import type { Field } from './fields.ts';
import { fdOf, pathAt, pathFromHidden, pathOf, stringOf } from './read-arguments.ts';

/** Reads the arguments of bpf(2); null for a command that moves no object, or one left unread. */
export function readLogBpf(args: readonly string[]): LogCall | null {
  const [command = '', text = ''] = args;
  const attr = fieldsOf(text);
  switch (command) {
    case 'BPF_MAP_CREATE':
      return created(
        'map',
        typeOf(attr, 'map_type', 'BPF_MAP_TYPE_'),
        nameOf(attr, 'map_name'),
        [],
      );
    case 'BPF_PROG_LOAD':
      return created(
        'program',
        typeOf(attr, 'prog_type', 'BPF_PROG_TYPE_'),
        nameOf(attr, 'prog_name'),
        [],
      );
    case 'BPF_LINK_CREATE':
      return created('link', 'link', '', fdsIn(attr, 'prog_fd'));
    case 'BPF_RAW_TRACEPOINT_OPEN':
      return created('link', 'raw tracepoint', '', fdsIn(attr, 'prog_fd'));
    case 'BPF_ITER_CREATE':
    case 'BPF_BTF_LOAD':
    case 'BPF_BTF_GET_FD_BY_ID':
    case 'BPF_ENABLE_STATS':
    case 'BPF_TOKEN_CREATE':
      return { call: 'descriptor', pid: null, cloexec: 1 };
    case 'BPF_MAP_GET_FD_BY_ID':
      return byId('map', fieldOf(attr, 'map_id'));
    case 'BPF_PROG_GET_FD_BY_ID':
      return byId('program', fieldOf(attr, 'prog_id'));
    case 'BPF_LINK_GET_FD_BY_ID':
      return byId('link', fieldOf(attr, 'link_id'));
    case 'BPF_OBJ_PIN': {
      const [fd] = fdsIn(attr, 'bpf_fd');
      const at = objectPath(attr, text);
      return fd === undefined || at === null ? null : { call: 'pin', fd, at };
    }
    case 'BPF_OBJ_GET': {
      const at = objectPath(attr, text);
      return at === null ? null : { call: 'get', at };
    }
    case 'BPF_MAP_UPDATE_ELEM': {
      const [map] = fdsIn(attr, 'map_fd');
      return map === undefined ? null : { call: 'fill', map };
    }
    case 'BPF_PROG_ATTACH': {
      const [program] = fdsIn(attr, 'attach_bpf_fd');
      const [holder = null] = fdsIn(attr, 'target_fd');
      const to = `an attachment (${fieldOf(attr, 'attach_type') ?? 'of an unknown type'})`;
      return program === undefined ? null : { call: 'attach', program, to, holder };
    }
    default:
      return null;
  }
}

const created = (
  sort: ObjectSort,
  type: string,
  name: string,
  holds: readonly LogFd[],
): LogCall => ({ call: 'create', sort, type, name, holds });

const byId = (sort: ObjectSort, id: string | undefined): LogCall => ({
  call: 'by-id',
  sort,
  id: Number(id ?? 0) || 0,
});

function typeOf(attr: readonly Field[], field: string, prefix: string): string {
  const word = fieldOf(attr, field) ?? '';
  return word.startsWith(prefix) ? word.slice(prefix.length).toLowerCase() : 'unknown';
}

const nameOf = (attr: readonly Field[], field: string): string =>
  stringOf(fieldOf(attr, field)) ?? '';

function fdsIn(attr: readonly Field[], field: string): readonly LogFd[] {
  const fd = fdOf(fieldOf(attr, field));
  return fd === null ? [] : [fd];
}

/** The path of a pin; with BPF_F_PATH_FD it starts in a directory that is open. */
function objectPath(attr: readonly Field[], text: string): LogPath | null {
  const path = fieldOf(attr, 'pathname');
  const isFrom = /\b(?:BPF_F_PATH_FD|0x4000)\b/.test(fieldOf(attr, 'file_flags') ?? '');
  const whole = pathOf(path);
  if (!isFrom || whole === null) return whole;
  return pathAt(directoryOf(attr, text), path) ?? pathFromHidden(whole.path);
}

/** AT_FDCWD as four bytes. */
const workingDirectory = -100;

/** path_fd as it is printed; for strace 6.1 it is the first of the bytes behind the fields it knows. */
function directoryOf(attr: readonly Field[], text: string): string {
  const bytes = fieldOf(attr, 'extra_data');
  const named = fieldOf(attr, 'path_fd');
  if (named !== undefined) return named;
  if (bytes === undefined) return text.endsWith('...}') ? 'hidden' : 'AT_FDCWD';
  const [, first = ''] = /^"((?:\\x[0-9a-f]{2}){4})/.exec(bytes) ?? [];
  const number = first
    .split('\\x')
    .slice(1)
    .reduceRight((high, byte) => (high << 8) | Number.parseInt(byte, 16), 0);
  if (first === '') return bytes;
  return number === workingDirectory ? 'AT_FDCWD' : String(number);
}
