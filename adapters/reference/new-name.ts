/** Names that do not exist yet: what filename_create does before a file system is asked. */
import { lookUp, walkToParent } from './path-walk.ts';
import { refusesWriting } from './read-only.ts';
import type {
  Creation,
  Kernel,
  Mount,
  NegativeDentry,
  OrError,
  PathName,
  Task,
} from './structures.types.ts';

/** A name to be created, as seen through a mount. */
interface NewName {
  readonly mount: Mount;
  readonly negative: NegativeDentry;
}

/** Looks up the name that a call is to create. */
export function walkToNewName(
  kernel: Kernel,
  task: Task,
  name: PathName,
  creation: Creation,
): OrError<NewName> {
  const last = walkToParent(kernel, task, name);
  if (typeof last === 'string') return last;
  if (last.type !== 'name') return 'EEXIST';
  const { mount, dentry: parent } = last.parent;
  const dentry = lookUp(kernel, parent, last.name);
  if (typeof dentry === 'string') return dentry;
  if (dentry !== null) return 'EEXIST';
  const negative = { parent, name: last.name };
  if (name.trailingSlash && creation.kind !== 'directory') {
    kernel.operations.discardName(kernel, negative, creation);
    return 'ENOENT';
  }
  const refused = refusesWriting(mount);
  if (refused === null) return { mount, negative };
  kernel.operations.discardName(kernel, negative, creation);
  return refused;
}
