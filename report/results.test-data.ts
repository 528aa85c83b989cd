/** Results as tests print them: one of every kind that reports tell apart. */
import type { CheckReport, DeviationReport, Paint, ScopeReport } from './index.ts';

/** A search that was made for itself, and kept no numbers. */
const plainly = { searchedAs: null, symmetry: 'on', restrictions: [], coverage: null } as const;

/** Shows where colours would be. */
export const tagged: Paint = {
  good: (text) => `<good>${text}</good>`,
  bad: (text) => `<bad>${text}</bad>`,
  doubtful: (text) => `<doubtful>${text}</doubtful>`,
  heading: (text) => `<heading>${text}</heading>`,
  faint: (text) => `<faint>${text}</faint>`,
};

export const passing: ScopeReport = {
  scope: 'survival',
  profile: 'linux-4.4',
  ...plainly,
  verdict: 'pass',
  limit: null,
  counts: { states: 43_779, transitions: 979_291, attempts: 0, depth: 14 },
  properties: ['survival-after-exit', 'alive-iff-held'],
  violations: [],
  goals: [
    { goal: 'object-dies', steps: 2 },
    { goal: 'map-reopened-through-its-pin', steps: 5 },
  ],
  unreached: [],
  neverTaken: [],
};

export const vacuous: ScopeReport = {
  ...passing,
  scope: 'errors',
  searchedAs: 'linux-4.6',
  restrictions: ['objects, as a call asks for the next id', 'names, which are not all tried alike'],
  coverage: {
    clauses: { reached: 2, of: 3 },
    unreached: ['create.key-size'],
    transitions: { reached: 24, of: 68 },
  },
  verdict: 'fail',
  counts: { states: 1, transitions: 1000, attempts: 2_387_061, depth: 0 },
  goals: [
    { goal: 'object-dies', steps: null },
    { goal: 'program-pinned', steps: 3 },
  ],
  unreached: ['object-dies'],
  neverTaken: ['dup', 'release-map'],
};

export const violated: ScopeReport = {
  ...passing,
  scope: 'singleton',
  profile: 'linux-4.4 with instance=per-mount',
  verdict: 'fail',
  violations: [
    {
      property: 'alive-iff-held',
      title: 'An object is alive exactly while something holds it.',
      steps: 1,
      trace: ['#: title: singleton', '# release-map of object 2', '1 close(3) = 0'],
    },
    {
      property: 'survival-after-exit',
      title: 'The end of a process takes no pin.',
      steps: 2,
      trace: ['1 fork() = 2', '2 exit_group(0) = ?'],
    },
  ],
  goals: [{ goal: 'object-dies', steps: null }],
};

export const unfinished = (limit: NonNullable<ScopeReport['limit']>): ScopeReport => ({
  ...passing,
  profile: 'linux-6.18',
  ...plainly,
  verdict: 'inconclusive',
  limit,
  neverTaken: ['umount2'],
  goals: [{ goal: 'object-dies', steps: null }],
});

export const deviations: readonly DeviationReport[] = [
  {
    id: 'singleton-per-namespace',
    of: 'property',
    title: 'A mount namespace makes at most one instance at a time.',
    kind: 'property',
    text: 'A mount namespace makes at most one instance at a time.',
    call: '1 mount("bpf", "/mnt/b", "bpf", 0, NULL)',
    answer: '0',
    allowed: [{ answer: '0', clause: 'mount.ok', source: null }],
    runs: 104,
    calls: 2,
    repeatable: 'yes',
    trace: [
      '#: title: linux deviates',
      '1 mount("bpf", "/mnt/a", "bpf", 0, NULL) = 0',
      '1 mount("bpf", "/mnt/b", "bpf", 0, NULL) = 0',
      '# A mount namespace makes at most one instance at a time.',
    ],
    file: 'deviations/linux.linux-4-4.singleton-per-namespace-1.trace',
  },
  {
    id: 'singleton-per-namespace',
    of: 'property',
    title: 'A mount namespace makes at most one instance at a time.',
    kind: 'outcome',
    text: 'answered ENOENT, allowed is 4 (get.ok)',
    call: null,
    answer: null,
    allowed: [],
    runs: 1,
    calls: 1,
    repeatable: 'no',
    trace: [`1 unlink("/${'long/'.repeat(800)}x") = -1 ENOENT (No such file or directory)`],
    file: null,
  },
  {
    id: 'pin.fd-closed',
    of: 'clause',
    title: null,
    kind: 'outcome',
    text: 'answered EINVAL, allowed is EBADF (pin.fd-closed) or 0 (pin.ok)',
    call: '1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/y", bpf_fd=3}, 16)',
    answer: '-1 EINVAL (Invalid argument)',
    allowed: [
      {
        answer: '-1 EBADF (Bad file descriptor)',
        clause: 'pin.fd-closed',
        source: 'kernel/bpf/syscall.c, bpf_obj_pin',
      },
      { answer: '0', clause: 'pin.ok', source: null },
    ],
    runs: 1391,
    calls: 1,
    repeatable: 'yes',
    trace: [
      '1 bpf(BPF_OBJ_PIN, {pathname="/mnt/a/y", bpf_fd=3}, 16) = -1 EINVAL (Invalid argument)',
    ],
    file: 'deviations/linux.linux-4-4.pin.fd-closed-1.trace',
  },
];

const campaign: CheckReport['campaign'] = {
  verdict: 'conforms',
  profile: 'linux-6.18',
  implementation: { name: 'linux', version: '6.18.44' },
  seed: 1,
  runs: { traces: null, short: 2500, random: 2000 },
  exhaustiveUpTo: 3,
  compared: 76_341,
  skipped: [],
  judgedProperties: ['survival-after-exit', 'alive-iff-held'],
  notObservable: [],
  deviations: [],
  inconclusive: [],
  covered: [{ of: 'pin.ok', count: 12 }],
  ended: 'complete',
};

export const conforming: CheckReport = {
  target: 'reference',
  profile: 'linux-4.4',
  profileOrigin: 'given',
  reasons: [],
  campaign: { ...campaign, implementation: { name: 'reference', version: 'linux-4.4' } },
  deviations: [],
};

export const partlyBlind: CheckReport = {
  target: 'linux',
  profile: 'linux-6.18',
  profileOrigin: 'detected',
  reasons: ['linux-4.4: 5 switches agree, 34 differ, 1 undecided'],
  campaign: {
    ...campaign,
    skipped: [
      { of: 'bind is not declared', count: 17 },
      { of: 'calls by id: this kernel lists no objects: take another.', count: 3 },
    ],
    notObservable: [{ property: 'refcount-equals-holders', missing: ['counts', 'holders'] }],
    hides: [
      { fields: ['counts', 'holders'], reason: 'This kernel shows no counts: take another.' },
    ],
  },
  deviations: [],
};

export const deviating: CheckReport = {
  ...partlyBlind,
  profile: 'linux-4.4',
  profileOrigin: 'given',
  reasons: [],
  campaign: { ...campaign, verdict: 'deviates' },
  deviations,
};

export const outcomesOnly: CheckReport = {
  ...conforming,
  target: 'exec:./mine',
  campaign: {
    ...campaign,
    verdict: 'inconclusive',
    implementation: { name: 'mine', version: '2' },
    runs: { traces: null, short: 1, random: 0 },
    exhaustiveUpTo: 0,
    compared: 0,
    judgedProperties: [],
    inconclusive: [{ of: 'bound.objects', count: 1 }],
    ended: 'stopped',
  },
};
