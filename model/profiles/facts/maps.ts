/** Facts about maps and what is in them. */
import type { AllFacts } from './facts.types.ts';
import { commit, fromMemory, notConfirmed } from './origins.ts';

export const mapFacts = {
  arrayLookup: {
    means: 'One that is empty is ENOENT everywhere. It came when programs had ids, with 4.13.',
    values: { ENOENT: 'that there is nothing', id: 'the id of its program' },
    first: 'ENOENT',
    changes: [{ to: 'id', in: '4.13', origin: notConfirmed }],
    traces: ['observed/prog-array-clearing/lookup-from-user'],
    source:
      'kernel/bpf/arraymap.c. Observed missing on 4.4.11 and 4.6.2, there on 6.1.192 and later.',
  },
  hashFull: {
    means:
      'The answer is E2BIG. An old key is refused where elements are allocated in advance and none is to spare.',
    values: {
      'before-flags': 'a new key, before BPF_EXIST misses it',
      'after-flags': 'a new key, after that',
      'every-update': 'the new value of an old key, too',
    },
    first: 'before-flags',
    changes: [
      { to: 'every-update', in: '4.6', origin: commit('6c9059817432') },
      { to: 'after-flags', in: '4.8', origin: fromMemory('a6ed3ea65d98') },
    ],
    traces: [
      'maps/full-hash-4.4',
      'maps/full-hash-4.6',
      'maps/full-hash-6.18',
      'observed/map-ops/hash-full-update-existing',
    ],
    more: 'What is the same everywhere is in `observed/map-ops/hash-full`.',
    source:
      'kernel/bpf/hashtab.c, `htab_map_update_elem`; `check_flags` is asked before an element is taken since the elements are allocated in advance (6c9059817432, 4.6), and there is one to spare since a6ed3ea65d98 (4.8). Observed on 4.4.11, 4.6.2 and 6.1.192 and later; the order with BPF_EXIST is measured on 6.18.44 and read for 4.4.',
  },
  hashKey: {
    means: 'A stack has 512 bytes, and a longer key is E2BIG.',
    values: { 'on-stack': 'it has to', 'any-size': 'it need not' },
    first: 'on-stack',
    changes: [{ to: 'any-size', in: '5.11', origin: commit('c6bde958a62b') }],
    traces: ['maps/long-key-4.4', 'maps/long-key-6.18'],
    source:
      'kernel/bpf/hashtab.c, `htab_map_alloc_check`, without the limit since c6bde958a62b. Measured on 6.18.44, read for 4.4.',
  },
  mapsOfMaps: {
    means: 'They came with 4.12.',
    values: { none: 'their types are unknown (EINVAL)', 'built-in': 'there are' },
    first: 'none',
    changes: [{ to: 'built-in', in: '4.12', origin: fromMemory('56f668dfe00d') }],
    traces: ['maps/maps-of-maps-4.4', 'maps/map-of-maps-holds-its-map'],
    source:
      'kernel/bpf/map_in_map.c. Types that came later were observed to be unknown on 4.4.11 and 4.6.2 (`observed/map-ops/create-type-8-4-4-1`); measured on 6.18.44.',
  },
  nullKey: {
    means: 'The first key for a NULL pointer came with 4.12.',
    values: { EFAULT: 'a pointer that cannot be read', 'first-key': 'a wish for the first key' },
    first: 'EFAULT',
    changes: [{ to: 'first-key', in: '4.12', origin: fromMemory('8fe45924387b') }],
    traces: [
      'observed/map-ops/next-null-key',
      'observed/map-ops/array-next-null',
      'survival/dump-by-descriptor-after-a-get',
    ],
    more: 'More is in `observed/map-ops/`.',
    source:
      'kernel/bpf/syscall.c, `map_get_next_key`. Observed missing on 4.4.11 and 4.6.2, there on 6.1.192 and later.',
  },
} as const satisfies Partial<AllFacts>;
