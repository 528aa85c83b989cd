import { describe, expect, it } from 'vitest';
import { profileNames, type ProfileName } from '../index.ts';
import { hookedWorld, lines, replayed, roomy, worldOf } from '../replayed.test-data.ts';

const newer: readonly ProfileName[] = ['linux-6.1', 'linux-6.12', 'linux-6.18'];
const older = profileNames.filter((profile) => !newer.includes(profile));

const shape = 'map_type=BPF_MAP_TYPE_HASH, key_size=4, value_size=4, max_entries=2';
const both = 'BPF_F_RDONLY|BPF_F_WRONLY';

/** A pinned map with an element; descriptor 3 is closed again. */
const pinned = `
  1 mount("bpf", "/a", "bpf", 0, NULL) = 0
  1 bpf(BPF_MAP_CREATE, {${shape}}, 16) = 3
  1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=7, flags=BPF_ANY}, 32) = 0
  1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0
  1 close(3) = 0`;

function expectAnswers(profile: ProfileName, text: string): void {
  expect(replayed(worldOf(profile), text)).toBe(lines(text));
}

describe.each(newer)('under %s', (profile) => {
  it('a map is opened restricted by its id as well, a program is not', () => {
    expectAnswers(
      profile,
      `${pinned}
      1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, open_flags=BPF_F_RDONLY}, 12) = 3
      1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_ANY}, 32) = -1 EPERM (Operation not permitted)
      1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=1, open_flags=BPF_F_WRONLY}, 12) = 4
      1 fcntl(4, F_GETFL) = 0x1 (flags O_WRONLY)
      1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=9, open_flags=BPF_F_WRONLY}, 12) = -1 ENOENT (No such file or directory) ; map-by-id.missing
      1 bpf(BPF_MAP_GET_FD_BY_ID, {map_id=9, open_flags=${both}}, 12) = -1 EINVAL (Invalid argument) ; map-by-id.access
      1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER}, 48) = 5
      1 bpf(BPF_PROG_GET_FD_BY_ID, {prog_id=2, open_flags=BPF_F_RDONLY}, 12) = -1 EINVAL (Invalid argument) ; program-by-id.access
      1 bpf(BPF_LINK_GET_FD_BY_ID, {link_id=2, open_flags=BPF_F_RDONLY}, 12) = -1 EINVAL (Invalid argument) ; link-by-id.access`,
    );
  });

  it('a descriptor that only looks up changes nothing', () => {
    expectAnswers(
      profile,
      `${pinned}
      1 bpf(BPF_OBJ_GET, {pathname="/a/m", file_flags=BPF_F_RDONLY}, 16) = 3
      1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0}, 32) = 0 (value=7)
      1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=NULL, next_key=0}, 24) = 0
      1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=NULL, value=1, flags=BPF_ANY}, 32) = -1 EPERM (Operation not permitted) ; update.read-only
      1 bpf(BPF_MAP_DELETE_ELEM, {map_fd=3, key=NULL}, 32) = -1 EPERM (Operation not permitted) ; delete.read-only
      1 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = -1 EPERM (Operation not permitted) ; freeze.read-only`,
    );
  });

  it('a descriptor that only changes looks nothing up', () => {
    expectAnswers(
      profile,
      `${pinned}
      1 bpf(BPF_OBJ_GET, {pathname="/a/m", file_flags=BPF_F_WRONLY}, 16) = 3
      1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_ANY}, 32) = 0
      1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=NULL}, 32) = -1 EPERM (Operation not permitted) ; lookup.write-only
      1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=NULL}, 24) = -1 EPERM (Operation not permitted) ; next.write-only
      1 bpf(BPF_MAP_DELETE_ELEM, {map_fd=3, key=0}, 32) = 0
      1 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = 0`,
    );
  });

  it('a new map can be restricted for its creator, and opened for all by its pin', () => {
    expectAnswers(
      profile,
      `1 mount("bpf", "/a", "bpf", 0, NULL) = 0
      1 bpf(BPF_MAP_CREATE, {${shape}, map_flags=BPF_F_RDONLY}, 20) = 3
      1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0, value=1, flags=BPF_ANY}, 32) = -1 EPERM (Operation not permitted)
      1 bpf(BPF_OBJ_PIN, {pathname="/a/m", bpf_fd=3}, 16) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/a/m"}, 16) = 4
      1 bpf(BPF_MAP_UPDATE_ELEM, {map_fd=4, key=0, value=1, flags=BPF_ANY}, 32) = 0`,
    );
  });

  it('F_GETFL tells what the open file is for', () => {
    expectAnswers(
      profile,
      `${pinned}
      1 bpf(BPF_OBJ_GET, {pathname="/a/m", file_flags=BPF_F_RDONLY}, 16) = 3
      1 bpf(BPF_OBJ_GET, {pathname="/a/m", file_flags=BPF_F_WRONLY}, 16) = 4
      1 dup(3) = 5
      1 fcntl(5, F_GETFL) = 0 (flags O_RDONLY)
      1 fcntl(4, F_GETFL) = 0x1 (flags O_WRONLY)`,
    );
  });

  it('the restriction goes with the open file: to duplicates, children and receivers', () => {
    expectAnswers(
      profile,
      `${pinned}
      1 bpf(BPF_OBJ_GET, {pathname="/a/m", file_flags=BPF_F_RDONLY}, 16) = 3
      1 dup(3) = 4
      1 close(3) = 0
      1 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 5]) = 0
      1 sendmsg(3, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[4]}]}, MSG_DONTWAIT|MSG_NOSIGNAL) = 1
      1 fork() = 2
      2 bpf(BPF_MAP_FREEZE, {map_fd=4}, 4) = -1 EPERM (Operation not permitted) ; freeze.read-only
      1 close(4) = 0
      1 recvmsg(5, {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[4]}], msg_controllen=24}, MSG_DONTWAIT) = 1
      1 bpf(BPF_MAP_FREEZE, {map_fd=4}, 4) = -1 EPERM (Operation not permitted) ; freeze.read-only`,
    );
  });

  it('both restrictions at once are refused before the path is looked at', () => {
    expectAnswers(
      profile,
      `1 bpf(BPF_OBJ_GET, {pathname=NULL, file_flags=${both}}, 16) = -1 EINVAL (Invalid argument) ; get.access
      1 bpf(BPF_MAP_CREATE, {${shape}, map_flags=${both}}, 20) = -1 EINVAL (Invalid argument) ; create.access`,
    );
  });

  it('a program is opened as ever, a link not at all, even where no number is free', () => {
    const text = `
      1 openat(AT_FDCWD, "/cgroup/a", O_RDONLY|O_DIRECTORY) = 3
      1 bpf(BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_CGROUP_SKB}, 48) = 4
      1 bpf(BPF_LINK_CREATE, {link_create={prog_fd=4, target_fd=3, attach_type=BPF_CGROUP_INET_EGRESS, flags=0}}, 16) = 5
      1 mount("bpf", "/a", "bpf", 0, NULL) = 0
      1 bpf(BPF_OBJ_PIN, {pathname="/a/p", bpf_fd=4}, 16) = 0
      1 bpf(BPF_OBJ_PIN, {pathname="/a/l", bpf_fd=5}, 16) = 0
      1 bpf(BPF_OBJ_GET, {pathname="/a/p", file_flags=BPF_F_WRONLY}, 16) = 6
      1 bpf(BPF_PROG_TEST_RUN, {test={prog_fd=6, retval=0}}, 40) = 0
      1 fcntl(6, F_GETFL) = 0x2 (flags O_RDWR)
      1 fcntl(5, F_GETFL) = 0 (flags O_RDONLY)
      1 dup(6) = 7
      1 dup(6) = 8
      1 bpf(BPF_OBJ_GET, {pathname="/a/p", file_flags=BPF_F_RDONLY}, 16) = -1 EMFILE (Too many open files)
      1 bpf(BPF_OBJ_GET, {pathname="/a/l", file_flags=BPF_F_RDONLY}, 16) = -1 EINVAL (Invalid argument) ; get.link-access`;
    expect(replayed(hookedWorld(profile), text)).toBe(lines(text));
  });

  it('a new descriptor in the place of a restricted one is not restricted', () => {
    expectAnswers(
      profile,
      `1 bpf(BPF_MAP_CREATE, {${shape}, map_flags=BPF_F_WRONLY}, 20) = 3
      1 close(3) = 0
      1 bpf(BPF_MAP_CREATE, {${shape}}, 16) = 3
      1 bpf(BPF_MAP_GET_NEXT_KEY, {map_fd=3, key=NULL}, 24) = -1 ENOENT (No such file or directory)`,
    );
  });

  it('attributes byte by byte say the same', () => {
    expectAnswers(
      profile,
      `${pinned}
      1 bpf(7, {u64_0="/a/m", u32_12=8}, 16) = 3
      1 bpf(BPF_MAP_FREEZE, {map_fd=3}, 4) = -1 EPERM (Operation not permitted) ; freeze.read-only
      1 bpf(7, {u64_0="/a/m", u32_12=24}, 16) = -1 EINVAL (Invalid argument) ; get.access
      1 bpf(0, {u32_0=1, u32_4=4, u32_8=4, u32_12=1, u32_16=16}, 20) = 4
      1 bpf(BPF_MAP_LOOKUP_ELEM, {map_fd=4, key=0}, 32) = -1 EPERM (Operation not permitted) ; lookup.write-only`,
    );
  });

  it('is a bound where a world has no restricted descriptors', () => {
    const world = worldOf(profile, { ...roomy, restricting: 0 });
    const create = `1 bpf(BPF_MAP_CREATE, {${shape}, map_flags=BPF_F_RDONLY}, 20)`;
    expect(replayed(world, create)).toBe(`${create} ; bound.restricting`);
  });
});

describe.each(older)('under %s', (profile) => {
  it('nobody knows these flags', () => {
    expectAnswers(
      profile,
      `1 bpf(BPF_OBJ_GET, {pathname=NULL, file_flags=BPF_F_RDONLY}, 16) = -1 EINVAL (Invalid argument) ; get.access
      1 bpf(BPF_MAP_CREATE, {${shape}, map_flags=BPF_F_WRONLY}, 20) = -1 EINVAL (Invalid argument) ; create.access
      1 bpf(0, {u32_0=1, u32_4=4, u32_8=4, u32_12=1, u32_16=16}, 20) = -1 EINVAL (Invalid argument)`,
    );
  });
});
