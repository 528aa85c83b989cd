import type { Call, Fd, Pid } from '../model/vocabulary/index.ts';
import type { Prospects } from './prospects.ts';
import { otherThings, programArrays, programs, sockets } from './things.ts';

/** Above the limit of every run. */
const closedFd = 9999;

const programArray: Call = {
  call: 'BPF_MAP_CREATE',
  type: 'BPF_MAP_TYPE_PROG_ARRAY',
  keySize: 4,
  valueSize: 4,
  maxEntries: 1,
};

/** Steps around one array of programs. */
export function runningTails(prospects: Prospects, pid: Pid): readonly Call[] {
  const arrays = prospects.open(pid, programArrays);
  const runnable = prospects.open(pid, programs);
  // Where other things are open the array would only be one more map.
  const isFirst = arrays.length === 0 && prospects.open(pid, otherThings).length === 0;
  return [
    ...(isFirst && runnable.length < 2 ? [programArray] : []),
    ...arrays.flatMap((fd): readonly Call[] => [
      ...runnable.map((value) => updated(fd, value)),
      // A map, and nothing at all, where a program is due.
      ...[fd, closedFd].map((value) => updated(fd, value)),
      { call: 'BPF_MAP_DELETE_ELEM', fd, key: 0 },
    ]),
    ...(arrays.length > 0 ? runnable.map((fd): Call => ({ call: 'BPF_PROG_TEST_RUN', fd })) : []),
  ];
}

function updated(fd: Fd, value: Fd): Call {
  return { call: 'BPF_MAP_UPDATE_ELEM', fd, key: 0, value, flag: 'BPF_ANY' };
}

/** Steps around one pair of sockets and one thing to send, in either direction the same. */
export function sendingOver(prospects: Prospects, pid: Pid): readonly Call[] {
  const ends = prospects.open(pid, sockets);
  const [from] = ends;
  const to = ends.at(-1);
  const open = prospects.open(pid);
  if (from === undefined || to === undefined) {
    const isAlone = prospects.running().length === 1;
    return isAlone && open.length < 2 ? [{ call: 'socketpair' }] : [];
  }
  const toSend = open.find((fd) => !ends.includes(fd)) ?? to;
  const [program] = prospects.open(pid, programs);
  return [
    { call: 'sendmsg', fd: from, fds: [toSend] },
    { call: 'recvmsg', fd: to, room: 1, flag: 'none' },
    ...(program === undefined
      ? []
      : ([
          { call: 'SO_ATTACH_BPF', fd: from, progFd: program },
          { call: 'SO_DETACH_FILTER', fd: from },
        ] as const)),
  ];
}
