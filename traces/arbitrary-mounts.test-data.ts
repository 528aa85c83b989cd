/** Any call about mounts. */
import * as fc from 'fast-check';
import { path } from './arbitrary-names.test-data.ts';

const readOnly = fc.constantFrom('none', 'MS_RDONLY');

export const mountCalls = {
  mount: fc.record(
    {
      call: fc.constant('mount'),
      target: path,
      flag: fc.constant('MS_RDONLY'),
      data: fc.oneof(fc.constantFrom('mode=0700', 'foo=1'), fc.string({ minLength: 1 })),
    },
    { requiredKeys: ['call', 'target'] },
  ),
  bind: fc.record(
    { call: fc.constant('bind'), source: path, target: path, flag: fc.constant('MS_REC') },
    { requiredKeys: ['call', 'source', 'target'] },
  ),
  move: fc.record({ call: fc.constant('move'), source: path, target: path }),
  remount: fc.record({
    call: fc.constant('remount'),
    target: path,
    what: fc.constantFrom('instance', 'MS_BIND'),
    flag: readOnly,
  }),
  'set-propagation': fc.record(
    {
      call: fc.constant('set-propagation'),
      target: path,
      type: fc.constantFrom('MS_SHARED', 'MS_SLAVE', 'MS_PRIVATE'),
      flag: fc.constant('MS_REC'),
    },
    { requiredKeys: ['call', 'target', 'type'] },
  ),
  umount2: fc.record({
    call: fc.constant('umount2'),
    target: path,
    flag: fc.constantFrom(
      'none',
      'MNT_FORCE',
      'MNT_DETACH',
      'UMOUNT_NOFOLLOW',
      'MNT_EXPIRE',
      'MNT_DETACH|MNT_EXPIRE',
    ),
  }),
  unshare: fc.constant({ call: 'unshare' }),
  'unshare-user': fc.constant({ call: 'unshare-user' }),
  'open-namespace': fc.record({
    call: fc.constant('open-namespace'),
    pid: fc.integer({ min: 1, max: 9 }),
  }),
  'bind-namespace': fc.record({
    call: fc.constant('bind-namespace'),
    pid: fc.integer({ min: 1, max: 9 }),
    target: path,
  }),
  setns: fc.record({ call: fc.constant('setns'), fd: fc.nat(40) }),
} as const;
