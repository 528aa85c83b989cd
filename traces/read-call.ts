/** From the syntax of a call to the call, in the vocabulary of the model. */
import { bpfCommands } from './bpf-commands.ts';
import type { Form, Reading } from './form.ts';
import { one, two } from './form.ts';
import { suggestion } from './nearest.ts';
import { readBpf } from './read-bpf.ts';
import { descriptorForms } from './read-descriptor-calls.ts';
import { netlinkForms, netlinkUsage } from './read-netlink-calls.ts';
import { processForms } from './read-process-calls.ts';
import { socketForms } from './read-socket-calls.ts';
import type { Flaws } from './read-value.ts';
import {
  fixedNull,
  fixedNumber,
  fixedString,
  note,
  readFixed,
  readName,
  readPath,
} from './read-value.ts';
import type { CallSyntax, Value } from './syntax.types.ts';

/** umask 022 leaves it as it is, and root passes whatever the mode is. */
const directoryMode = fixedNumber('the mode of a new directory', 0o755, '0755');
const umountFlag = { what: 'a flag of umount2', names: { '0': 0, MNT_DETACH: 2 } } as const;
const mountFlag = { what: 'a flag of mount', names: { '0': 0, MS_BIND: 4096 } } as const;
const unshareFlag = { what: 'the flag of unshare', names: { CLONE_NEWNS: 0x20000 } } as const;
const freshSource = fixedString('the source of a fresh mount', 'bpf');
const freshType = fixedString('the type of a fresh mount', 'bpf');
const bindType = fixedNull('the type of a bind mount');
const mountData = fixedNull('the data of mount');

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['bpf', { usage: 'bpf(COMMAND, {...}, SIZE)', counts: [2, 3], read: readBpf }],
  ...descriptorForms,
  ...processForms,
  ...socketForms,
  ...netlinkForms,
  [
    'mkdir',
    two('mkdir("PATH", 0755)', (path, mode, flaws) => {
      const call = { call: 'mkdir', path: readPath(path, flaws) } as const;
      readFixed(mode, directoryMode, flaws);
      return call;
    }),
  ],
  ['rmdir', one('rmdir("PATH")', (at, flaws) => ({ call: 'rmdir', path: readPath(at, flaws) }))],
  ['unlink', one('unlink("PATH")', (at, flaws) => ({ call: 'unlink', path: readPath(at, flaws) }))],
  [
    'mount',
    {
      usage:
        'mount("bpf", "TARGET", "bpf", 0, NULL) or mount("SOURCE", "TARGET", NULL, MS_BIND, NULL)',
      counts: [5],
      read: readMount,
    },
  ],
  [
    'umount2',
    two('umount2("TARGET", 0) or umount2("TARGET", MNT_DETACH)', (path, flags, flaws) => {
      const target = readPath(path, flaws);
      const flag = readName(flags, umountFlag, flaws);
      return { call: 'umount2', target, flag: flag === 'MNT_DETACH' ? flag : 'none' };
    }),
  ],
  [
    'unshare',
    one('unshare(CLONE_NEWNS)', (flags, flaws) => {
      readName(flags, unshareFlag, flaws);
      return { call: 'unshare' };
    }),
  ],
]);

/** What other names for a call are written as here: too far away for a spelling to give them. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['clone3', 'fork() or clone(child_stack=NULL, flags=CLONE_FILES|SIGCHLD)'],
  ['vfork', 'fork()'],
  ['execveat', 'execve("PATH", ["ARGUMENT"], NULL)'],
  ['sendmmsg', 'sendmsg(FD, {...}, FLAGS)'],
  ['recvmmsg', 'recvmsg(FD, {...}, FLAGS)'],
  ['sendto', `${netlinkUsage}, if it is such a message`],
  ['RTM_NEWTFILTER', netlinkUsage],
  ['RTM_DELTFILTER', 'rtnetlink(RTM_DELTFILTER, {tcm_parent=ingress})'],
  ['RTM_DELQDISC', 'rtnetlink(RTM_DELQDISC, {kind="clsact"})'],
  ['SO_ATTACH_BPF', 'setsockopt(FD, SOL_SOCKET, SO_ATTACH_BPF, [FD], 4)'],
  ['SO_DETACH_FILTER', 'setsockopt(FD, SOL_SOCKET, SO_DETACH_FILTER, [0], 4)'],
  ['exit', 'exit_group(0)'],
  ['_exit', 'exit_group(0)'],
  ['umount', 'umount2("TARGET", 0)'],
  ['mkdirat', 'mkdir("PATH", 0755)'],
  ['unlinkat', 'unlink("PATH")'],
  ['bind', 'mount("SOURCE", "TARGET", NULL, MS_BIND, NULL)'],
  ...bpfCommands.map((name) => [name, `bpf(${name}, {...}, SIZE)`] as const),
]);

/** The call that a line holds; null, with a flaw noted, if it is none that the model knows. */
export function readCall(syntax: CallSyntax, flaws: Flaws): Reading | null {
  const { name, args, column, end } = syntax;
  const form = forms.get(name);
  if (form === undefined) {
    const other = otherNames.get(name);
    const hint =
      other === undefined ? suggestion(name, [...forms.keys()]) : `; here it is written ${other}`;
    const known = hint === '' ? `; known are ${[...forms.keys()].join(', ')}` : hint;
    note(
      flaws,
      column,
      `${name} was found where a call of this specification was expected${known}`,
    );
    return null;
  }
  if (!form.counts.includes(args.length)) {
    const counted = `${args.length} argument${args.length === 1 ? '' : 's'}`;
    note(flaws, end, `${name} was found with ${counted}, but ${form.usage} was expected`);
    return null;
  }
  return form.read(args, end, flaws);
}

function readMount(args: readonly Value[], _end: number, flaws: Flaws): Reading | null {
  const [source, target, type, flags, data] = args;
  if (!source || !target || !type || !flags || !data) return null;
  const flag = readName(flags, mountFlag, flaws);
  if (flag === undefined) return null;
  readFixed(data, mountData, flaws);
  if (flag === 'MS_BIND') {
    readFixed(type, bindType, flaws);
    const from = readPath(source, flaws);
    return { call: { call: 'bind', source: from, target: readPath(target, flaws) } };
  }
  readFixed(source, freshSource, flaws);
  readFixed(type, freshType, flaws);
  return { call: { call: 'mount', target: readPath(target, flaws) } };
}
