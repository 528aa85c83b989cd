/** Why a walk stopped. */
export const fault = {
  none: 0,
  missing: 1,
  notDirectory: 2,
  dotted: 3,
  nameTooLong: 4,
  loop: 5,
  cgroup: 6, // perhaps a file of a cgroup
  denied: 7,
  machine: 8, // whether a symbolic link is followed depends on the machine
  badDescriptor: 9,
  nowhere: 10, // an open file that is in no tree
  namespaceFile: 12, // at a bind mount of the file of a namespace
  outside: 11, // from a directory that the state does not know, or of another namespace's host tree
} as const;
