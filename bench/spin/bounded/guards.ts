import type { BoundedScope } from '../../bounded/scope.types.ts';
import { every } from '../rows.ts';

export const isDeadNamespace = ({ processes }: BoundedScope, n: string | number): string =>
  every(processes, (p) => `pr_namespace(${p}) != ${n}`);

export const isDeadInstance = ({ namespaces }: BoundedScope, i: string | number): string =>
  every(namespaces, (n) => `ns_instance(${n}) != ${i}`);

export const runs = (p: number): string => `pr_namespace(${p}) != 0`;

/** The instance that a process that runs sees. */
export const mounted = (p: number): string => `ns_instance(pr_namespace(${p}))`;
