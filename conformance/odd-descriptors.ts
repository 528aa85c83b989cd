import type { Call, Fd } from '../model/vocabulary/index.ts';

/** Calls with descriptors that are wrong: standard ones, closed ones, and no descriptors at all. */
export function wrongDescriptors(open: readonly Fd[], directory: string): readonly Call[] {
  const closed = 3 + open.length;
  const [right = closed] = open;
  return [0, closed, -1, 9999].flatMap((fd): readonly Call[] => [
    ...onObjects(fd, directory),
    ...onSockets(fd, right),
    ...(fd === 0 ? [] : onClosed(fd, right)),
  ]);
}

function onObjects(fd: Fd, directory: string): readonly Call[] {
  return [
    { call: 'BPF_OBJ_PIN', path: `${directory}/y`, fd },
    { call: 'BPF_OBJ_PIN', path: `${directory}/missing/y`, fd },
    { call: 'BPF_OBJ_PIN', path: null, fd },
    { call: 'BPF_MAP_UPDATE_ELEM', fd, key: 0, value: 1, flag: 'BPF_ANY' },
    { call: 'BPF_MAP_LOOKUP_ELEM', fd, key: 0 },
    { call: 'BPF_MAP_DELETE_ELEM', fd, key: 0 },
    { call: 'BPF_MAP_GET_NEXT_KEY', fd, key: null },
    { call: 'BPF_PROG_LOAD', mapFd: fd },
    { call: 'BPF_PROG_TEST_RUN', fd },
    ofMaps(fd),
  ];
}

function ofMaps(innerFd: Fd): Call {
  const type = 'BPF_MAP_TYPE_ARRAY_OF_MAPS';
  return { call: 'BPF_MAP_CREATE', type, keySize: 4, valueSize: 4, maxEntries: 1, innerFd };
}

function onSockets(fd: Fd, right: Fd): readonly Call[] {
  return [
    { call: 'sendmsg', fd, fds: [right] },
    { call: 'sendmsg', fd: right, fds: [fd] },
    { call: 'recvmsg', fd, room: 1, flag: 'none' },
    { call: 'SO_ATTACH_BPF', fd, progFd: right },
    { call: 'SO_ATTACH_BPF', fd: right, progFd: fd },
    { call: 'SO_DETACH_FILTER', fd },
  ];
}

function onClosed(fd: Fd, right: Fd): readonly Call[] {
  return [
    { call: 'close', fd },
    { call: 'dup', fd },
    { call: 'dup2', fd, to: right },
    { call: 'dup3', fd, to: right, flag: 'none' },
    { call: 'dup3', fd, to: fd, flag: 'none' },
    { call: 'fcntl', fd, command: 'F_DUPFD', argument: 0 },
    { call: 'fcntl', fd, command: 'F_GETFD', argument: 0 },
    ...(fd === -1 || fd === 9999
      ? ([
          { call: 'dup2', fd: right, to: fd },
          { call: 'fcntl', fd: right, command: 'F_DUPFD', argument: fd },
        ] as const)
      : []),
  ];
}
