/** Cases about objects, what is asked of them, and what loaders do with them. */
import { of } from './case.test-data.ts';
import type { Theme } from './case.test-data.ts';

export const objects: readonly Theme[] = [
  {
    theme: 'Program arrays',
    cases: [
      of(
        'In the first version, any file that was closed emptied a pinned array (fixed by c9da161c6517)',
        'tail-calls/emptied-at-any-release-2015',
        'tail-calls/kept-while-any-user-is-left',
      ),
      of(
        'An array that only programs hold is emptied',
        'tail-calls/closed-array-is-emptied',
        'tail-calls/programs-go-with-an-unpinned-array',
        'ids/closed-array-is-empty-when-opened-again',
      ),
      of(
        'An array and a program that hold each other end, since the slots are cleared',
        'tail-calls/array-and-program-hold-each-other',
      ),
      of(
        'A slot holds its program after the last descriptor of it',
        'tail-calls/programs-survive-through-a-pinned-array',
        'tail-calls/pinned-array-keeps-its-programs',
      ),
      of(
        'An array belongs to the type of its first program, or of the first that uses it, even when it is empty again',
        'traffic-filters/program-array-belongs-to-a-type',
      ),
      of('ENOTSUPP, 524, reaches users', 'errors/inner-program-array'),
    ],
  },
  {
    theme: 'Counts',
    cases: [
      of(
        'At the limit of references a pin says EINVAL and a get EBUSY',
        'counts/reference-limit-4.6',
        'counts/reference-limit-of-programs-4.6',
      ),
      of(
        'A get that finds no free descriptor leaves nothing behind',
        'counts/gets-that-find-no-descriptor',
        'counts/descriptor-limit',
        'links/no-descriptor-for-a-link',
      ),
      of(
        'A hard link keeps the object, which is let go once when the last name goes',
        'names/hard-link-keeps-the-map-alive',
        'names/one-of-two-hard-links-goes',
      ),
      of(
        'An object is opened by its id as long as anything holds it; ids are not given again at once',
        'ids/map-of-a-program-is-opened-again',
        'ids/no-id-is-given-twice',
      ),
      of('SIGKILL lets go as close does', 'survival/killed-creator'),
    ],
  },
  {
    theme: 'Errors and their order',
    cases: [
      of('What is no pin is not got: EACCES', 'names/get-wants-a-pin', 'measured/get/paths'),
      of(
        'Fields that a command does not have: EINVAL within the attributes of the kernel, E2BIG behind them',
        'measured/get/attributes',
        'measured/pin/attributes',
        'errors/bytes-that-nobody-knows-4.4',
        'errors/bytes-that-nobody-knows-6.18',
      ),
      of(
        'A pin of a descriptor that is closed: EBADF, later EINVAL; before the path is read, or behind that',
        'errors/pin-bad-descriptor-4.4',
        'errors/pin-bad-descriptor-6.18',
      ),
      of('A deletion whose attributes still hold a value is refused', 'errors/delete-with-a-value'),
    ],
  },
  {
    theme: 'Descriptors on their way',
    cases: [
      of(
        'What the kernel makes closes on exec; what is duplicated or received stays open',
        'sockets/received-descriptors-stay-open-on-exec',
        'survival/exec-keeps-a-duplicate',
      ),
      of(
        'Descriptors that find no room in a message are dropped, those that fit arrive',
        'sockets/descriptors-that-find-no-room',
      ),
    ],
  },
  {
    theme: 'What loaders did',
    cases: [
      of(
        'bpftool mounted a bpffs over the parent of the directory that it was given',
        'singleton/mount-over-the-parent-hides-the-pins',
      ),
      of(
        'iproute2 took EEXIST of a pin for success, and the loser of a race went on with a map of its own',
        'survival/loser-of-a-race-goes-on-alone',
      ),
      of(
        'cilium met the `:pending` name of a migration that was interrupted',
        'renames/pending-name-that-was-left-behind',
      ),
      of(
        'cilium/ebpf: a first pin is refused where a name is taken, a second one took it by rename; none leads between instances',
        'renames/pinning-again-under-another-name',
        'renames/not-between-mounts',
      ),
      of(
        'eBPF for Windows: spellings of one path, and a link that ends with the last descriptor of its program; Linux does neither',
        'names/one-name-in-several-spellings',
        'links/pinned-link-survives-its-creator',
        'links/detached-link-keeps-its-program',
      ),
    ],
  },
];
