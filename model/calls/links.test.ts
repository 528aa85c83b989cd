import { describe, expect, it } from 'vitest';
import { infoOf, profileNames, profiles, type World } from '../index.ts';
import {
  attachTo,
  badFd,
  create,
  detachFrom,
  detachLink,
  get,
  invalid,
  link,
  load,
  loadAs,
  mountOn,
  noEntry,
  noNumber,
  open,
  pin,
  update,
} from '../lines.test-data.ts';
import { hookedWorld, lines, replayed } from '../replayed.test-data.ts';

const refused = '-1 EPERM (Operation not permitted)';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

const held = (world: World): readonly string[] =>
  world.describe().filter((line) => /^(object|cgroup) /.test(line));

const byId = (id: number): string => `bpf(BPF_LINK_GET_FD_BY_ID, {link_id=${id}}, 12)`;
const behind = (id: number, found?: number): string =>
  `bpf(BPF_LINK_GET_NEXT_ID, {start_id=${id}${found === undefined ? '' : `, next_id=${found}`}}, 12)`;

/** What BPF_OBJ_GET_INFO_BY_FD tells. */
function told(world: World, fd: number): unknown {
  const result = world.step(1, { call: 'BPF_OBJ_GET_INFO_BY_FD', fd });
  if (result.kind === 'bound' || !result.outcome.ok) return result;
  return infoOf(result.outcome.value);
}

describe.each(profileNames.filter((name) => profiles[name].links === 'none'))(
  'links under %s',
  (profile) => {
    it('are unknown', () => {
      does(
        hookedWorld(profile),
        `1 ${link(9, 9)} = ${invalid} ; link.unknown-command
        1 ${detachLink(9)} = ${invalid} ; link-detach.unknown-command
        1 ${byId(1)} = ${invalid} ; link-by-id.unknown-command
        1 ${behind(0)} = ${invalid} ; next-link.unknown-command`,
      );
    });
  },
);

describe.each(profileNames.filter((name) => profiles[name].links === 'built-in'))(
  'links under %s',
  (profile) => {
    /** The cgroup is 3, a program for cgroups 4, its link 5. */
    const linked = `
      1 ${open('/cgroup/a', 'O_DIRECTORY')} = 3
      1 ${loadAs('CGROUP_SKB')} = 4
      1 ${link(4, 3)} = 5`;
    const program = (refcnt: number): string =>
      `object 1: state=held-by-users kind=3 refcnt=${refcnt} type=2`;

    it('are told by descriptors of the right things', () => {
      does(
        hookedWorld(profile),
        `${linked}
        1 ${load} = 6
        1 ${link(9, 9)} = ${badFd} ; link.program-closed
        1 ${link(6, 9)} = ${invalid} ; link.not-for-cgroups
        1 ${link(5, 3)} = ${invalid} ; link.not-for-cgroups
        1 ${link(4, 9)} = ${badFd} ; link.target-closed
        1 ${link(4, 5)} = ${badFd} ; link.no-cgroup
        1 ${detachLink(9)} = ${badFd} ; link-detach.fd-closed
        1 ${detachLink(4)} = ${invalid} ; link-detach.not-a-link`,
      );
    });

    it('are neither maps nor programs', () => {
      does(
        hookedWorld(profile),
        `${linked}
        1 ${update(5, 0, 1)} = ${invalid} ; update.not-a-map
        1 ${loadAs('SOCKET_FILTER', 5)} = ${invalid} ; load.not-a-map
        1 ${create('PROG_ARRAY')} = 6
        1 ${update(6, 0, 5)} = ${invalid} ; update.value-no-program`,
      );
    });

    it('stand beside others, and not beside a program alone', () => {
      does(
        hookedWorld(profile, { descriptors: 4 }),
        `${linked}
        1 ${attachTo(3, 4, '0')} = ${refused} ; prog-attach.other-mode
        1 ${link(4, 3)} = 6
        1 ${detachFrom(3, 4)} = ${noEntry} ; prog-detach.not-attached
        1 close(5) = 0
        1 close(6) = 0
        1 ${attachTo(3, 4, '0')} = 0
        1 ${link(4, 3)} = ${refused} ; link.single-mode
        1 dup(3) = 5
        1 dup(3) = 6
        1 ${link(4, 3)} = ${noNumber} ; link.no-descriptor
        1 ${byId(2)} = ${noEntry} ; link-by-id.missing`,
      );
    });

    it('end at once with the last descriptor, and let their program go', () => {
      const world = hookedWorld(profile);
      does(world, `${linked} \n 1 close(4) = 0`);
      expect(held(world)).toContain(program(1));
      does(world, '1 close(5) = 0');
      expect(world.pending()).toEqual([]);
      expect(held(world)).toEqual([
        'cgroup 1: state=online',
        'cgroup 2: state=online',
        'object 1: state=gone',
        'object 2: state=gone',
      ]);
    });

    it('are kept by a pin, and end some time after it', () => {
      const world = hookedWorld(profile);
      does(
        world,
        `1 ${mountOn('/a')} = 0
        ${linked}
        1 ${pin('/a/l', 5)} = 0
        1 close(4) = 0
        1 close(5) = 0
        1 ${get('/a/l')} = 4
        1 close(4) = 0
        1 ${byId(2)} = 4
        1 close(4) = 0
        1 ${behind(0, 2)} = 0
        1 ${behind(2)} = ${noEntry} ; next-link.none
        1 unlink("/a/l") = 0`,
      );
      if (profiles[profile].pinPut === 'later') does(world, 'settle release-inode');
      expect(held(world)).toContain(program(1));
      does(
        world,
        `1 ${behind(0, 2)} = 0
        1 ${byId(2)} = ${noEntry} ; link-by-id.missing
        settle release-link
        1 ${behind(0)} = ${noEntry} ; next-link.none`,
      );
      expect(held(world).slice(2)).toEqual(['object 1: state=gone', 'object 2: state=gone']);
    });

    it('are opened by id as long as a descriptor is left', () => {
      does(
        hookedWorld(profile, { descriptors: 3 }),
        `${linked}
        1 ${byId(1)} = ${noEntry} ; link-by-id.missing
        1 ${byId(2)} = ${noNumber} ; link-by-id.no-descriptor`,
      );
    });

    it('are defunct once they are detached, and keep their program', () => {
      const world = hookedWorld(profile);
      does(world, linked);
      expect(told(world, 5)).toEqual({ kind: 'link', state: 'attached' });
      does(world, `1 ${detachLink(5)} = 0`);
      expect(held(world)).toContain(program(2));
      does(world, `1 close(4) = 0 \n 1 ${detachLink(5)} = 0 \n 1 ${detachLink(5)} = 0`);
      expect(told(world, 5)).toEqual({ kind: 'link', state: 'defunct' });
      expect(held(world)).toContain(program(1));
    });

    it('are defunct some time after their cgroup was removed', () => {
      const world = hookedWorld(profile);
      does(world, `${linked} \n 1 close(4) = 0 \n 1 rmdir("/cgroup/a") = 0`);
      expect(told(world, 5)).toEqual({ kind: 'link', state: 'attached' });
      does(world, 'settle release-cgroup');
      expect(told(world, 5)).toEqual({ kind: 'link', state: 'defunct' });
      expect(held(world)).toContain(program(1));
      does(world, '1 close(5) = 0');
      expect(held(world)).toContain('object 1: state=gone');
    });
  },
);
