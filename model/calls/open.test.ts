import { describe, expect, it } from 'vitest';
import { profileNames, profiles } from '../index.ts';
import {
  badFd,
  create,
  invalid,
  lookup,
  mountOn,
  next,
  noDirectory,
  noEntry,
  noNumber,
  open,
  pin,
  remove,
  update,
} from '../lines.test-data.ts';
import { lines, replayed, worldOf } from '../replayed.test-data.ts';

const array = create('ARRAY');
const isDirectory = '-1 EISDIR (Is a directory)';
const cloexec = '0x1 (flags FD_CLOEXEC)';

describe.each(profileNames)('files that are no objects under %s', (profile) => {
  const noPinOpen =
    profiles[profile].pinOpen === 'EIO'
      ? '-1 EIO (Input/output error)'
      : '-1 ENXIO (No such device or address)';

  function check(text: string): void {
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  }

  it('are directories, places and /dev/null', () => {
    check(
      `1 ${open('/dev/null', 'O_RDWR')} = 3
      1 fcntl(3, F_GETFD) = 0
      1 fcntl(3, F_GETFL) ; bound.file-flags
      1 ${open('/d/e/..', 'O_DIRECTORY')} = 4
      1 ${open('/', 'O_DIRECTORY')} = 5
      1 close(5) = 0
      1 ${open('/f', 'O_PATH')} = 5
      1 close(5) = 0
      1 ${open('/dev/null', 'O_PATH')} = 5
      1 close(5) = 0
      1 ${open('/dev/null', 'O_DIRECTORY')} = ${noDirectory} ; open.not-a-directory
      1 ${open('/f', 'O_DIRECTORY')} = ${noDirectory} ; open.not-a-directory
      1 ${open('/f/', 'O_PATH')} = ${noDirectory} ; walk.not-a-directory
      1 ${open('/f/x', 'O_PATH')} = ${noDirectory} ; walk.not-a-directory
      1 ${open('/x', 'O_RDWR')} = ${noEntry} ; walk.missing
      1 ${open('/f', 'O_RDWR')} ; bound.open
      1 ${mountOn('/a')} = 0
      1 ${open('/a', 'O_DIRECTORY')} ; bound.open
      1 ${array} = 5
      1 ${pin('/a/m', 5)} = 0
      1 ${open('/a/m', 'O_DIRECTORY')} = ${noDirectory} ; open.not-a-directory
      1 ${open('/a/m', 'O_PATH')} ; bound.open
      1 ${open('/a/m', 'O_RDONLY')} = ${noPinOpen} ; open.pin
      1 ${open('/a/m', 'O_RDWR')} = ${noPinOpen} ; open.pin
      1 ${open('/a/m', 'O_WRONLY|O_TRUNC')} = ${noPinOpen} ; open.pin
      1 ${open('/a/m/', 'O_RDONLY')} = ${noDirectory} ; walk.not-a-directory
      1 ${open('/a', 'O_RDWR')} = ${isDirectory} ; open.is-a-directory
      1 ${open('/a', 'O_RDONLY')} ; bound.open
      1 ${open('/d', 'O_WRONLY|O_TRUNC')} = ${isDirectory} ; open.is-a-directory
      1 ${open('/f', 'O_RDONLY')} ; bound.open
      1 ${open('/d', 'O_RDONLY')} = 6
      1 ${pin('/a/n', 6)} = ${invalid} ; pin.not-an-object`,
    );
  });

  it('are outside the model where they would hold a mount, or lie elsewhere in /dev', () => {
    check(
      `1 mount("/b", "/d", NULL, MS_BIND, NULL) = 0
      1 ${open('/b', 'O_DIRECTORY')} = 3
      1 ${open('/d', 'O_DIRECTORY')} ; bound.open
      1 ${open('/d', 'O_PATH')} ; bound.open
      1 ${open('/dev', 'O_DIRECTORY')} ; bound.dev
      1 ${open('/dev/null/', 'O_RDWR')} ; bound.dev
      1 ${open('//dev/null', 'O_RDWR')} ; bound.dev`,
    );
  });

  it('take their number before open walks, and after it has read the path', () => {
    check(
      `1 ${array} = 3
      1 dup(3) = 4
      1 dup(3) = 5
      1 dup(3) = 6
      1 ${open('/x', 'O_PATH')} = ${noNumber} ; open.no-descriptor
      1 ${open('/f', 'O_DIRECTORY')} = ${noNumber} ; open.no-descriptor
      1 ${open('/dev/null', 'O_RDWR')} = ${noNumber} ; open.no-descriptor
      1 ${open(null, 'O_PATH')} = -1 EFAULT (Bad address) ; path.fault
      1 ${open('', 'O_PATH')} = ${noEntry} ; path.empty
      1 ${open('/d'.repeat(2048), 'O_PATH')} = -1 ENAMETOOLONG (File name too long) ; path.too-long`,
    );
  });

  it('of a pipe come in pairs or not at all', () => {
    check(
      `1 ${array} = 3
      1 pipe2([4, 5], O_CLOEXEC) = 0
      1 fcntl(4, F_GETFD) = ${cloexec}
      1 pipe2([], 0) = ${noNumber} ; pipe.no-descriptor
      1 dup(3) = 6
      1 pipe2([], 0) = ${noNumber} ; pipe.no-descriptor
      1 close(3) = 0
      1 close(5) = 0
      1 pipe2([3, 5], 0) = 0
      1 fcntl(5, F_GETFD) = 0`,
    );
  });

  it.each([
    ['a device', open('/dev/null', 'O_RDWR'), invalid, invalid],
    ['a directory', open('/d', 'O_DIRECTORY'), invalid, invalid],
    [
      'a place',
      open('/d', 'O_PATH'),
      badFd,
      profiles[profile].pinBadFd === 'EBADF' ? badFd : invalid,
    ],
  ])('of %s are no objects', (_, opened, error, pinError) => {
    check(
      `1 ${opened} = 3
      1 ${pin('/a/m', 3)} = ${pinError}
      1 ${lookup(3, 0)} = ${error}
      1 ${update(3, 0, 1)} = ${error}
      1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, map_fd=3}, 48) = ${error}
      1 ${next(3, 'NULL')} = ${error}
      1 ${remove(3, 0)} = ${error}
      1 dup(3) = 4`,
    );
  });
});
