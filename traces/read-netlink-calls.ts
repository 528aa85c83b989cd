/**
 * rtnetlink(MESSAGE, {attributes}, FLAGS): a message of rtnetlink about the device lo and its answer.
 * On a kernel it is a message that is sent and one that is received, which strace prints as such.
 */
import type { Direction, NewFilter } from '../model/vocabulary/index.ts';
import { foreignMessages } from './foreign-names.ts';
import type { NamedForm, Reading } from './form.ts';
import { descriptor } from './form.ts';
import type { FieldsForm } from './read-fields.ts';
import { readBraces, requiredField } from './read-fields.ts';
import type { FlagChoice } from './read-flags.ts';
import { readFlags } from './read-flags.ts';
import type { Flaws } from './read-value.ts';
import { describeValue, fixedString, note, readFixed, readName } from './read-value.ts';
import type { Value } from './syntax.types.ts';

const message = {
  what: 'a message of rtnetlink',
  names: { RTM_NEWTFILTER: 44, RTM_DELTFILTER: 45, RTM_DELQDISC: 37 },
  foreign: foreignMessages,
} as const;

/** The two places of clsact: TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS), and TC_H_MIN_EGRESS. */
const parent = {
  what: 'the parent of a filter',
  names: { ingress: 0xfffffff2, egress: 0xfffffff3 },
} as const;

/** Every message asks, and asks for an answer. */
const newFlags = {
  what: 'the flags of RTM_NEWTFILTER',
  sets: ['NLM_F_EXCL', 'NLM_F_REPLACE'],
  bits: {
    NLM_F_REQUEST: 0x1,
    NLM_F_ACK: 0x4,
    NLM_F_REPLACE: 0x100,
    NLM_F_EXCL: 0x200,
    NLM_F_CREATE: 0x400,
    NLM_F_APPEND: 0x800,
  },
  ignored: ['NLM_F_REQUEST', 'NLM_F_ACK', 'NLM_F_CREATE'],
} as const satisfies FlagChoice<string>;

const qdiscKind = fixedString('the kind of a qdisc', 'clsact');

const newFilter: FieldsForm = { owner: 'RTM_NEWTFILTER', fields: ['tcm_parent', 'fd'] };
const delFilter: FieldsForm = { owner: 'RTM_DELTFILTER', fields: ['tcm_parent'] };
const delQdisc: FieldsForm = { owner: 'RTM_DELQDISC', fields: ['kind'] };

const newUsage =
  'rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress, fd=FD}, NLM_F_EXCL), or egress, or NLM_F_REPLACE,';
const delUsages = {
  RTM_DELTFILTER: 'rtnetlink(RTM_DELTFILTER, {tcm_parent=ingress}), or egress,',
  RTM_DELQDISC: 'rtnetlink(RTM_DELQDISC, {kind="clsact"})',
} as const;

/** How messages are written here, for those who look for them elsewhere. */
export const netlinkUsage = 'rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress, fd=FD}, NLM_F_EXCL)';

export const netlinkForms: readonly NamedForm[] = [
  ['rtnetlink', { usage: 'rtnetlink(MESSAGE, {...}, FLAGS)', counts: [2, 3], read: readNetlink }],
];

function readNetlink(args: readonly Value[], end: number, flaws: Flaws): Reading | null {
  const [name, attributes, flags] = args;
  if (!name || !attributes) return null;
  const chosen = readName(name, message, flaws);
  if (chosen === undefined) return null;
  if (chosen === 'RTM_NEWTFILTER') return readNewFilter(attributes, flags, end, flaws);
  if (flags !== undefined) {
    const found = `${describeValue(flags)} was found behind the attributes of ${chosen}`;
    note(flaws, flags.column, `${found}, but ${delUsages[chosen]} was expected`);
  }
  if (chosen === 'RTM_DELTFILTER') {
    const from = readBraces(attributes, delFilter, flaws);
    const direction = readDirection(requiredField(from, 'tcm_parent', flaws), flaws);
    return { call: { call: chosen, direction } };
  }
  const from = readBraces(attributes, delQdisc, flaws);
  readFixed(requiredField(from, 'kind', flaws), qdiscKind, flaws);
  return { call: { call: chosen } };
}

function readNewFilter(
  attributes: Value,
  flags: Value | undefined,
  end: number,
  flaws: Flaws,
): Reading | null {
  if (flags === undefined) {
    note(flaws, end, `RTM_NEWTFILTER was found without flags, but ${newUsage} was expected`);
    return null;
  }
  const from = readBraces(attributes, newFilter, flaws);
  const call: NewFilter = {
    call: 'RTM_NEWTFILTER',
    direction: readDirection(requiredField(from, 'tcm_parent', flaws), flaws),
    progFd: descriptor(requiredField(from, 'fd', flaws), flaws),
    flag: readFlags(flags, newFlags, flaws) ?? 'NLM_F_EXCL',
  };
  return { call };
}

const readDirection = (value: Value, flaws: Flaws): Direction =>
  readName(value, parent, flaws) ?? 'ingress';
