import { describe, expect, it } from 'vitest';
import { explained } from './explained.test-data.ts';

const create = (fd: number, name = 'm'): string =>
  `1 bpf(BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_HASH, map_name="${name}"}, 72) = ${fd}`;
const pin = (path: string, fd: number, result = '0'): string =>
  `1 bpf(BPF_OBJ_PIN, {pathname="${path}", bpf_fd=${fd}}, 16) = ${result}`;
const get = (path: string, result: string): string =>
  `1 bpf(BPF_OBJ_GET, {pathname="${path}"}, 16) = ${result}`;
const mounted = '1 mount("bpf", "/sys/fs/bpf", "bpf", 0, NULL) = 0';
const m = '/sys/fs/bpf/m';

describe('a log that starts in the middle', () => {
  it('reveals a mount, directories and an object by the first get that succeeds', () => {
    const { verdict, assumptions, objects } = explained(
      get('/sys/fs/bpf/d/m', '3'),
      '1 close(3) = 0',
    );
    expect(verdict.verdict).toBe('conforms');
    expect(assumptions.map(({ text }) => text)).toEqual([
      'a bpffs is mounted on /sys/fs/bpf',
      'the directory /sys/fs/bpf/d was there before',
      'an object is pinned at /sys/fs/bpf/d/m; it is taken for a map',
    ]);
    expect(objects[0]?.end).toEqual({ kind: 'held', holders: ['pin /sys/fs/bpf/d/m'] });
  });

  it('reveals nothing where the log has told what is there', () => {
    const gone = explained(get(m, '3'), `1 unlink("${m}") = 0`, '1 close(3) = 0', get(m, '3'));
    expect(gone.verdict).toMatchObject({ verdict: 'deviates', clause: 'walk.missing' });
    const fresh = explained(mounted, get(m, '3'));
    expect(fresh.verdict).toMatchObject({ verdict: 'deviates', place: { line: 2 } });
  });

  it('reveals an object behind a descriptor that nobody was seen to open', () => {
    const { verdict, assumptions } = explained(mounted, pin(m, 9), get(m, '4'));
    expect(verdict.verdict).toBe('conforms');
    expect(assumptions).toEqual([
      { line: 2, text: 'map behind descriptor 9 of process 1 was there before' },
    ]);
  });
});

describe('descriptors of a log', () => {
  it('are not mistaken where a number is used again', () => {
    const { verdict } = explained(
      ...[mounted, create(3), '1 close(3) = 0', '1 socket(AF_UNIX, SOCK_STREAM, 0) = 3'],
      pin(m, 3, '-1 EINVAL (Invalid argument)'),
    );
    expect(verdict.verdict).toBe('conforms');
  });

  it('are handed down by fork, and closed by exec where they were told to', () => {
    const { objects } = explained(
      ...[create(3), '1 fork() = 2', '1 close(3) = 0', '2 execve("/bin/x", ["x"], NULL) = 0'],
    );
    expect(objects).toEqual([]);
    const kept = explained(
      ...[create(3), '1 fcntl(3, F_SETFD, 0) = 0', '1 fork() = 2', '1 close(3) = 0'],
      '2 execve("/bin/x", ["x"], NULL) = 0',
    );
    expect(kept.objects[0]?.end).toEqual({ kind: 'held', holders: ['descriptor 3 of x (2)'] });
  });

  it('go with a message, and with the socket that nobody reads any more', () => {
    const sent = [
      ...[create(3), '1 socketpair(AF_UNIX, SOCK_STREAM, 0, [4, 5]) = 0'],
      '1 sendmsg(4, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[3]}]}, 0) = 1',
      '1 close(3) = 0',
    ];
    const [held] = explained(...sent).objects;
    expect(held?.end).toEqual({ kind: 'held', holders: ['a message on its way'] });
    const lost = explained(...sent, '1 close(4) = 0', '1 close(5) = 0');
    expect(lost.shortLived).toBe(1);
  });

  it('are one table for threads, until one of them execs', () => {
    const { verdict, objects } = explained(
      mounted,
      '1 clone(child_stack=0x1, flags=CLONE_FILES|CLONE_THREAD) = 2',
      create(3).replace(/^1/, '2'),
      pin(m, 3),
      '2 exit(0) = ?',
      get(m, '4'),
      '1 exit_group(0) = ?',
    );
    expect(verdict.verdict).toBe('conforms');
    expect(objects[0]?.outlived).toEqual({ place: { line: 7, by: 'process 1' }, paths: [m] });
  });
});

describe('what a log cannot show', () => {
  const program =
    '1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, prog_name="p"}, 64) = 4';

  it('is a possible holder: no object that it may keep is said to have died', () => {
    const { objects, verdict } = explained(create(3), program, '1 close(3) = 0');
    expect(verdict.verdict).toBe('conforms');
    expect(objects[0]?.end).toEqual({
      kind: 'possibly-held',
      possible: ['program p, which may use it (line 2)'],
    });
    const later = explained(create(3), program, '1 close(3) = 0', '1 close(4) = 0');
    expect(later.objects[0]?.end).toMatchObject({ kind: 'died', place: { line: 4 } });
  });

  it('is no deviation where rights may be the reason', () => {
    const { verdict, remarks } = explained(
      ...[mounted, create(3), pin(m, 3, '-1 EACCES (Permission denied)'), get(m, '-1 ENOENT (x)')],
    );
    expect(verdict.verdict).toBe('conforms');
    expect(remarks[0]?.text).toContain('EACCES may come of rights');
  });

  it('leaves the verdict open where a process changed its root', () => {
    const { verdict } = explained(mounted, '1 chroot("/sys") = 0', get('/sys/fs/bpf/x', '3'));
    expect(verdict).toMatchObject({ verdict: 'inconclusive', line: 3 });
  });
});

describe('dangers', () => {
  it('are the times in which descriptors alone hold what is pinned before or after', () => {
    const { objects } = explained(
      ...[mounted, create(3), pin(m, 3), `1 unlink("${m}") = 0`, pin(m, 3), '1 close(3) = 0'],
    );
    expect(objects[0]?.windows).toMatchObject([
      { from: 2, to: 3, why: 'between create and pin' },
      { from: 4, to: 5, why: 'between unlink and pin' },
    ]);
  });

  it('are pins that another object takes over', () => {
    const { replaced } = explained(
      ...[
        mounted,
        create(3, 'old'),
        pin(m, 3),
        `1 unlink("${m}") = 0`,
        create(4, 'new'),
        pin(m, 4),
      ],
    );
    expect(replaced).toMatchObject([{ path: m, before: 'map old', after: 'map new' }]);
  });
});

describe('a log without end', () => {
  it('needs no more room than what is there at the same time', () => {
    const round = [
      '1 fork() = 2',
      ...[create(3), pin(m, 3), '1 exit_group(0) = ?'].map((line) => line.replace(/^1/, '2')),
      `1 unlink("${m}") = 0`,
    ];
    const { verdict, judged } = explained(
      mounted,
      ...Array.from({ length: 500 }, () => round).flat(),
    );
    expect(verdict).toEqual({ verdict: 'conforms' });
    expect(judged).toBe(1001);
  });
});

describe('a pin of a descriptor that nothing is known of', () => {
  const closed = [mounted, create(3), pin(m, 3), '1 close(3) = 0'];

  it.each(['-1 EINVAL (Invalid argument)', '-1 EBADF (Bad file descriptor)'])(
    'tells of no object where it fails by %s',
    (failure) => {
      const { verdict, assumptions, objects } = explained(
        ...closed,
        pin('/sys/fs/bpf/n', 3, failure),
      );
      expect(verdict).toEqual({ verdict: 'conforms' });
      expect([assumptions, objects.length]).toEqual([[], 1]);
    },
  );

  it('reveals an object where it fails because the name is taken', () => {
    const { assumptions } = explained(...closed, pin(m, 3, '-1 EEXIST (File exists)'));
    expect(assumptions).toMatchObject([{ line: 5 }]);
  });
});

describe('a log with more names than a state can tell apart', () => {
  const long = (first: string): string =>
    Array.from({ length: 550 }, (_, k) => `/${first}_${k}`).join('');
  const lookups = Array.from({ length: 125 }, (_, k) =>
    get(`/sys/fs/bpf${long(k.toString(36))}`, '-1 ENOENT (No such file or directory)'),
  );

  it('is left without a verdict, and not held against the wrong names', () => {
    const { verdict } = explained(mounted, ...lookups, create(3), pin(m, 3), get(m, '4'));
    expect(verdict).toEqual({
      verdict: 'inconclusive',
      line: 112,
      reason: 'more names than the model can tell apart',
    });
  });

  it('is judged as far as it goes', () => {
    const some = lookups.slice(0, 105);
    const { verdict } = explained(mounted, ...some, create(3), pin(m, 3), get(m, '4'));
    expect(verdict.verdict).toBe('conforms');
  });
});
