import { describe, expect, it } from 'vitest';
import { parseTrace, printTrace } from './index.ts';

/** What is printed for a line once it has been read, or why it cannot be. */
function normal(line: string): string {
  const result = parseTrace(line);
  if (result.ok) return printTrace(result.trace).trimEnd();
  return result.errors.map(({ column, message }) => `${column}: ${message}`).join('\n');
}

const filter = '{tcm_parent=ingress, fd=4}';

describe('a message of rtnetlink', () => {
  it.each([
    // Numbers for names, and the flags that every message has.
    [
      '1 rtnetlink(44, {fd=4, tcm_parent=0xfffffff3}, NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE) = 0',
      '1 rtnetlink(RTM_NEWTFILTER, {tcm_parent=egress, fd=4}, NLM_F_EXCL) = 0',
    ],
    [
      `1 rtnetlink(RTM_NEWTFILTER, ${filter}, 0x105)`,
      `1 rtnetlink(RTM_NEWTFILTER, ${filter}, NLM_F_REPLACE)`,
    ],
    [
      '1 rtnetlink(45, {tcm_parent=0xfffffff2}) = -1 ENOENT',
      '1 rtnetlink(RTM_DELTFILTER, {tcm_parent=ingress}) = -1 ENOENT (No such file or directory)',
    ],
    ['1 rtnetlink(37, {kind="clsact"}) = 0', '1 rtnetlink(RTM_DELQDISC, {kind="clsact"}) = 0'],
  ])('is read as the call that it is: %s', (line, printed) => {
    expect(normal(line)).toBe(printed);
    expect(normal(printed)).toBe(printed);
  });

  it.each([
    [
      '1 rtnetlnk(RTM_DELQDISC, {kind="clsact"})',
      '3: rtnetlnk was found where a call of this specification was expected; did you mean rtnetlink?',
    ],
    [
      '1 rtnetlink()',
      '13: rtnetlink was found with 0 arguments, but rtnetlink(MESSAGE, {...}, FLAGS)',
    ],
    [
      '1 rtnetlink(RTM_DELTFILTR, {tcm_parent=ingress})',
      '13: RTM_DELTFILTR was found where a message of rtnetlink (RTM_NEWTFILTER or RTM_DELTFILTER or RTM_DELQDISC) was expected; did you mean RTM_DELTFILTER?',
    ],
    [
      '1 rtnetlink(RTM_NEWQDISC, {kind="clsact"})',
      '13: RTM_NEWQDISC was found where a message of rtnetlink (RTM_NEWTFILTER or RTM_DELTFILTER or RTM_DELQDISC) was expected; this specification has no other',
    ],
    [
      `1 rtnetlink(RTM_NEWTFILTER, ${filter})`,
      '55: RTM_NEWTFILTER was found without flags, but rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress, fd=FD}, NLM_F_EXCL), or egress, or NLM_F_REPLACE, was expected',
    ],
    [
      `1 rtnetlink(RTM_NEWTFILTER, ${filter}, NLM_F_CREATE)`,
      '57: NLM_F_CREATE was found where the flags of RTM_NEWTFILTER (NLM_F_EXCL or NLM_F_REPLACE) were expected',
    ],
    [
      `1 rtnetlink(RTM_NEWTFILTER, ${filter}, NLM_F_EXCLL)`,
      'were expected; did you mean NLM_F_EXCL?',
    ],
    [
      '1 rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingres, fd=4}, NLM_F_EXCL)',
      '41: ingres was found where the parent of a filter (ingress or egress) was expected; did you mean ingress?',
    ],
    [
      '1 rtnetlink(RTM_NEWTFILTER, {tcm_paren=ingress, fd=4}, NLM_F_EXCL)',
      '30: tcm_paren is no field of RTM_NEWTFILTER here; did you mean tcm_parent?',
    ],
    [
      '1 rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress}, NLM_F_EXCL)',
      '29: the field fd of RTM_NEWTFILTER is missing from {...}',
    ],
    ['1 rtnetlink(RTM_NEWTFILTER, 4, NLM_F_EXCL)', '29: 4 was found where the fields of RTM_NEWTF'],
    [
      '1 rtnetlink(RTM_DELTFILTER, {tcm_parent=egress, fd=4})',
      '49: fd is no field of RTM_DELTFILTER here; its fields are tcm_parent',
    ],
    [
      '1 rtnetlink(RTM_DELTFILTER, {tcm_parent=egress}, NLM_F_EXCL)',
      '50: NLM_F_EXCL was found behind the attributes of RTM_DELTFILTER, but rtnetlink(RTM_DELTFILTER, {tcm_parent=ingress}), or egress, was expected',
    ],
    [
      '1 rtnetlink(RTM_DELQDISC, {kind="ingress"})',
      '33: "ingress" was found, but the kind of a qdisc is always "clsact" here',
    ],
    ['1 rtnetlink(RTM_DELQDISC, {})', '27: the field kind of RTM_DELQDISC is missing from {...}'],
    [
      '1 RTM_NEWTFILTER(3, 4)',
      '; here it is written rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress, fd=FD}, NLM_F_EXCL)',
    ],
    [
      '1 sendto(3, [{nlmsg_len=52, nlmsg_type=RTM_NEWTFILTER}], 52, 0, NULL, 0) = 52',
      '; here it is written rtnetlink(RTM_NEWTFILTER, {tcm_parent=ingress, fd=FD}, NLM_F_EXCL), if it is',
    ],
  ])('is refused in one sentence: %s', (line, message) => {
    expect(normal(line)).toContain(message);
    expect(normal(line).split('\n')).toHaveLength(1);
  });
});
