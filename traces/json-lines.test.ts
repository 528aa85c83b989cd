import { describe, expect, it } from 'vitest';
import { parseTrace, traceFromJsonLines, traceToJsonLines } from './index.ts';

const text = `#: title: two
# a pin
1 bpf(BPF_OBJ_GET, {pathname="/mnt/a/m"}, 16) = -1 ENOENT
1 fork()
# the end
`;

const lines = `{"header":{"key":"title","value":"two"}}
{"comment":"a pin"}
{"step":{"pid":1,"call":{"call":"BPF_OBJ_GET","path":"/mnt/a/m"}},"outcome":{"ok":false,"errno":"ENOENT"}}
{"step":{"pid":1,"call":{"call":"fork"}}}
{"comment":"the end"}
`;

/** A raw call with these keys, which are those of a JSON object. */
const raw = (keys: string): string =>
  keys.replace('{', '{"step":{"pid":1,"call":{"call":"bpf",') + '}}';

/** A raw call of one field. */
const attr = (field: string): string => raw(`{"command":6,"attr":[{${field}}],"size":12}`);

describe('the JSON lines of a trace', () => {
  it('hold the events in the shapes of the vocabulary', () => {
    const trace = parseTrace(text);
    expect(trace.ok && traceToJsonLines(trace.trace)).toBe(lines);
  });

  it('leave the type of a socket filter out', () => {
    const load = (type: string): string =>
      `{"step":{"pid":1,"call":{"call":"BPF_PROG_LOAD",${type}"mapFd":null}}}\n`;
    const read = (line: string): string | false => {
      const trace = traceFromJsonLines(line);
      return trace.ok && traceToJsonLines(trace.trace);
    };
    expect(read(load('"type":"BPF_PROG_TYPE_SOCKET_FILTER",'))).toBe(load(''));
    const classifier = load('"type":"BPF_PROG_TYPE_SCHED_CLS",');
    expect(read(classifier)).toBe(classifier);
  });

  it('are read back', () => {
    const trace = traceFromJsonLines(lines);
    expect(trace.ok && traceToJsonLines(trace.trace)).toBe(lines);
  });

  it.each([
    ['{', 'this line is not JSON'],
    ['3', '$: 3 was found where an object with step, outcome was expected'],
    ['{"stpe":{}}', '$: the unknown key "stpe" was found; did you mean step?'],
    ['{"outcome":{"ok":true,"value":0}}', '$: the key "step" is missing'],
    ['{"step":{"pid":0,"call":{"call":"fork"}}}', '$.step.pid: 0 was found where a process'],
    ['{"step":{"pid":1,"call":{"call":"forc"}}}', '$.step.call.call: "forc" was found'],
    ['{"step":{"pid":1,"call":7}}', '$.step.call.call: nothing was found'],
    [
      '{"step":{"pid":1,"call":{"call":"close","fd":1.5}}}',
      '$.step.call.fd: 1.5 was found where a descriptor',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"close","fd":3,"id":1}}}',
      '$.step.call: the unknown key "id" was found',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"mkdir","path":"a\\u0000b"}}}',
      '$.step.call.path: "a\\u0000b" was found where a path (a string) was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"umount2","target":null,"flag":"MNT_EXPIRED"}}}',
      '$.step.call.flag: "MNT_EXPIRED" was found where one of none, MNT_FORCE, MNT_DETACH, UMOUNT_NOFOLLOW, MNT_EXPIRE, MNT_DETACH|MNT_EXPIRE was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"fork"}},"outcome":{"ok":true,"errno":"EPERM"}}',
      '$.outcome.ok: true with a value, or false with an errno, was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"fork"}},"outcome":{"ok":false,"errno":"EWHAT"}}',
      '$.outcome.errno: "EWHAT" is no error of this specification',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"fork"}},"outcome":{"ok":true,"value":-1}}',
      '$.outcome.value: -1 was found',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"sendmsg","fd":3,"fds":[]}}}',
      '$.step.call.fds: [] was found where an array of one or two descriptors was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"sendmsg","fd":3,"fds":[4,"5"]}}}',
      '$.step.call.fds[1]: "5" was found where a descriptor',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"recvmsg","fd":3,"room":3,"flag":"none"}}}',
      '$.step.call.room: 3 was found where room for 0, 1 or 2 descriptors was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"fcntl","fd":3,"command":"F_SETFD","argument":2}}}',
      '$.step.call.argument: 2 was found where the flags of a descriptor',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"close","fd":3,"innerFd":1}}}',
      '$.step.call: the unknown key "innerFd" was found',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"socketpair"}},"outcome":{"ok":true,"value":16777216}}',
      '$.outcome.value: 16777216 was found where two descriptors in one number',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"recvmsg","fd":3,"room":1,"flag":"none"}},"outcome":{"ok":true,"value":5}}',
      '$.outcome.value: 5 was found where what recvmsg brings, or 0, was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_MAP_LOOKUP_ELEM","fd":3,"key":"a"}}}',
      '$.step.call.key: "a" was found where the key (a number from 0',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_OBJ_GET_INFO_BY_FD","fd":3}},"outcome":{"ok":true,"value":90194313210}}',
      '$.outcome.value: 90194313210 was found where what is told of an object',
    ],
    [
      // A max_entries of 2 ** 32.
      '{"step":{"pid":1,"call":{"call":"BPF_OBJ_GET_INFO_BY_FD","fd":3}},"outcome":{"ok":true,"value":30064771073}}',
      '$.outcome.value: 30064771073 was found where what is told of a map, a program or a link was',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_OBJ_GET_INFO_BY_FD","fd":3}},"outcome":{"ok":true,"value":20}}',
      '$.outcome.value: 20 was found where what is told of a map, a program or a link was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_PROG_LOAD","type":"BPF_PROG_TYPE_XDP","mapFd":null}}}',
      '$.step.call.type: "BPF_PROG_TYPE_XDP" was found where one of BPF_PROG_TYPE_SOCKET_FILTER, ',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_PROG_ATTACH","targetFd":3,"progFd":4,"flag":"BPF_F_REPLACE"}}}',
      '$.step.call.flag: "BPF_F_REPLACE" was found where one of none, BPF_F_ALLOW_MULTI was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_LINK_CREATE","targetFd":3,"fd":4}}}',
      '$.step.call: the unknown key "fd" was found',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"RTM_DELTFILTER","direction":"both"}}}',
      '$.step.call.direction: "both" was found where one of ingress, egress was expected',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_LINK_GET_NEXT_ID","id":0}},"outcome":{"ok":true,"value":0}}',
      '$.outcome.value: 0 was found where the id of an object',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_MAP_GET_FD_BY_ID","id":65536}}}',
      '$.step.call.id: 65536 was found where the id of an object, counted from 1',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_PROG_GET_NEXT_ID"}}}',
      '$.step.call: the key "id" is missing',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_PROG_GET_NEXT_ID","id":0}},"outcome":{"ok":true,"value":65536}}',
      '$.outcome.value: 65536 was found where the id of an object',
    ],
    [
      '{"step":{"pid":1,"call":{"call":"BPF_MAP_GET_NEXT_ID","id":0}},"outcome":{"ok":true,"value":0}}',
      '$.outcome.value: 0 was found where the id of an object',
    ],
    [raw('{"attr":[],"size":0}'), '$.step.call: the key "command" is missing'],
    [raw('{"command":-1,"attr":[],"size":0}'), '$.step.call.command: -1 was found where a command'],
    [raw('{"command":0,"attr":[],"size":-1}'), '$.step.call.size: -1 was found where the size of'],
    [raw('{"command":0,"attr":"a","size":0}'), '$.step.call.attr: "a" was found where an array of'],
    [raw('{"command":0,"attr":65536,"size":0}'), '$.step.call.attr: 65536 was found where an addr'],
    [raw('{"command":0,"attr":[3],"size":0}'), '$.step.call.attr[0]: 3 was found where an object'],
    [
      attr('"offset":-1,"width":4,"value":0'),
      '[0].offset: -1 was found where an offset (a number from 0 on) was expected',
    ],
    [
      attr('"offset":4200,"width":1,"value":0'),
      '$.step.call.attr[0]: u8_4200 ends at 4201, but raw attributes end at 4200 at the latest',
    ],
    [
      attr('"offset":1234567890,"width":1,"value":0'),
      '$.step.call.attr[0]: u8_1234567890 ends at 1234567891, but raw attributes end at 4200',
    ],
    [attr('"offset":0,"width":2,"value":0'), '[0].width: 2 was found where 1, 4 or 8 was expected'],
    [attr('"offset":0,"width":1,"value":256'), '[0].value: 256 was found where the u8_0 (a number'],
    [attr('"offset":0,"width":8,"value":65536'), '[0].value: 65536 was found where the u64_0'],
    [attr('"offset":0,"width":8,"value":"\\u0000"'), '[0].value: "\\u0000" was found where a text'],
    [attr('"offset":0,"width":8,"value":[]'), '[0].value[0]: nothing was found where a word'],
    [
      attr('"offset":0,"width":8,"value":[1,2]'),
      '[0].value: [1,2] was found where an array of one',
    ],
    [
      attr('"offset":4,"width":4,"value":0},{"offset":0,"width":1,"value":0'),
      '$.step.call.attr[1]: u8_0 was found behind u32_4, but fields were expected in the order',
    ],
    ['{"comment":3}', '$.comment: 3 was found where a text of one line (a string) was expected'],
    ['{"header":{"key":"A","value":"b"}}', 'this header line has no key or no value'],
    ['{"header":{"key":"a"}}', '$.header: the key "value" is missing'],
  ])('are refused as %s', (line, message) => {
    const result = traceFromJsonLines(`{"comment":""}\n${line}`);
    const errors = result.ok ? [] : result.errors;
    expect(errors.map((error) => [error.line, error.column])).toEqual([[2, 1]]);
    expect(errors[0]?.message).toContain(message);
  });
});
