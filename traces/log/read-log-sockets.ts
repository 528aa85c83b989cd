/** Calls on sockets in a log: descriptors on their way, programs attached, traffic filters. */
import type { LogCall, LogFd, NetlinkRequest } from './log.types.ts';
import { fieldOf, fieldsBehind, fieldsOf } from './fields.ts';
import type { Field } from './fields.ts';
import { fdOf, fdsOf, has } from './read-arguments.ts';
import { rawFilterRequest } from './read-raw-filter.ts';

/** Descriptors in control messages, `cmsg_type=SCM_RIGHTS, cmsg_data=[4, 5]`. */
function rightsIn(fields: readonly Field[]): readonly LogFd[] {
  const rights = { name: 'cmsg_type', value: 'SCM_RIGHTS' };
  return fieldsBehind(fields, rights, 'cmsg_data').flatMap(fdsOf);
}

export function readSent(args: readonly string[], text: string): LogCall | null {
  const socket = fdOf(args[0]);
  if (socket === null) return null;
  const fields = fieldsOf(text);
  const request = filterRequest(fields, text);
  if (request !== null) return { call: 'netlink', request };
  const fds = rightsIn(fields);
  return fds.length === 0 ? null : { call: 'send', socket, fds };
}

export function readReceived(args: readonly string[], text: string): LogCall | null {
  const socket = fdOf(args[0]);
  if (socket === null) return null;
  const fields = fieldsOf(text);
  const failure = { name: 'nlmsg_type', value: 'NLMSG_ERROR' };
  const [error] = fieldsBehind(fields, failure, 'error');
  if (error !== undefined) return { call: 'netlink-done', error: error === '0' ? 0 : -1 };
  const fds = rightsIn(fields);
  const asks = (flag: string): boolean => args.slice(2).some((flags) => has(flags, flag) === 1);
  if (fds.length === 0 || asks('MSG_PEEK')) return null;
  return { call: 'receive', socket, fds, cloexec: asks('MSG_CMSG_CLOEXEC') ? 1 : 0 };
}

export function readSockopt(args: readonly string[]): LogCall | null {
  const socket = fdOf(args[0]);
  const [, , option, value] = args;
  if (socket === null) return null;
  if (option === 'SO_DETACH_FILTER' || option === 'SO_DETACH_BPF') {
    return { call: 'detach', from: socket };
  }
  const [program] = fdsOf(value);
  if (
    program === undefined ||
    (option !== 'SO_ATTACH_BPF' && option !== 'SO_ATTACH_REUSEPORT_EBPF')
  ) {
    return null;
  }
  return { call: 'attach', program, to: 'the filter of a socket', holder: socket };
}

const requests: readonly string[] = ['RTM_NEWTFILTER', 'RTM_DELTFILTER', 'RTM_DELQDISC'];

/** A request on traffic filters or qdiscs; which program a filter gets stands in raw bytes, if at all. */
function filterRequest(fields: readonly Field[], text: string): NetlinkRequest | null {
  const type = fields.find(
    ({ name, value }) => name === 'nlmsg_type' && requests.includes(value),
  )?.value;
  if (type === undefined) return rawFilterRequest(text);
  const device = fieldOf(fields, 'tcm_ifindex') ?? '?';
  const parent = fieldOf(fields, 'tcm_parent') ?? '?';
  const name = /"([^"]*)"/.exec(device)?.[1] ?? device;
  if (type === 'RTM_NEWTFILTER') {
    return { kind: 'new', where: `${name} ${parent}`, scope: 'one', program: programIn(text) };
  }
  if (type === 'RTM_DELQDISC') {
    return { kind: 'delete', where: name, scope: 'all', program: null };
  }
  // Without a handle and a priority, every filter there is meant.
  const isAll = ['tcm_handle', 'tcm_info'].every((field) => fieldOf(fields, field) === '0');
  const scope = isAll ? 'all' : 'one';
  return { kind: 'delete', where: `${name} ${parent}`, scope, program: null };
}

/** TCA_BPF_FD (6) of four bytes, where strace prints the attribute's bytes. */
function programIn(text: string): number | null {
  const [, bytes] = /\\x08\\x00\\x06\\x00((?:\\x[0-9a-f]{2}){4})/.exec(text) ?? [];
  if (bytes === undefined) return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes
    .split('\\x')
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16));
  return a + b * 0x100 + c * 0x1_0000 + d * 0x100_0000;
}
