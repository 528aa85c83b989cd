import type { Listed } from './verdict.ts';

/** Mutations that nothing notices although some state tells them apart, by the reason. */
export const listed: Listed = {
  'the call has no directory descriptor: nothing but a search starts its path in one': [
    'chdir without walk.bad-descriptor',
    'chdir without walk.not-a-directory',
    'mount without walk.bad-descriptor',
    'bind without walk.bad-descriptor',
    'bind without walk.bad-descriptor (2)',
    'umount2 without walk.bad-descriptor',
  ],
  'linkat is for root (bound.unprivileged), to whom nothing is denied': [
    'linkat without hard-link.denied',
    'linkat with hard-link.directory before hard-link.denied',
    'linkat with hard-link.unknown before hard-link.denied',
  ],
  'what is attached to a removed cgroup may be gone at any time, and then the answer is the same': [
    'BPF_PROG_ATTACH with prog-attach.other-mode before prog-attach.removed-cgroup',
    'BPF_PROG_DETACH without prog-detach.removed-cgroup',
  ],
  'to read from a socket that was reset is outside (bound.reset)': [
    'socket: connected meets peer-closed-unread -> alone',
  ],
  'it shows in the state alone, at which model/calls/filters.test.ts looks': [
    'attachment: attached meets socket-closed -> attached',
  ],
};
