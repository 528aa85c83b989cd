import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import {
  attach,
  badFd,
  clone,
  create,
  detach,
  exec,
  load,
  lookup,
  noNumber,
  noSocket,
  open,
  pair,
  receive,
  send,
} from '../lines.test-data.ts';
import { lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const array = create('ARRAY');
const cloexec = '0x1 (flags FD_CLOEXEC)';
const again = '-1 EAGAIN (Resource temporarily unavailable)';
const broken = '-1 EPIPE (Broken pipe)';
const reset = { kind: 'bound', row: 'bound.reset' };
/** The limit is 12. */
const wide = { ...roomy, descriptors: 9 };

describe.each(profileNames)('messages under %s', (profile) => {
  function check(text: string, bounds = wide): void {
    expect(replayed(worldOf(profile, bounds), text)).toBe(lines(text));
  }

  it('carry descriptors to the other end, where they stay open on exec', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 fcntl(3, F_GETFD) = 0
      1 ${array} = 5
      1 ${send(3, 5)} = 1
      1 ${receive(3)} = ${again} ; receive.empty
      1 ${receive(4, { fds: [6] })} = 1
      1 ${receive(4)} = ${again}
      1 fcntl(6, F_GETFD) = 0
      1 ${send(4, 5, 6)} = 1
      1 ${receive(3, { fds: [7, 8], flag: 'MSG_CMSG_CLOEXEC' })} = 1
      1 fcntl(8, F_GETFD) = ${cloexec}
      1 ${exec} = 0
      1 ${lookup(6, 0)} = 0 (value=0)
      1 ${lookup(8, 0)} = ${badFd}`,
    );
  });

  it('come one at a time, in the order in which they were sent', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${load} = 6
      1 ${send(3, 5)} = 1
      1 ${send(3, 6)} = 1
      1 close(5) = 0
      1 close(6) = 0
      1 ${receive(4, { fds: [5] })} = 1
      1 ${lookup(5, 0)} = 0 (value=0)
      1 ${receive(4, { fds: [6] })} = 1
      1 ${lookup(6, 0)} = -1 EINVAL (Invalid argument) ; lookup.not-a-map`,
    );
  });

  it('keep what they carry, which is one open file however many descriptors refer to it', () => {
    const world = worldOf(profile, wide);
    const text = `
      1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${send(3, 5, 5)} = 1
      1 close(5) = 0`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toEqual(
      expect.arrayContaining([
        'description 3: state=in-flight object=1 count=2 queued=2',
        'object 1: state=held-by-users kind=1 refcnt=1 usercnt=1 maxEntries=1',
      ]),
    );
    replayed(world, `1 ${receive(4, { fds: [5, 6] })} = 1`);
    expect(world.describe()).toContain('description 3: state=open object=1 count=2');
  });

  it('lose the descriptors that there is no room for', () => {
    const world = worldOf(profile, wide);
    const text = `
      1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${load} = 6
      1 ${send(3, 5, 6)} = 1
      1 ${send(3, 5, 6)} = 1
      1 close(5) = 0
      1 close(6) = 0
      1 ${receive(4, { room: 1, fds: [5], came: 'truncated' })} = 1
      1 ${lookup(5, 0)} = 0 (value=0)
      1 ${receive(4, { room: 0, came: 'truncated' })} = 1
      1 ${receive(4)} = ${again}`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.describe()).toContain('object 2: state=gone');
  });

  it('lose the descriptors that there is no number for', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 dup(5) = 6
      1 ${send(3, 5, 6)} = 1
      1 ${send(3, 5)} = 1
      1 close(6) = 0
      1 ${receive(4, { fds: [6], came: 'truncated' })} = 1
      1 ${receive(4, { flag: 'MSG_PEEK', came: 'truncated' })} = 1
      1 ${receive(4, { came: 'truncated' })} = 1
      1 ${receive(4)} = ${again}`,
      roomy,
    );
  });

  it('that are peeked at stay whole, and give descriptors each time', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${send(3, 5, 5)} = 1
      1 close(5) = 0
      1 ${receive(4, { room: 1, fds: [5], flag: 'MSG_PEEK', came: 'truncated' })} = 1
      1 close(5) = 0
      1 ${receive(4, { room: 0, flag: 'MSG_PEEK', came: 'truncated' })} = 1
      1 ${receive(4, { fds: [5, 6], flag: 'MSG_PEEK' })} = 1
      1 fcntl(5, F_GETFD) = 0
      1 ${receive(4, { fds: [7, 8] })} = 1
      1 ${receive(4, { flag: 'MSG_PEEK' })} = ${again}`,
    );
  });

  it('go with the socket in whose queue they lie', () => {
    const world = worldOf(profile, wide);
    replayed(
      world,
      `1 ${pair(3, 4)} = 0 \n 1 ${array} = 5 \n 1 ${send(3, 5)} = 1 \n 1 close(5) = 0`,
    );
    replayed(world, '1 dup(4) = 5 \n 1 close(3) = 0 \n 1 close(4) = 0');
    expect(world.describe()).toContain('message 1: state=queued socket=2 place=1 first=3');
    replayed(world, '1 close(5) = 0');
    expect(world.describe()).toEqual([
      'process 1: state=running namespace=1 files=1',
      'files 1: count=1',
      'object 1: state=gone',
      'namespace 1: state=inhabited count=1',
    ]);
  });

  it('are read to the end of the stream, which is told each time', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${send(3, 5)} = 1
      1 close(3) = 0
      1 ${send(4, 5)} = ${broken} ; send.peer-closed
      1 ${receive(4, { fds: [3] })} = 1
      1 ${receive(4)} = 0
      1 ${receive(4, { room: 0, flag: 'MSG_PEEK' })} = 0
      1 ${send(4, 9)} = ${badFd} ; send.closed`,
    );
  });

  it('that a closed socket had not read reset its peer, once what it has is read', () => {
    const world = worldOf(profile, wide);
    const text = `
      1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${send(3, 5)} = 1
      1 ${send(4, 5)} = 1
      1 ${receive(4, { fds: [6], flag: 'MSG_PEEK' })} = 1
      1 close(4) = 0
      1 ${send(3, 5)} = ${broken} ; send.peer-closed
      1 ${receive(3, { fds: [4] })} = 1`;
    expect(replayed(world, text)).toBe(lines(text));
    expect(world.step(1, { call: 'recvmsg', fd: 3, room: 2, flag: 'none' })).toEqual(reset);
  });

  it('come from sockets and go to sockets, whatever else is wrong', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${open('/d', 'O_PATH')} = 6
      1 ${send(9, 9)} = ${badFd} ; send.fd-closed
      1 ${send(6, 9)} = ${badFd} ; send.fd-closed
      1 ${send(5, 9)} = ${noSocket} ; send.not-a-socket
      1 ${send(0, 9)} = ${noSocket} ; send.not-a-socket
      1 ${send(3, 9)} = ${badFd} ; send.closed
      1 ${send(3, 5, 9)} = ${badFd} ; send.closed
      1 ${send(3, -1)} = ${badFd} ; send.closed
      1 ${send(3, 6)} = 1
      1 ${receive(9)} = ${badFd} ; receive.fd-closed
      1 ${receive(6)} = ${badFd} ; receive.fd-closed
      1 ${receive(5)} = ${noSocket} ; receive.not-a-socket
      1 ${receive(4, { fds: [7] })} = 1
      1 ${lookup(7, 0)} = ${badFd} ; lookup.fd-closed
      1 ${attach(9, 9)} = ${badFd} ; attach.fd-closed
      1 ${attach(5, 9)} = ${noSocket} ; attach.not-a-socket
      1 ${detach(6)} = ${badFd} ; detach.fd-closed
      1 ${detach(5)} = ${noSocket} ; detach.not-a-socket
      1 ${send(3, 0)} ; bound.stdio`,
    );
  });

  it('are seen by all processes that have the socket', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 fork() = 2
      1 ${clone} = 3
      2 ${array} = 5
      2 ${send(3, 5)} = 1
      2 exit_group(0) = ?
      3 ${receive(4, { fds: [5] })} = 1
      1 ${lookup(5, 0)} = 0 (value=0)`,
    );
  });

  it('need sockets, which come in pairs or not at all', () => {
    check(
      `1 ${pair(3, 4)} = 0
      1 ${array} = 5
      1 ${pair()} = ${noNumber} ; socketpair.no-descriptor
      1 dup(5) = 6
      1 ${pair()} = ${noNumber} ; socketpair.no-descriptor
      1 close(3) = 0
      1 close(5) = 0
      1 ${pair(3, 5)} = 0`,
      roomy,
    );
  });

  it('are bounded, and so are sockets', () => {
    check(`1 ${pair(3, 4)} = 0 \n 1 ${send(3, 3)} ; bound.messages`, { ...roomy, messages: 0 });
    check(`1 ${pair()} ; bound.sockets`, { ...roomy, sockets: 1 });
    check(`1 ${pair()} ; bound.descriptions`, { ...roomy, descriptions: 1 });
  });
});
