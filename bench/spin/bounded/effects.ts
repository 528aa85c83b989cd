import type { BoundedScope } from '../../bounded/scope.types.ts';
import { upTo } from '../rows.ts';
import { isDeadInstance, isDeadNamespace } from './guards.ts';

/** What falls with the last holder. */
export function declareDrops(scope: BoundedScope): string {
  const dropPin = (k: number): string => `
     x_o = in_pin${k}(i);
     if :: x_o != 0 -> set_in_pin${k}(i, 0); drop(x_o) :: else fi`;
  const forget = (j: number): string => `
     if :: in_key(${j}) == n -> set_in_key(${j}, 0) :: else fi`;
  return `
inline drop(o) {
  set_ob_refcnt(o, ob_refcnt(o) - 1);
  if :: ob_refcnt(o) == 0 -> set_ob_kind(o, 0) :: else fi
}
inline drop_instance(i) {
  if
  :: ${isDeadInstance(scope, 'i')} ->
     set_in_key(i, 0);${upTo(scope.names).map(dropPin).join(';')}
  :: else
  fi
}
inline leave(n) {
  if
  :: ${isDeadNamespace(scope, 'n')} ->
     x_i = ns_instance(n);
     set_ns_instance(n, 0);${upTo(scope.namespaces).map(forget).join(';')};
     if :: x_i != 0 -> drop_instance(x_i) :: else fi
  :: else
  fi
}`;
}

export const hold = (o: string | number): string => `set_ob_refcnt(${o}, ob_refcnt(${o}) + 1)`;
