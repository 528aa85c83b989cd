/** Any call about permissions, and anything that statx can show. */
import * as fc from 'fast-check';
import { statxValue } from '../model/vocabulary/index.ts';
import { path } from './arbitrary-names.test-data.ts';

const user = fc.constantFrom(0, 65534);

export const permissionCalls = {
  umask: fc.record({ call: fc.constant('umask'), mask: fc.nat(0o777) }),
  chmod: fc.record({ call: fc.constant('chmod'), path, mode: fc.nat(0o7777) }),
  chown: fc.record({ call: fc.constant('chown'), path, owner: user }),
  setresuid: fc.record({ call: fc.constant('setresuid'), uid: user }),
  access: fc.record({
    call: fc.constant('access'),
    path,
    mode: fc.constantFrom('F_OK', 'R_OK', 'W_OK', 'X_OK'),
  }),
  statx: fc.record({ call: fc.constant('statx'), path }),
} as const;

export const shownByStatx = fc
  .record({ kind: fc.constantFrom('directory', 'file'), mode: fc.nat(0o7777), owner: user })
  .map(statxValue);
