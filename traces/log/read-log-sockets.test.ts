import { describe, expect, it } from 'vitest';
import { callOf, eventsOf, fd } from './read-lines.test-data.ts';

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

  it('carries those of every control message', () => {
    const line = `sendmsg(4, ${message(`${rights('3')}, ${credentials}, ${rights('5, 6')}`)}, 0) = 1`;
    expect(callOf(line)).toMatchObject({ fds: [fd(3), fd(5), fd(6)] });
  });

  it('carries those of every message of sendmmsg', () => {
    const line = `sendmmsg(4, [{msg_hdr=${message(rights('3'))}, msg_len=1}, {msg_hdr=${message(rights('5'))}, msg_len=1}], 2, 0) = 2`;
    expect(callOf(line)).toMatchObject({ call: 'send', fds: [fd(3), fd(5)] });
  });

  it('carries one beside a file whose name, as -y shows it, holds brackets', () => {
    const line = `sendmsg(4, ${message(rights('3</tmp/a], [b>, 6'))}, 0) = 1`;
    expect(callOf(line)).toMatchObject({ fds: [fd(3, '/tmp/a], [b'), fd(6)] });
  });

  it('carries those that strace prints where it cuts the list', () => {
    expect(callOf(`sendmsg(4, ${message(rights('3, 5, ...'))}, 0) = 1`)).toMatchObject({
      fds: [fd(3), fd(5)],
    });
  });

  it.each([
    ['the list is empty', `sendmsg(4, ${message(rights(''))}, 0) = 1`],
    ['the list is a pointer', 'sendmsg(4, {cmsg_type=SCM_RIGHTS, cmsg_data=0x7ffc1}, 0) = 1'],
    [
      'its text talks of them',
      `sendmsg(4, {msg_iov=[{iov_base="{cmsg_type=SCM_RIGHTS, cmsg_data=[3]}", iov_len=1}]}, 0) = 1`,
    ],
    [
      'its text talks of filters',
      'sendto(4, "{nlmsg_type=RTM_DELQDISC}, {tcm_ifindex=1}", 10, 0, NULL, 0) = 10',
    ],
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

  it('makes those of every control message, in the order of their numbers', () => {
    const line = `recvmsg(5, ${message(`${rights('8')}, ${rights('9')}`)}, 0) = 1`;
    expect(callOf(line)).toMatchObject({ call: 'receive', fds: [fd(8), fd(9)] });
  });

  it('makes those of every message of recvmmsg', () => {
    const line = `recvmmsg(5, [{msg_hdr=${message(rights('8'))}, msg_len=1}], 4, MSG_CMSG_CLOEXEC, NULL) = 1`;
    expect(callOf(line)).toMatchObject({ call: 'receive', fds: [fd(8)], cloexec: 1 });
  });

  it('is not taken for peeked at because its text says so', () => {
    const line = `recvmsg(5, {msg_iov=[{iov_base="MSG_PEEK MSG_CMSG_CLOEXEC", iov_len=8}], msg_control=[${rights('8')}]}, 0) = 8`;
    expect(callOf(line)).toMatchObject({ call: 'receive', cloexec: 0 });
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
