/** For tests: calls about permissions, and worlds that have some. */
import {
  createWorld,
  profileNames,
  profiles,
  type Bounds,
  type ProfileName,
  type World,
} from '../index.ts';
import { create, mountOn, pin } from '../lines.test-data.ts';
import { host, roomy } from '../replayed.test-data.ts';

export const worldOf = (profile: ProfileName, bounds: Partial<Bounds> = {}): World =>
  createWorld({
    switches: profiles[profile],
    bounds: { ...roomy, permissions: 1, qdiscs: 1, programTypes: 1, ...bounds },
    host: [...host, '/cgroup/', '/cgroup/a/'],
  });

export const denied = '-1 EACCES (Permission denied)';
export const refused = '-1 EPERM (Operation not permitted)';
export const invalid = '-1 EINVAL (Invalid argument)';
export const isDirectory = '-1 EISDIR (Is a directory)';

export const statx = (path: string, mode: string, uid = 0): string =>
  `statx(AT_FDCWD, "${path}", 0, STATX_MODE|STATX_UID, {stx_mode=${mode}, stx_uid=${uid}})`;
export const chmod = (path: string, mode: string): string => `chmod("${path}", ${mode})`;
export const chown = (path: string, uid: number): string => `chown("${path}", ${uid}, ${uid})`;
export const become = (uid: number): string => `setresuid(${uid}, ${uid}, ${uid})`;
export const access = (path: string, mode: string): string => `access("${path}", ${mode})`;
export const mkdir = (path: string): string => `mkdir("${path}", 0755)`;
export const getFor = (path: string, flags: string): string =>
  `bpf(BPF_OBJ_GET, {pathname="${path}", file_flags=${flags}}, 16)`;
export const readOnly = 'BPF_F_RDONLY';
export const writeOnly = 'BPF_F_WRONLY';
export const isOld = (profile: ProfileName): boolean => !profile.startsWith('linux-6');
export const recent = profileNames.filter((name) => !isOld(name));
export const old = profileNames.filter(isOld);

/** A bpffs with a pin, a directory with another, and process 2, which is nobody. */
export const started = `
  1 ${mountOn('/a')} = 0
  1 ${create('ARRAY')} = 3
  1 ${pin('/a/x', 3)} = 0
  1 ${mkdir('/a/d')} = 0
  1 ${pin('/a/d/x', 3)} = 0
  1 fork() = 2
  2 ${become(65534)} = 0`;

/** Where no sysctl closes bpf(2). */
export const openTo = (profile: ProfileName, bounds: Partial<Bounds> = {}): World =>
  worldOf(profile, { unprivilegedBpf: 1, ...bounds });
