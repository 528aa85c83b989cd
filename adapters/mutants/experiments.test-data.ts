/** What tells each mutant from the sound reference. */
import { withCgroups } from '../reference/attachments.test-data.ts';
import type { Scenario } from '../reference/scenario.test-data.ts';

/** In which all experiments run. */
export const world = { ...withCgroups, host: ['/a/', '/b/', '/cgroup/', '/cgroup/a/'] };

/** What is seen at the end of a run that tells a mutant from the sound reference. */
type Experiment = (run: Scenario) => unknown;

export function mountAndPin(run: Scenario): void {
  run.by(1).mount('/a');
  run.by(1).create();
  run.by(1).pin('/a/m', 3);
}

function linkProgram(run: Scenario): void {
  run.by(1).open('/cgroup/a', 'O_DIRECTORY');
  run.by(1).loadOf('BPF_PROG_TYPE_CGROUP_SKB');
  run.by(1).link(4, 3);
}

/** By mutant: the experiment, what the reference shows, what the mutant shows. */
const experiments: Readonly<Record<string, readonly [Experiment, unknown, unknown]>> = {
  'pin-takes-no-reference': [
    (run) => {
      mountAndPin(run);
      run.by(1).close(3);
      return run.alive();
    },
    1,
    0,
  ],
  'exit-drops-pins': [
    (run) => {
      run.by(1).mount('/a');
      run.by(1).fork();
      run.by(2).create();
      run.by(2).pin('/a/m', 3);
      run.by(2).exit();
      return run.by(1).get('/a/m');
    },
    3,
    'ENOENT',
  ],
  'second-mount-new-instance': [
    (run) => {
      mountAndPin(run);
      run.by(1).mount('/b');
      return run.by(1).get('/b/m');
    },
    4,
    'ENOENT',
  ],
  'second-mount-same-instance': [
    (run) => {
      mountAndPin(run);
      run.by(1).mount('/b');
      return run.by(1).get('/b/m');
    },
    'ENOENT',
    4,
  ],
  'unlink-closes-descriptors': [
    (run) => {
      mountAndPin(run);
      run.by(1).unlink('/a/m');
      return run.by(1).close(3);
    },
    0,
    'EBADF',
  ],
  'unlink-keeps-reference': [
    (run) => {
      mountAndPin(run);
      run.by(1).unlink('/a/m');
      run.by(1).close(3);
      return run.alive();
    },
    0,
    1,
  ],
  'get-returns-other-object': [
    (run) => {
      run.by(1).create();
      run.by(1).update(3, 0, 7);
      run.by(1).close(3);
      mountAndPin(run);
      run.by(1).create();
      run.by(1).update(4, 0, 9);
      return run.by(1).lookup(Number(run.by(1).get('/a/m')), 0);
    },
    'ENOENT',
    9,
  ],
  'failed-pin-leaves-name': [
    (run) => {
      mountAndPin(run);
      return [
        run.by(1).pin('/a/n/', 3),
        run.by(1).get('/a/n'),
        run.by(1).pin('/a/a.b', 3),
        run.by(1).get('/a/a.b'),
      ];
    },
    ['ENOENT', 'ENOENT', 'EPERM', 'ENOENT'],
    ['ENOENT', 4, 'EPERM', 5],
  ],
  'umount-leaks-pins': [
    (run) => {
      mountAndPin(run);
      run.by(1).umount('/a');
      run.by(1).exit();
      return run.alive();
    },
    0,
    1,
  ],
  'fork-shares-no-count': [
    (run) => {
      run.by(1).create();
      run.by(1).fork();
      run.by(2).close(3);
      return run.alive();
    },
    1,
    0,
  ],
  'fork-shares-table': [
    (run) => {
      run.by(1).create();
      run.by(1).fork();
      run.by(2).close(3);
      return run.by(1).close(3);
    },
    0,
    'EBADF',
  ],
  'program-forgets-its-map': [
    (run) => {
      run.by(1).create();
      run.by(1).load(3);
      run.by(1).close(3);
      return run.sight().objects.map(({ kind }) => kind);
    },
    ['map', 'program'],
    ['program'],
  ],
  'usercnt-not-taken': [
    (run) => {
      mountAndPin(run);
      return [run.object(0)?.refcnt, run.object(0)?.usercnt];
    },
    [2, 2],
    [2, 1],
  ],
  'frozen-map-is-written': [
    (run) => {
      run.by(1).create();
      run.by(1).freeze(3);
      return [run.by(1).update(3, 0, 7), run.object(0)?.content?.[0], run.object(0)?.frozen];
    },
    ['EPERM', null, 1],
    [0, 7, 1],
  ],
  'id-finds-oldest': [
    (run) => {
      run.by(1).create();
      run.by(1).create();
      run.by(1).close(3);
      run.by(1).create();
      run.by(1).mapById(3);
      return run.sight().processes[0]?.descriptors.map(({ object }) => object);
    },
    [6, 5, 6],
    [6, 5, 5],
  ],
  'link-forgets-its-program': [
    (run) => {
      linkProgram(run);
      run.by(1).close(4);
      return run.sight().objects.map(({ kind }) => kind);
    },
    ['program', 'link'],
    ['link'],
  ],
  'unlinked-link-stays': [
    (run) => {
      linkProgram(run);
      run.by(1).exit();
      return run.alive();
    },
    0,
    2,
  ],
  'removed-cgroup-keeps-programs': [
    (run) => {
      run.by(1).open('/cgroup/a', 'O_DIRECTORY');
      run.by(1).loadOf('BPF_PROG_TYPE_CGROUP_SKB');
      run.by(1).attachTo(3, 4);
      run.by(1).rmdir('/cgroup/a');
      run.by(1).exit();
      return run.settle().objects.length;
    },
    0,
    1,
  ],
  'link-moves-the-name': [
    (run) => {
      mountAndPin(run);
      run.by(1).hardLink('/a/m', '/a/n');
      return run.by(1).get('/a/m');
    },
    4,
    'ENOENT',
  ],
  'moved-name-stays': [
    (run) => {
      mountAndPin(run);
      run.by(1).rename('/a/m', '/a/n');
      return run.by(1).get('/a/m');
    },
    'ENOENT',
    4,
  ],
  'info-keeps-reference': [
    (run) => {
      run.by(1).create();
      run.by(1).info(3);
      run.by(1).close(3);
      return run.alive();
    },
    0,
    1,
  ],
};

/** The experiment of a mutant, what the reference shows in it and what the mutant shows; [] for none. */
export const experimentOf = (id: string): (typeof experiments)[string] | readonly [] =>
  experiments[id] ?? [];
