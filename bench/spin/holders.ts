/** Promela for what holds an object and how it lets go: descriptions, inodes, programs. */
import type { SpinScope } from './scope.types.ts';

/** A row of the object table that is spent. */
const gone = 'OB(GONE, 0, 0, 0)';

const putMapOfProgram = `
inline release_use(map) {
  ob[map-1] = ob[map-1] - OB_refcnt;
  if :: ob_refcnt(map) == 0 -> ob[map-1] = ${gone} :: else fi
}`;

const putMap = `
inline put_map(o) {
  ob[o-1] = ob[o-1] - OB_refcnt - OB_usercnt;
  if
  :: ob_refcnt(o) == 0 -> ob[o-1] = ${gone}
  :: else -> if :: ob_usercnt(o) == 0 -> ob[o-1] = ob[o-1] + (PROGRAMS - USERS) * OB_tag :: else fi
  fi
}`;

/** A program that is gone and uses a map: it releases it now, or waits for the internal action. */
function lastOfProgram(release: 'at-once' | 'deferred'): string {
  return release === 'deferred'
    ? 'ob[o-1] = OB(RELEASING, x_u, 0, 0)'
    : `ob[o-1] = ${gone}; release_use(x_u)`;
}

function put(name: string, release: 'at-once' | 'deferred'): string {
  return `
inline ${name}(o) {
  if
  :: ob_tag(o) == PROGRAM ->
     ob[o-1] = ob[o-1] - OB_refcnt;
     if
     :: ob_refcnt(o) == 0 ->
        x_u = ob_uses(o);
        if :: x_u == 0 -> ob[o-1] = ${gone} :: else -> ${lastOfProgram(release)} fi
     :: else
     fi
  :: else -> put_map(o)
  fi
}`;
}

const holdByUser = `
inline hold(o) {
  if
  :: ob_tag(o) == PROGRAM -> ob[o-1] = ob[o-1] + OB_refcnt
  :: else -> ob[o-1] = ob[o-1] + OB_refcnt + OB_usercnt
  fi
}`;

const closeDescriptor = `
inline close_slot(s) {
  x_d = fd_description(s);
  fd[s-1] = 0;
  de[x_d-1] = de[x_d-1] - DE_count;
  if
  :: de_count(x_d) == 0 -> x_o = de_object(x_d); de[x_d-1] = 0; put_by_description(x_o)
  :: else
  fi
}`;

/** What other parts call: hold, put_by_inode, close_slot, release_use. */
export function declareHolders(scope: SpinScope): string {
  const byInode = scope.profile === 'linux-4.4' ? 'at-once' : 'deferred';
  return [
    putMapOfProgram,
    putMap,
    put('put_by_description', 'deferred'),
    put('put_by_inode', byInode),
    holdByUser,
    closeDescriptor,
  ].join('\n');
}
