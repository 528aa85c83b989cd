import { describe, expect, it } from 'vitest';
import { at, callOf, eventsOf, fd, readOne } from './read-lines.test-data.ts';

describe('bpf(2) on a pin', () => {
  it('pins a descriptor at a path, with commas, braces and escapes in it', () => {
    const line =
      'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/a, {b}\\"\\303\\251", bpf_fd=3, file_flags=0}, 16) = 0';
    expect(callOf(line)).toEqual({ call: 'pin', fd: fd(3), at: at('/sys/fs/bpf/a, {b}"é') });
  });

  it('tells the error of a pin and of a get, for it tells which names there are', () => {
    const attr = '{pathname="/sys/fs/bpf/a", bpf_fd=3, file_flags=0}';
    expect(readOne(`bpf(BPF_OBJ_PIN, ${attr}, 16) = -1 EEXIST (File exists)`)).toEqual({
      call: { call: 'pin', fd: fd(3), at: at('/sys/fs/bpf/a') },
      result: { ok: false, errno: 'EEXIST' },
    });
    expect(readOne(`bpf(BPF_OBJ_GET, ${attr}, 16) = -1 ENOENT (No such file)`)).toEqual({
      call: { call: 'get', at: at('/sys/fs/bpf/a') },
      result: { ok: false, errno: 'ENOENT' },
    });
  });

  it.each(['BPF_F_PATH_FD', 'BPF_F_RDONLY|BPF_F_PATH_FD', '0x4000 /* BPF_F_??? */'])(
    'starts in the directory of path_fd under file_flags=%s',
    (flags) => {
      const attr = `{pathname="a", bpf_fd=0, file_flags=${flags}, path_fd=4</sys/fs/bpf>}`;
      expect(callOf(`bpf(BPF_OBJ_GET, ${attr}, 20) = 5`)).toEqual({
        call: 'get',
        at: at('a', fd(4, '/sys/fs/bpf')),
      });
    },
  );

  it.each([
    ['the flag is not set', 'file_flags=0, path_fd=4'],
    ['path_fd is the working directory', 'file_flags=BPF_F_PATH_FD, path_fd=AT_FDCWD'],
    ['path_fd is not printed', 'file_flags=BPF_F_PATH_FD'],
  ])('starts in the working directory where %s', (_, flags) => {
    const line = `bpf(BPF_OBJ_GET, {pathname="a", bpf_fd=0, ${flags}}, 20) = 5`;
    expect(callOf(line)).toEqual({ call: 'get', at: at('a') });
  });

  it('keeps the directory of path_fd where its name, as -y shows it, holds brackets and commas', () => {
    const attr = '{pathname="a", bpf_fd=0, file_flags=BPF_F_PATH_FD, path_fd=4</tmp/a[1], {b}>}';
    expect(callOf(`bpf(BPF_OBJ_GET, ${attr}, 20) = 5`)).toEqual({
      call: 'get',
      at: at('a', fd(4, '/tmp/a[1], {b}')),
    });
  });

  it.each([
    'file_flags=BPF_F_PATH_FD, path_fd=0xffffff9d /* AT_FDCWD-1 */',
    'file_flags=BPF_F_PATH_FD, path_fd=-7',
    'file_flags=0x4000 /* BPF_F_??? */, ...',
    'file_flags=0x4000 /* BPF_F_??? */, extra_data="\\x04\\x00"...',
    'file_flags=0x4000 /* BPF_F_??? */, extra_data="\\xff\\xff\\xff\\xff"',
    'file_flags=0x4000 /* BPF_F_??? */, extra_data=0x7ffc12345678',
  ])('starts in no directory that is shown, and not in the working directory: %s', (fields) => {
    const line = `bpf(BPF_OBJ_PIN, {pathname="a", bpf_fd=3, ${fields}}, 128) = 0`;
    expect(callOf(line)).toMatchObject({ call: 'pin', at: at('a', fd(-1)) });
  });

  // strace 6.1 knows no path_fd.
  it.each([
    ['a descriptor', '"\\x04\\x00\\x00\\x00\\x00"', at('a', fd(4))],
    ['one of two bytes', '"\\x01\\x02\\x00\\x00" /* bytes 16..19 */', at('a', fd(513))],
    ['the working directory', '"\\x9c\\xff\\xff\\xff"', at('a')],
    ['a descriptor in what was cut', '"\\x04\\x00\\x00\\x00\\x00"...', at('a', fd(4))],
  ])('starts in the directory that stands in bytes: %s', (_, bytes, place) => {
    const attr = `{pathname="a", bpf_fd=0, file_flags=0x4000 /* BPF_F_??? */, extra_data=${bytes}}`;
    expect(callOf(`bpf(BPF_OBJ_GET, ${attr}, 128) = 5`)).toEqual({ call: 'get', at: place });
  });

  it('needs no directory for a path from the root', () => {
    const attr = '{pathname="/sys/fs/bpf/a", bpf_fd=0, file_flags=BPF_F_PATH_FD, path_fd=-7}';
    expect(callOf(`bpf(BPF_OBJ_GET, ${attr}, 20) = 5`)).toEqual({
      call: 'get',
      at: at('/sys/fs/bpf/a'),
    });
  });

  it('is not misled by names of fields in the name of a pin', () => {
    const path = '/sys/fs/bpf/a, bpf_fd=9, file_flags=BPF_F_PATH_FD, path_fd=8';
    const attr = `{pathname="${path}", bpf_fd=3, file_flags=0}`;
    expect(callOf(`bpf(BPF_OBJ_PIN, ${attr}, 16) = 0`)).toEqual({
      call: 'pin',
      fd: fd(3),
      at: at(path),
    });
  });

  it.each([
    'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/lo"..., bpf_fd=3, file_flags=0}, 16) = 0',
    'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/a", ...}, 16) = 0',
    'bpf(BPF_OBJ_PIN, {pathname="/sys/fs/bpf/a", bpf_fd=-1, file_flags=0}, 16) = -1 EBADF (Bad file descriptor)',
    'bpf(BPF_OBJ_GET, {pathname=0x7ffc12345678, bpf_fd=0, file_flags=0}, 16) = -1 EFAULT (Bad address)',
    'bpf(BPF_OBJ_GET, 0x7ffc12345678, 16) = 3',
  ])('is left out where its path or its descriptor cannot be read: %s', (line) => {
    expect(eventsOf(line)).toEqual([]);
  });
});
