/** Calls as statements in C, on the functions of the program's parts. */
import { updateFlagBits } from '../../model/vocabulary/index.ts';
import { cAccess, cOctal, cStart, cString, cWord } from './c-arguments.ts';
import type { CallBy } from './ways-of-calls.ts';

/** The parts of the program, in the order in which they lean on each other. */
export const cParts = [
  ...(['answers', 'bpf', 'info', 'ids', 'objects', 'elements', 'programs'] as const),
  ...(['sockets', 'files', 'listing', 'processes', 'driver'] as const),
] as const;
export type CPart = (typeof cParts)[number];

export type Statement = readonly [statement: string, ...needs: CPart[]];

/** A statement and the parts that it needs. */
export function cFunctionCall(call: CallBy<'function'>): Statement {
  switch (call.call) {
    case 'BPF_MAP_CREATE': {
      const sizes = `${call.keySize}, ${call.valueSize}, ${call.maxEntries}`;
      const created = `map_create(${call.type}, ${sizes}, ${cAccess(call)}, ${call.innerFd ?? 0})`;
      return [`made(MAP, ${created})`, 'bpf', 'objects'];
    }
    case 'BPF_MAP_FREEZE':
      return [plain(`map_freeze(${call.fd})`), 'bpf', 'objects'];
    case 'BPF_OBJ_PIN': {
      const place = `${cStart(call.pathFd)}, ${cString(call.path)}`;
      return [plain(`at_path(BPF_OBJ_PIN, ${place}, ${call.fd}, 0)`), 'bpf', 'objects'];
    }
    case 'BPF_OBJ_GET': {
      const place = `${cStart(call.pathFd)}, ${cString(call.path)}`;
      return [plain(`at_path(BPF_OBJ_GET, ${place}, 0, ${cAccess(call)})`), 'bpf', 'objects'];
    }
    case 'BPF_MAP_UPDATE_ELEM': {
      const element = `${cWord(call.key)}, ${cWord(call.value)}, ${updateFlagBits[call.flag]}`;
      return [`map_update(${call.fd}, ${element})`, 'bpf', 'info', 'elements'];
    }
    case 'BPF_MAP_LOOKUP_ELEM':
      return [`map_lookup(${call.fd}, ${cWord(call.key)})`, 'bpf', 'info', 'elements'];
    case 'BPF_MAP_DELETE_ELEM':
      return [`map_delete(${call.fd}, ${cWord(call.key)})`, 'bpf', 'info', 'elements'];
    case 'BPF_MAP_GET_NEXT_KEY':
      return [`map_next_key(${call.fd}, ${cWord(call.key)})`, 'bpf', 'info', 'elements'];
    case 'BPF_PROG_LOAD': {
      const type = call.type ?? 'BPF_PROG_TYPE_SOCKET_FILTER';
      const loaded =
        call.mapFd === null ? `prog_load(${type})` : `prog_load_with_map(${type}, ${call.mapFd})`;
      return [`made(PROGRAM, ${loaded})`, 'bpf', 'info', 'programs'];
    }
    case 'BPF_PROG_TEST_RUN':
      return [`prog_run(${call.fd})`, 'bpf', 'info', 'programs'];
    case 'BPF_OBJ_GET_INFO_BY_FD':
      return [`show_info(${call.fd})`, 'bpf', 'info'];
    case 'BPF_MAP_GET_FD_BY_ID':
      return [`open_by_id(MAP, ${call.id}, ${cAccess(call)})`, 'bpf', 'ids'];
    case 'BPF_PROG_GET_FD_BY_ID':
      return [`open_by_id(PROGRAM, ${call.id}, ${cAccess(call)})`, 'bpf', 'ids'];
    case 'BPF_LINK_GET_FD_BY_ID':
      return [`open_by_id(LINK, ${call.id}, ${cAccess(call)})`, 'bpf', 'ids'];
    case 'BPF_MAP_GET_NEXT_ID':
      return [`next_by_id(MAP, ${call.id})`, 'bpf', 'ids'];
    case 'BPF_PROG_GET_NEXT_ID':
      return [`next_by_id(PROGRAM, ${call.id})`, 'bpf', 'ids'];
    case 'BPF_LINK_GET_NEXT_ID':
      return [`next_by_id(LINK, ${call.id})`, 'bpf', 'ids'];
    case 'pipe2':
      return [`make_pipe(${call.flag === 'none' ? 0 : call.flag})`, 'sockets'];
    case 'socketpair':
      return ['make_socketpair()', 'sockets'];
    case 'sendmsg': {
      const { length } = call.fds;
      const fds = length === 0 ? 'NULL' : `(const int[]){${call.fds.join(', ')}}`;
      return [`send_message(${call.fd}, ${fds}, ${length})`, 'sockets'];
    }
    case 'recvmsg': {
      const flag = call.flag === 'none' ? 0 : call.flag;
      return [`receive_message(${call.fd}, ${call.room}, ${flag})`, 'sockets'];
    }
    case 'SO_ATTACH_BPF':
      return [`attach_program(${call.fd}, ${call.progFd})`, 'sockets'];
    case 'SO_DETACH_FILTER':
      return [`detach_filter(${call.fd})`, 'sockets'];
    case 'stat':
      return [`show_stat(${cStart(call.dirFd)}, ${cString(call.path)})`, 'files'];
    case 'readdir':
      return [`list_names(${cString(call.path)})`, 'listing'];
    case 'statx':
      return [`show_mode(${cString(call.path)})`, 'files'];
    case 'umask':
      return [`change_umask(${cOctal(call.mask)})`, 'files'];
    case 'setresuid':
      return [`become(${call.uid})`, 'files'];
    case 'dup2':
      // By libc: not every machine has the raw call.
      return [plain(`dup2(${call.fd}, ${call.to})`)];
    case 'fcntl':
      if (call.command === 'F_GETFL') return [`file_access(${call.fd})`, 'files'];
      if (call.command === 'F_GETFD') return [`descriptor_flags(${call.fd})`, 'files'];
      return [plain(`syscall(SYS_fcntl, ${call.fd}, ${call.command}, ${call.argument})`)];
  }
}

/** A value, or an error. */
export const plain = (made: string): string => `plain(${made})`;
