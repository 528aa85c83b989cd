import { describe, expect, it } from 'vitest';
import { profileNames, profiles, type World } from '../index.ts';
import {
  attachTo,
  tooBig,
  badFd,
  create,
  detachFrom,
  invalid,
  link,
  load,
  loadAs,
  noEntry,
  open,
} from '../lines.test-data.ts';
import { hookedWorld, lines, replayed } from '../replayed.test-data.ts';

const refused = '-1 EPERM (Operation not permitted)';

function does(world: World, text: string): void {
  expect(replayed(world, text)).toBe(lines(text));
}

const held = (world: World): readonly string[] =>
  world.describe().filter((line) => /^(object|attachment|cgroup) /.test(line));

describe.each(profileNames.filter((name) => profiles[name].cgroups === 'none'))(
  'cgroups under %s',
  (profile) => {
    it('take no programs', () => {
      does(
        hookedWorld(profile),
        `1 ${attachTo(9, 9)} = ${invalid} ; prog-attach.unknown-command
        1 ${detachFrom(9, 9)} = ${invalid} ; prog-detach.unknown-command`,
      );
    });
  },
);

describe.each(profileNames.filter((name) => profiles[name].cgroups === 'built-in'))(
  'programs on a cgroup under %s',
  (profile) => {
    /** The cgroup is 3, a program for cgroups 4, another 5. */
    const opened = `
      1 ${open('/cgroup/a', 'O_DIRECTORY')} = 3
      1 ${loadAs('CGROUP_SKB')} = 4
      1 ${loadAs('CGROUP_SKB')} = 5`;

    it('are told by descriptors of the right things', () => {
      does(
        hookedWorld(profile),
        `${opened}
        1 ${load} = 6
        1 ${create('ARRAY')} = 7
        1 ${open('/a', 'O_DIRECTORY')} = 8
        1 ${attachTo(9, 9)} = ${badFd} ; prog-attach.program-closed
        1 ${attachTo(9, 6)} = ${invalid} ; prog-attach.not-for-cgroups
        1 ${attachTo(3, 7)} = ${invalid} ; prog-attach.not-for-cgroups
        1 ${attachTo(9, 4)} = ${badFd} ; prog-attach.target-closed
        1 ${attachTo(8, 4)} = ${badFd} ; prog-attach.no-cgroup
        1 ${attachTo(0, 4)} = ${badFd} ; prog-attach.no-cgroup
        1 ${detachFrom(9, 4)} = ${badFd} ; prog-detach.target-closed
        1 ${detachFrom(8, 4)} = ${badFd} ; prog-detach.no-cgroup
        1 ${detachFrom(3, 4)} = ${noEntry} ; prog-detach.nothing`,
      );
    });

    it('are told the cgroup by a mere place, too', () => {
      does(
        hookedWorld(profile),
        `1 ${open('/cgroup/b', 'O_PATH')} = 3
        1 ${loadAs('CGROUP_SKB')} = 4
        1 ${attachTo(3, 4)} = 0
        1 ${detachFrom(3, 4)} = 0`,
      );
    });

    it('stand beside others, each once', () => {
      does(
        hookedWorld(profile),
        `${opened}
        1 ${attachTo(3, 4)} = 0
        1 ${attachTo(3, 5)} = 0
        1 ${attachTo(3, 4)} = ${invalid} ; prog-attach.attached-already
        1 ${attachTo(3, 4, '0')} = ${refused} ; prog-attach.other-mode
        1 ${detachFrom(3, 9)} = ${invalid} ; prog-detach.no-program
        1 ${detachFrom(3, 4)} = 0
        1 ${detachFrom(3, 4)} = ${noEntry} ; prog-detach.not-attached
        1 ${detachFrom(3, 5)} = 0
        1 ${detachFrom(3, 9)} = ${noEntry} ; prog-detach.nothing
        1 ${attachTo(3, 4, '0')} = 0`,
      );
    });

    it('stand alone, each in the place of the one before, and go whoever is named', () => {
      const world = hookedWorld(profile);
      does(
        world,
        `${opened}
        1 ${attachTo(3, 4, '0')} = 0
        1 close(4) = 0
        1 ${attachTo(3, 5)} = ${refused} ; prog-attach.other-mode
        1 ${attachTo(3, 5, '0')} = 0
        1 ${attachTo(3, 5, '0')} = 0
        1 ${load} = 4
        1 ${detachFrom(3, 4)} = 0
        1 ${attachTo(3, 5, '0')} = 0
        1 ${detachFrom(3, 9)} = 0
        1 close(4) = 0`,
      );
      expect(held(world).filter((line) => !line.startsWith('object 3'))).toEqual([
        'cgroup 1: state=online',
        'cgroup 2: state=online',
        'object 1: state=gone',
        'object 2: state=held-by-users kind=3 refcnt=1 type=2',
      ]);
    });

    it('are sixty-four at most, links among them', () => {
      const many = { objects: 80, descriptions: 80, descriptors: 75, attachments: 70 };
      const links = Array.from({ length: 63 }, (_, k) => `1 ${link(4, 3)} = ${6 + k}`);
      does(
        hookedWorld(profile, many),
        `${opened}
        ${links.join('\n')}
        1 ${attachTo(3, 5)} = 0
        1 ${attachTo(3, 5)} = ${tooBig} ; prog-attach.too-many
        1 ${attachTo(3, 5, '0')} = ${refused} ; prog-attach.other-mode
        1 ${link(4, 3)} = ${tooBig} ; link.too-many`,
      );
    });

    it('outlive everybody', () => {
      const world = hookedWorld(profile);
      does(world, `${opened} \n 1 ${attachTo(3, 4)} = 0 \n 1 exit_group(0) = ?`);
      expect(held(world)).toEqual([
        'attachment 1: state=attached program=1 cgroup=1 mode=2',
        'cgroup 1: state=online',
        'cgroup 2: state=online',
        'object 1: state=held-by-users kind=3 refcnt=1 type=2',
        'object 2: state=gone',
      ]);
    });

    it('are let go some time after the cgroup was removed, which is gone at once', () => {
      const world = hookedWorld(profile);
      does(
        world,
        `${opened}
        1 ${attachTo(3, 4)} = 0
        1 rmdir("/cgroup/a") = 0
        1 rmdir("/cgroup/a") = ${noEntry} ; rmdir.missing
        1 ${open('/cgroup/a', 'O_PATH')} = ${noEntry} ; walk.missing
        1 ${attachTo(3, 4)} = ${noEntry} ; prog-attach.removed-cgroup
        1 ${detachFrom(3, 4)} = ${noEntry} ; prog-detach.removed-cgroup
        1 ${link(4, 3)} = ${noEntry} ; link.removed-cgroup
        1 close(4) = 0`,
      );
      expect(held(world)).toContain('object 1: state=held-by-users kind=3 refcnt=1 type=2');
      does(world, 'settle release-cgroup');
      expect(held(world)).toEqual([
        'cgroup 2: state=online',
        'object 1: state=gone',
        'object 2: state=held-by-users kind=3 refcnt=1 type=2',
      ]);
    });

    it('leave nothing to be let go where none is attached', () => {
      const world = hookedWorld(profile);
      does(world, `${opened} \n 1 rmdir("/cgroup/a") = 0`);
      expect(world.pending()).toEqual([]);
    });
  },
);

describe.each(profileNames)('what is outside of cgroups under %s', (profile) => {
  it('is whatever would change the directory that holds them, or cover one', () => {
    does(
      hookedWorld(profile),
      `1 ${open('/cgroup', 'O_PATH')} ; bound.cgroup
      1 rmdir("/cgroup") ; bound.cgroup
      1 umount2("/cgroup", 0) ; bound.cgroup
      1 mount("bpf", "/cgroup/a", "bpf", 0, NULL) ; bound.cgroup
      1 mount("/a", "/cgroup", NULL, MS_BIND, NULL) ; bound.cgroup
      1 mount("/cgroup/a", "/a", NULL, MS_BIND, NULL) ; bound.cgroup
      1 mount("/", "/a", NULL, MS_BIND, NULL) ; bound.cgroup
      1 rename("/a", "/cgroup/a") ; bound.cgroup
      1 rename("/cgroup", "/n") ; bound.cgroup
      1 link("/cgroup/a", "/n") ; bound.cgroup
      1 rmdir("/cgroup/a/cgroup.procs") ; bound.cgroup
      1 ${open('/cgroup/cgroup.procs', 'O_PATH')} ; bound.cgroup
      1 mkdir("/cgroup/x", 0755) ; bound.cgroup`,
    );
  });

  it('does not include names, however long', () => {
    does(
      hookedWorld(profile),
      `1 ${open(`/cgroup/a/${'n'.repeat(256)}`, 'O_PATH')} = ${noEntry} ; walk.missing
      1 unlink("/cgroup/a") = -1 EISDIR (Is a directory) ; unlink.directory`,
    );
  });
});
