/** From the syntax of a call to the call, in the vocabulary of the model. */
import { bpfCommands } from './bpf-commands.ts';
import type { Form, Reading } from './form.ts';
import { removeLine } from './form.ts';
import { suggestion } from './nearest.ts';
import { readBpf } from './read-bpf.ts';
import { descriptorForms } from './read-descriptor-calls.ts';
import { mountForms } from './read-mount-calls.ts';
import { nameForms } from './read-name-calls.ts';
import { statForms } from './read-stat.ts';
import { netlinkForms, netlinkUsage } from './read-netlink-calls.ts';
import { permissionForms } from './read-permission-calls.ts';
import { processForms } from './read-process-calls.ts';
import { listingForms } from './read-listing.ts';
import { touchingForms } from './read-touching.ts';
import { socketForms } from './read-socket-calls.ts';
import type { Flaws } from './read-value.ts';
import { note } from './read-value.ts';
import type { CallSyntax } from './syntax.types.ts';

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['bpf', { usage: 'bpf(COMMAND, {...}, SIZE)', counts: [2, 3], read: readBpf }],
  ...descriptorForms,
  ...processForms,
  ...socketForms,
  ...netlinkForms,
  ...nameForms,
  ...statForms,
  ...touchingForms,
  ...listingForms,
  ...permissionForms,
  ...mountForms,
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
  ['faccessat', 'access("PATH", W_OK)'],
  ['faccessat2', 'access("PATH", W_OK)'],
  ['fchmodat', 'chmod("PATH", MODE)'],
  ['fchownat', 'chown("PATH", 65534, 65534)'],
  ['setuid', 'setresuid(65534, 65534, 65534)'],
  ['bind', 'mount("SOURCE", "TARGET", NULL, MS_BIND, NULL)'],
  ['move', 'mount("SOURCE", "TARGET", NULL, MS_MOVE, NULL)'],
  ['remount', 'mount(NULL, "TARGET", NULL, MS_REMOUNT, NULL)'],
  ['set-propagation', 'mount(NULL, "TARGET", NULL, MS_SHARED, NULL)'],
  ...bpfCommands.map((name) => [name, `bpf(${name}, {...}, SIZE)`] as const),
]);

/** Calls that are no slips for others of similar names: nothing here asks what they ask. */
const onlyLooking: ReadonlySet<string> = new Set(['lstat', 'fstat', 'readlink', 'readlinkat']);

/** The call that a line holds; null, with a flaw noted, if it is none that the model knows. */
export function readCall(syntax: CallSyntax, flaws: Flaws): Reading | null {
  const { name, args, column, end } = syntax;
  const form = forms.get(name);
  if (form === undefined) {
    const found = `${name} was found where a call of this specification was expected`;
    note(flaws, column, `${found}${hintAt(name)}`);
    return null;
  }
  if (!form.counts.includes(args.length)) {
    const counted = `${args.length} argument${args.length === 1 ? '' : 's'}`;
    note(flaws, end, `${name} was found with ${counted}, but ${form.usage} was expected`);
    return null;
  }
  return form.read(args, end, flaws);
}

/** The end of a sentence about a call that is none here. */
function hintAt(name: string): string {
  if (onlyLooking.has(name)) return `; ${removeLine}`;
  const other = otherNames.get(name);
  if (other !== undefined) return `; here it is written ${other}`;
  const names = [...forms.keys()];
  const guess = suggestion(name, names);
  return guess === '' ? `; known are ${names.join(', ')}` : guess;
}
