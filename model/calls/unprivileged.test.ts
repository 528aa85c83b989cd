import { describe, expect, it } from 'vitest';
import { profileNames } from '../index.ts';
import {
  create,
  delFilter,
  delQdisc,
  load,
  loadAs,
  mountOn,
  newFilter,
  noDirectory,
  noEntry,
  open,
  pair,
  pin,
  send,
} from '../lines.test-data.ts';
import {
  worldOf,
  denied,
  refused,
  isDirectory,
  chmod,
  chown,
  become,
  mkdir,
  isOld,
  started,
  openTo,
} from './permission-lines.test-data.ts';
import { lines, replayed } from '../replayed.test-data.ts';

describe.each(profileNames)('the user without capabilities under %s', (profile) => {
  it('stays that', () => {
    const text = `
      1 ${become(0)} = 0
      1 ${become(65534)} = 0
      1 ${become(65534)} = 0
      1 ${become(0)} = ${refused} ; setresuid.unprivileged
      1 fork() = 2
      2 ${become(0)} = ${refused} ; setresuid.unprivileged`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('signals nobody but itself', () => {
    const text = `${started}
      2 fork() = 3
      2 kill(1, SIGKILL) = ${refused} ; kill.other-user
      2 kill(5, SIGKILL) = -1 ESRCH (No such process) ; kill.no-process
      2 kill(3, SIGKILL) = 0
      1 kill(2, SIGKILL) = 0`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('makes names where it may write, last of all that is told', () => {
    const text = `${started}
      2 ${pin('/a/d/x', 3)} = -1 EEXIST (File exists) ; pin.name-taken
      2 ${pin('/a/d/y/', 3)} = ${noEntry} ; pin.trailing-slash
      2 ${pin('/a/d/y', 3)} = ${denied} ; pin.denied
      2 ${pin('/d/y', 3)} = ${refused} ; pin.not-bpffs
      2 ${mkdir('/a/d/y')} = ${denied} ; mkdir.denied
      2 ${mkdir('/d/y')} = ${denied} ; mkdir.denied
      2 mknod("/a/d/y", S_IFREG|0644) = ${denied} ; mknod.denied
      2 mknod("/a/d/y", S_IFIFO|0644) = ${denied} ; mknod.denied
      2 symlink("x", "/a/d/y") = ${denied} ; symlink.denied
      2 ${pin('/a/y', 3)} = 0
      2 ${mkdir('/a/e')} = 0
      2 ${pin('/a/e/x', 3)} = 0`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });

  it('removes names where it may write, and in a sticky directory its own', () => {
    const text = `${started}
      2 unlink("/a/d/y") = ${noEntry} ; unlink.missing
      2 unlink("/a/d/x/") = ${noDirectory} ; unlink.trailing-slash
      2 unlink("/a/d/x") = ${denied} ; unlink.denied
      2 unlink("/a/d/") = ${isDirectory} ; unlink.directory
      2 unlink("/a/d") = ${refused} ; unlink.sticky
      2 unlink("/a/x") = ${refused} ; unlink.sticky
      2 rmdir("/a/x") = ${refused} ; rmdir.sticky
      2 rmdir("/d/e") = ${denied} ; rmdir.denied
      2 ${pin('/a/y', 3)} = 0
      2 unlink("/a/y") = 0
      1 ${chmod('/a', '0777')} = 0
      2 unlink("/a/x") = 0
      1 ${pin('/a/x', 3)} = 0
      1 ${chmod('/a', '01777')} = 0
      1 ${chown('/a', 65534)} = 0
      2 unlink("/a/x") = 0`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });

  it('opens what it may read or write', () => {
    const pinned = `-1 ${isOld(profile) ? 'ENXIO (No such device or address)' : 'EIO (Input/output error)'}`;
    const text = `${started}
      1 ${chmod('/a/x', '0444')} = 0
      2 ${open('/a/x', 'O_RDONLY')} = ${pinned} ; open.pin
      2 ${open('/a/x', 'O_RDWR')} = ${denied} ; open.denied
      2 ${open('/a/d', 'O_RDWR')} = ${isDirectory} ; open.is-a-directory
      2 ${open('/d', 'O_DIRECTORY')} = 4`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('mounts nothing', () => {
    const walked = isOld(profile)
      ? `${refused} ; umount.unprivileged`
      : `${noEntry} ; walk.missing`;
    const text = `${started}
      2 ${mountOn('/y')} = ${noEntry} ; walk.missing
      2 ${mountOn('/b')} = ${refused} ; mount.unprivileged
      2 mount("/y", "/b", NULL, MS_BIND, NULL) = ${refused} ; bind.unprivileged
      2 mount("/y", "/b", NULL, MS_MOVE, NULL) = ${refused} ; move.unprivileged
      2 mount(NULL, "/b", NULL, MS_REMOUNT, NULL) = ${refused} ; remount.unprivileged
      2 mount("/b", "/y", NULL, MS_BIND, NULL) = ${noEntry} ; walk.missing
      2 umount2("/y", 0) = ${walked}
      2 umount2("/", 0) = ${refused} ; umount.unprivileged
      2 umount2("/b", 0) = ${refused} ; umount.unprivileged
      2 unshare(CLONE_NEWNS) = ${refused} ; unshare.unprivileged`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('is told nothing of the device', () => {
    const text = `${started}
      2 ${newFilter('ingress', 9)} = ${refused} ; new-filter.unprivileged
      2 ${delFilter('ingress')} = ${refused} ; del-filter.unprivileged
      2 ${delQdisc} = ${refused} ; del-qdisc.unprivileged`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });

  it('creates what a kernel lets it that has bpf(2) open', () => {
    const forCgroups = isOld(profile) ? `${refused} ; load.type-for-capable` : '6';
    const text = `${started}
      2 ${create('HASH')} = 4
      2 ${load} = 5
      2 ${loadAs('SCHED_CLS')} = ${refused} ; load.type-for-capable
      2 ${loadAs('CGROUP_SKB')} = ${forCgroups}`;
    expect(replayed(openTo(profile), text)).toBe(lines(text));
  });

  it('reaches bounds where the machine decides', () => {
    const text = `
      1 ${mountOn('/a')} = 0
      1 ${create('ARRAY')} = 3
      1 fork() = 2
      2 ${become(65534)} = 0
      2 ${pair(4, 5)} = 0
      2 ${send(4, 3)} = 1
      2 ${send(4, 3, 3)} = 1
      2 ${send(4, 3)} = 1
      2 ${send(4, 3)} ; bound.in-flight
      2 bpf(7, {}, 16) ; bound.unprivileged-raw`;
    expect(replayed(worldOf(profile), text)).toBe(lines(text));
  });
});
