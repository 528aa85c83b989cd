import { describe, expect, it } from 'vitest';
import type { LogCall, LogEvent } from './log.types.ts';
import { createLogReader } from './read-log.ts';

const eventsOf = (line: string): readonly LogEvent[] => createLogReader(1).read(line, 1);

/** The only call of a line. */
function callOf(line: string): LogCall {
  const [event, ...more] = eventsOf(line);
  if (event?.kind !== 'call' || more.length > 0) throw new Error(JSON.stringify([event, ...more]));
  return event.call;
}

const fd = (number: number, shown: string | null = null): object => ({ fd: number, shown });

/** A message with one control message, as strace prints it. */
const message = (control: string, flags = '0'): string =>
  `{msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="x", iov_len=1}], msg_iovlen=1, msg_control=[${control}], msg_controllen=24, msg_flags=${flags}}`;

const rights = (list: string): string =>
  `{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[${list}]}`;

const credentials =
  '{cmsg_len=28, cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=9, uid=0, gid=0}}';

describe('a message that is sent', () => {
  it('carries one descriptor', () => {
    expect(callOf(`sendmsg(4, ${message(rights('3'))}, 0) = 1`)).toEqual({
      call: 'send',
      socket: fd(4),
      fds: [fd(3)],
    });
  });

  it('carries several beside the ends of a connection, which -yy shows', () => {
    const call = callOf(`sendmsg(4, ${message(rights('3<UNIX-STREAM:[123->124]>, 6'))}, 0) = 1`);
    expect(call).toMatchObject({ fds: [{ fd: 3 }, { fd: 6 }] });
  });

  it('carries several, in their order, with what -y shows of them', () => {
    const list = rights('7<anon_inode:bpf-map>, 3<socket:[5]>, 6');
    expect(callOf(`sendmsg(4<socket:[8]>, ${message(list)}, MSG_NOSIGNAL) = 1`)).toEqual({
      call: 'send',
      socket: fd(4, 'socket:[8]'),
      fds: [fd(7, 'anon_inode:bpf-map'), fd(3, 'socket:[5]'), fd(6)],
    });
  });

  it('carries them beside the credentials of its sender', () => {
    const line = `sendmsg(4, ${message(`${credentials}, ${rights('3')}`)}, 0) = 1`;
    expect(callOf(line)).toMatchObject({ fds: [fd(3)] });
  });

  it('carries those that strace prints where it cuts the list', () => {
    expect(callOf(`sendmsg(4, ${message(rights('3, 5, ...'))}, 0) = 1`)).toMatchObject({
      fds: [fd(3), fd(5)],
    });
  });

  it.each([
    ['the list is empty', `sendmsg(4, ${message(rights(''))}, 0) = 1`],
    ['the list is a pointer', 'sendmsg(4, {cmsg_type=SCM_RIGHTS, cmsg_data=0x7ffc1}, 0) = 1'],
    ['the words are only talked of', 'sendto(4, "SCM_RIGHTS", 10, 0, NULL, 0) = 10'],
    ['there is no socket', `sendmsg(-1, ${message(rights('3'))}, 0) = 1`],
    ['it was refused', `sendmsg(4, ${message(rights('99'))}, 0) = -1 EBADF (Bad file descriptor)`],
  ])('moves nothing where %s', (_, line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});

describe('a message that is received', () => {
  it('makes descriptors that stay over exec', () => {
    expect(callOf(`recvmsg(5, ${message(rights('8, 9'))}, 0) = 1`)).toEqual({
      call: 'receive',
      socket: fd(5),
      fds: [fd(8), fd(9)],
      cloexec: 0,
    });
  });

  it('makes descriptors closed on exec where the flags ask for it', () => {
    const received = message(rights('8<anon_inode:bpf-prog>'), 'MSG_CMSG_CLOEXEC');
    expect(callOf(`recvmsg(5, ${received}, MSG_CMSG_CLOEXEC) = 1`)).toMatchObject({
      fds: [fd(8, 'anon_inode:bpf-prog')],
      cloexec: 1,
    });
  });

  it('makes those that had room where the control message was truncated', () => {
    const line = `recvmsg(5, ${message(rights('8'), 'MSG_CTRUNC')}, 0) = 1`;
    expect(callOf(line)).toMatchObject({ call: 'receive', fds: [fd(8)] });
  });

  it.each([
    ['it is only peeked at', `recvmsg(5, ${message(rights('8'))}, MSG_PEEK) = 1`],
    ['no descriptor came', `recvmsg(5, ${message(rights(''))}, 0) = 1`],
    ['there is no socket', `recvmsg(-1, ${message(rights('8'))}, 0) = 1`],
    ['it carries text alone', 'recvfrom(5, "SCM_RIGHTS", 64, 0, NULL, NULL) = 10'],
    ['nothing came', 'recvmsg(5, {/* SCM_RIGHTS */}, 0) = -1 EAGAIN (Try again)'],
  ])('makes nothing where %s', (_, line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});

describe('an option of a socket', () => {
  it.each(['SO_ATTACH_BPF', 'SO_ATTACH_REUSEPORT_EBPF'])('attaches a program: %s', (option) => {
    const line = `setsockopt(5<socket:[7]>, SOL_SOCKET, ${option}, [4<anon_inode:bpf-prog>], 4) = 0`;
    expect(callOf(line)).toEqual({
      call: 'attach',
      program: fd(4, 'anon_inode:bpf-prog'),
      to: 'the filter of a socket',
      holder: fd(5, 'socket:[7]'),
    });
  });

  // Both names have one value, 27; which one is printed is up to strace.
  it.each(['SO_DETACH_FILTER', 'SO_DETACH_BPF'])('takes the program away: %s', (option) => {
    const line = `setsockopt(5, SOL_SOCKET, ${option}, [0], 4) = 0`;
    expect(callOf(line)).toEqual({ call: 'detach', from: fd(5) });
  });

  it.each([
    ['the filter is classic code', 'setsockopt(5, SOL_SOCKET, SO_ATTACH_FILTER, [4], 4) = 0'],
    ['the value is a pointer', 'setsockopt(5, SOL_SOCKET, SO_ATTACH_BPF, 0x7ffc1, 4) = 0'],
    ['there is no value', 'setsockopt(5, SOL_SOCKET, SO_ATTACH_BPF) = 0'],
    ['there is no socket', 'setsockopt(-1, SOL_SOCKET, SO_DETACH_BPF, [0], 4) = 0'],
    ['it was refused', 'setsockopt(5, SOL_SOCKET, SO_ATTACH_BPF, [4], 4) = -1 EINVAL (Invalid)'],
  ])('changes nothing where %s', (_, line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});

/** A request to the kernel's traffic control, as strace prints it. */
const request = (type: string, fields: string, attributes = ''): string =>
  `sendto(3, [{nlmsg_len=80, nlmsg_type=${type}, nlmsg_flags=NLM_F_REQUEST|NLM_F_ACK, nlmsg_seq=1, nlmsg_pid=0}, {tcm_family=AF_UNSPEC${fields}}${attributes}], 80, 0, NULL, 0) = 80`;

const veth = ', tcm_ifindex=if_nametoindex("veth0")';
const ingress = (handle: number, info: number): string =>
  `${veth}, tcm_handle=${String(handle)}, tcm_parent=4294967282, tcm_info=${String(info)}`;

/** The attributes of a filter of kind bpf; `bytes` of its options, in hexadecimal. */
const options = (bytes: string): string =>
  `, [[{nla_len=8, nla_type=TCA_KIND}, "bpf"], [{nla_len=12, nla_type=TCA_OPTIONS}, "${bytes.replace(/../g, '\\x$&')}"]]`;

describe('a netlink request on traffic filters', () => {
  it.each([
    ['a small number', '0800060009000000', 9],
    ['a number of more than a byte', '0800060004030201', 0x0102_0304],
    ['other options in front', '080001000100000008000600ff000000', 255],
  ])('adds a program whose descriptor is %s', (_, bytes, program) => {
    expect(callOf(request('RTM_NEWTFILTER', ingress(0, 768), options(bytes)))).toEqual({
      call: 'netlink',
      request: { kind: 'new', where: 'veth0 4294967282', scope: 'one', program },
    });
  });

  it.each([
    ['names none', options('08000800')],
    ['is cut inside of the number', options('080006000900')],
    ['is not printed', ''],
  ])('adds an unknown program where the attribute %s', (_, attributes) => {
    expect(callOf(request('RTM_NEWTFILTER', ingress(0, 768), attributes))).toMatchObject({
      request: { kind: 'new', program: null },
    });
  });

  it('takes every filter of a place where it gives neither handle nor priority', () => {
    expect(callOf(request('RTM_DELTFILTER', ingress(0, 0)))).toEqual({
      call: 'netlink',
      request: { kind: 'delete', where: 'veth0 4294967282', scope: 'all', program: null },
    });
  });

  it.each([
    ['a handle', 1, 0],
    ['a priority', 0, 768],
    ['both', 1, 768],
  ])('takes one filter where it gives %s', (_, handle, info) => {
    expect(callOf(request('RTM_DELTFILTER', ingress(handle, info)))).toMatchObject({
      request: { kind: 'delete', scope: 'one' },
    });
  });

  it('takes all the filters of a device with its qdisc', () => {
    expect(callOf(request('RTM_DELQDISC', ingress(4294901760, 0)))).toEqual({
      call: 'netlink',
      request: { kind: 'delete', where: 'veth0', scope: 'all', program: null },
    });
  });

  it('keeps a device by its number where it has no name', () => {
    const fields = ', tcm_ifindex=7, tcm_handle=0, tcm_parent=1, tcm_info=0';
    expect(callOf(request('RTM_DELTFILTER', fields))).toMatchObject({
      request: { where: '7 1' },
    });
  });

  it('takes no more than one filter of a place unknown where its fields are abbreviated', () => {
    expect(callOf(request('RTM_DELTFILTER', ', ...'))).toMatchObject({
      request: { where: '? ?', scope: 'one' },
    });
  });

  it('says nothing of a qdisc that is made, for it holds no program', () => {
    expect(eventsOf(request('RTM_NEWQDISC', ingress(4294901760, 0)))).toEqual([]);
  });

  it.each([
    ['0', 0],
    ['-EEXIST', -1],
    ['-17', -1],
  ])('is done when the kernel answers error=%s', (error, told) => {
    const line = `recvmsg(3, {msg_iov=[{iov_base=[{nlmsg_len=36, nlmsg_type=NLMSG_ERROR, nlmsg_flags=NLM_F_CAPPED, nlmsg_seq=1, nlmsg_pid=9}, {error=${error}, msg={nlmsg_len=80, nlmsg_type=RTM_NEWTFILTER, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=1, nlmsg_pid=0}}], iov_len=32768}], msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0) = 36`;
    expect(callOf(line)).toEqual({ call: 'netlink-done', error: told });
  });
});
