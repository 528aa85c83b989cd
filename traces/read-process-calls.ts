/** Calls that make and end processes. */
import type { NamedForm, Reading } from './form.ts';
import { one, removeLine, two } from './form.ts';
import { programItself } from './print-call.ts';
import { readFields, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import {
  describeValue,
  fixedNumber,
  isNull,
  isPointer,
  misfit,
  note,
  pidRange,
  readFixed,
  readInteger,
  readName,
} from './read-value.ts';
import type { Field, Value } from './syntax.types.ts';

const killSignal = { what: 'the signal', names: { SIGKILL: 9 } } as const;
const exitStatus = fixedNumber('the status of exit_group', 0, '0');

/** Memory and working directory can be shared: no call here depends on them. */
const cloneFlags = {
  what: 'the flags of clone',
  sets: ['SIGCHLD', 'CLONE_FILES|SIGCHLD'],
  bits: {
    SIGCHLD: 17,
    CLONE_VM: 0x100,
    CLONE_FS: 0x200,
    CLONE_FILES: 0x400,
    CLONE_VFORK: 0x4000,
    CLONE_PARENT_SETTID: 0x100000,
    CLONE_CHILD_CLEARTID: 0x200000,
    CLONE_CHILD_SETTID: 0x1000000,
  },
  ignored: [
    ...['CLONE_VM', 'CLONE_FS', 'CLONE_VFORK'],
    ...['CLONE_PARENT_SETTID', 'CLONE_CHILD_CLEARTID', 'CLONE_CHILD_SETTID'],
  ],
} as const satisfies FlagChoice<string>;

const cloneForm = {
  owner: 'clone',
  fields: ['flags'],
  ignored: 'child_stack stack parent_tid parent_tidptr child_tidptr tls',
} as const;

const cloneUsage = 'fork() or clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD)';

export const processForms: readonly NamedForm[] = [
  ['fork', { usage: 'fork()', counts: [0], read: () => ({ call: { call: 'fork' } }) }],
  [
    'clone',
    {
      usage: cloneUsage,
      counts: [1, 2, 3, 4, 5],
      read: readClone,
    },
  ],
  ['execve', { usage: 'execve("PATH", ["ARGUMENT"], NULL)', counts: [3], read: readExecve }],
  [
    'exit_group',
    one('exit_group(0)', (status, flaws) => {
      readFixed(status, exitStatus, flaws);
      return { call: 'exit_group' };
    }),
  ],
  [
    'kill',
    two('kill(PID, SIGKILL)', (pid, signal, flaws) => {
      const victim = readInteger(pid, pidRange, flaws);
      readName(signal, killSignal, flaws);
      return { call: 'kill', pid: victim };
    }),
  ],
];

/**
 * Whatever file is run goes on as the old program would have. Only of the program itself does the
 * specification know that it can be run.
 */
function readExecve(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [file, argv, envp] = args;
  if (!file || !argv || !envp) return null;
  // What is cut short or no text of C is a file all the same.
  if (file.kind !== 'string' && file.kind !== 'bytes') {
    misfit(file, 'the file of execve in double quotes', flaws);
  }
  if (!isStrings(argv)) {
    const found = describeValue(argv);
    note(flaws, argv.column, `${found} was found where ${argumentsForm} were expected`);
  }
  if (!isStrings(envp) && !isNull(envp) && !isPointer(envp)) {
    misfit(envp, 'the environment of execve (["NAME=VALUE"], NULL or an address)', flaws);
  }
  const call = { call: 'execve' } as const;
  if (file.kind === 'string' && file.value === programItself) return { call };
  const failed = `an execve of ${describeValue(file)} that failed was found`;
  const expected = `but whether another file can be run is outside this specification`;
  return { call, noFailure: `${failed}, ${expected}; ${removeLine}` };
}

const argumentsForm = 'the arguments of execve ["ARGUMENT"]';

/** A list that strace may have cut short. */
const isStrings = (value: Value): boolean =>
  value.kind === 'list' &&
  value.items.every(
    (item) =>
      item.kind === 'string' ||
      item.kind === 'bytes' ||
      (item.kind === 'word' && item.text === '...'),
  );

/** The C library makes a fork out of clone. */
function readClone(args: readonly Value[], end: number, flaws: Flaws): Reading | null {
  const fields = args.filter((value): value is Field => value.kind === 'field');
  const stranger = args.find(({ kind }) => kind !== 'field');
  if (stranger !== undefined) {
    const found = `${describeValue(stranger)} was found as an argument of clone`;
    note(flaws, stranger.column, `${found}; here it is written ${cloneUsage}`);
    return null;
  }
  const named = readFields({ column: end, fields }, cloneForm, flaws);
  if (!named.values.has('flags')) {
    note(flaws, end, 'clone was found without flags=FLAGS');
    return null;
  }
  const flags = readFlags(requiredField(named, 'flags', flaws), cloneFlags, flaws);
  return { call: { call: flags === 'SIGCHLD' ? 'fork' : 'clone' } };
}
