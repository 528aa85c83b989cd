/** Calls on sockets in a log: descriptors on their way, programs attached, traffic filters. */
import type { LogCall, LogFd, NetlinkRequest } from './log.types.ts';
import { fdOf } from './read-arguments.ts';
import { rawFilterRequest } from './read-raw-filter.ts';

/** Descriptors in a control message, `cmsg_type=SCM_RIGHTS, cmsg_data=[4, 5]`. */
function rightsIn(text: string): readonly LogFd[] {
  // With -yy the two ends of a connection are shown, as <UNIX-STREAM:[1->2]>.
  const [, list] =
    /cmsg_type=SCM_RIGHTS, cmsg_data=\[((?:[^\]<]|<(?:[^>-]|->|-(?!>))*>)*)\]/.exec(text) ?? [];
  return (list ?? '').split(', ').flatMap((item) => {
    const fd = fdOf(item);
    return fd === null ? [] : [fd];
  });
}

export function readSent(args: readonly string[], text: string): LogCall | null {
  const socket = fdOf(args[0]);
  if (socket === null) return null;
  const request = filterRequest(text);
  if (request !== null) return { call: 'netlink', request };
  const fds = rightsIn(text);
  return fds.length === 0 ? null : { call: 'send', socket, fds };
}

export function readReceived(args: readonly string[], text: string): LogCall | null {
  const socket = fdOf(args[0]);
  if (socket === null) return null;
  const [, error] = /nlmsg_type=NLMSG_ERROR,.{0,200}?\{error=(-?\w+)/s.exec(text) ?? [];
  if (error !== undefined) return { call: 'netlink-done', error: error === '0' ? 0 : -1 };
  const fds = rightsIn(text);
  const cloexec = text.includes('MSG_CMSG_CLOEXEC') ? 1 : 0;
  return fds.length === 0 || text.includes('MSG_PEEK')
    ? null
    : { call: 'receive', socket, fds, cloexec };
}

export function readSockopt(args: readonly string[]): LogCall | null {
  const socket = fdOf(args[0]);
  const [, , option, value] = args;
  if (socket === null) return null;
  if (option === 'SO_DETACH_FILTER' || option === 'SO_DETACH_BPF') {
    return { call: 'detach', from: socket };
  }
  const program = fdOf(/^\[(.*)\]$/.exec(value ?? '')?.[1]);
  if (program === null || (option !== 'SO_ATTACH_BPF' && option !== 'SO_ATTACH_REUSEPORT_EBPF')) {
    return null;
  }
  return { call: 'attach', program, to: 'the filter of a socket', holder: socket };
}

/** A request on traffic filters or qdiscs; which program a filter gets stands in raw bytes, if at all. */
function filterRequest(text: string): NetlinkRequest | null {
  const [, type] = /nlmsg_type=(RTM_NEWTFILTER|RTM_DELTFILTER|RTM_DELQDISC)/.exec(text) ?? [];
  if (type === undefined) return rawFilterRequest(text);
  const [, device = '?'] = /tcm_ifindex=([^,}]*)/.exec(text) ?? [];
  const [, parent = '?'] = /tcm_parent=([^,}]*)/.exec(text) ?? [];
  const [, handle = '?'] = /tcm_handle=([^,}]*)/.exec(text) ?? [];
  const [, info = '?'] = /tcm_info=([^,}]*)/.exec(text) ?? [];
  const name = /"([^"]*)"/.exec(device)?.[1] ?? device;
  if (type === 'RTM_NEWTFILTER') {
    return { kind: 'new', where: `${name} ${parent}`, scope: 'one', program: programIn(text) };
  }
  if (type === 'RTM_DELQDISC') {
    return { kind: 'delete', where: name, scope: 'all', program: null };
  }
  // Without a handle and a priority, every filter there is meant.
  const scope = handle === '0' && info === '0' ? 'all' : 'one';
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
