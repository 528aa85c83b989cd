import { describe, expect, it } from 'vitest';
import * as line from '../lines.test-data.ts';
import { recount } from './recount.ts';
import { crowdedBounds, runOf, type Run } from './tables.test-data.ts';

const noFileSystem = { superblocks: 0, inodes: 0, dentries: 0, mounts: 0, namespaces: 1 };
const host = ['/cgroup/', '/cgroup/a/', '/cgroup/b/'];
const bounds = { ...crowdedBounds, attachments: 2, qdiscs: 1, programTypes: 1 } as const;

/** A world in which one process took these calls, the first of which opens a cgroup as 3. */
function after(...lines: readonly string[]): Run {
  const calls = [line.open('/cgroup/a', 'O_DIRECTORY'), line.loadAs('CGROUP_SKB'), ...lines];
  return runOf(
    'linux-6.18',
    bounds,
    calls.map((call) => `1 ${call}`),
    host,
  );
}

/** The first cgroup, gone while something is attached to it. */
function withoutCgroup({ w }: Run): readonly string[] {
  w.cgroup.state.cells[1] = 0;
  return recount(w);
}

describe('a recount of cgroups and the qdisc', () => {
  it('finds nothing wrong where programs hang on both', () => {
    const { w } = after(
      line.attachTo(3, 4),
      line.loadAs('SCHED_CLS'),
      line.newFilter('ingress', 5),
    );
    expect(recount(w)).toEqual([]);
  });

  it('finds a cgroup that is gone with a program on it', () => {
    expect(withoutCgroup(after(line.attachTo(3, 4)))).toEqual([
      'cgroup 1: state is stored as absent and counted as online',
    ]);
  });

  it('finds a cgroup that is gone with a link on it', () => {
    expect(withoutCgroup(after(line.link(4, 3)))).toEqual([
      'cgroup 1: state is stored as absent and counted as online',
    ]);
  });

  it('does not ask for a cgroup that nothing hangs on', () => {
    expect(withoutCgroup(after())).toEqual([]);
  });

  it('finds a qdisc that is gone with a filter in it', () => {
    const { w } = after(line.loadAs('SCHED_CLS'), line.newFilter('egress', 5));
    w.qdisc.state.cells[1] = 0;
    expect(recount(w)).toEqual(['qdisc 1: state is stored as absent and counted as present']);
  });

  it('counts nothing in a world without attachments', () => {
    const few = { ...noFileSystem, processes: 1, descriptors: 1, descriptions: 1, objects: 1 };
    const room = { ...few, elements: 0, qdiscs: 1, programTypes: 1 } as const;
    const { w } = runOf('linux-6.18', room, [`1 ${line.loadAs('CGROUP_SKB')}`], host);
    w.qdisc.state.cells[1] = 0;
    w.cgroup.state.cells[1] = 0;
    expect(recount(w)).toEqual([]);
  });
});
