import type { BoundedScope } from '../../bounded/scope.types.ts';
import { count, each, every, some } from '../rows.ts';
import { isDeadInstance, isDeadNamespace, runs } from './guards.ts';

/** Asserts I1 to I6. */
export function declareCheck(scope: BoundedScope): string {
  const { processes, namespaces, objects, descriptors, names } = scope;
  const holders = (o: number): string =>
    count(descriptors, (f) => count(processes, (p) => `(pr_fd${f}(${p}) == ${o})`)) +
    ' + ' +
    count(names, (k) => count(namespaces, (i) => `(in_pin${k}(${i}) == ${o})`));
  const object = (o: number): string =>
    `  assert(ob_refcnt(${o}) == ${holders(o)}); assert((ob_kind(${o}) != 0) == (ob_refcnt(${o}) > 0));`;
  const instance = (i: number): string => {
    const isDead = isDeadInstance(scope, i);
    const isEmpty = every(names, (k) => `in_pin${k}(${i}) == 0`);
    const keyLives = some(processes, (p) => `pr_namespace(${p}) == in_key(${i})`);
    const alone = every(i - 1, (j) => `in_key(${j}) != in_key(${i})`);
    return (
      `  assert(!${isDead} || (${isEmpty} && in_key(${i}) == 0));` +
      ` assert(in_key(${i}) == 0 || (${keyLives} && ${alone}));`
    );
  };
  const namespace = (n: number): string =>
    `  assert(ns_instance(${n}) == 0 || !${isDeadNamespace(scope, n)});`;
  const process = (p: number): string =>
    `  assert(${runs(p)} || ${every(descriptors, (f) => `pr_fd${f}(${p}) == 0`)});`;
  return `
inline check() {
${each(objects, object)}
${each(namespaces, instance)}
${each(namespaces, namespace)}
${each(processes, process)}
  skip
}`;
}
