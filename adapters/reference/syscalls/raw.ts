/** bpf(2) as it is: attributes are copied, checked and read, and the command is done. */
import type { Bpf } from '../../../model/vocabulary/index.ts';
import { copyAttributes } from '../attributes/copy.ts';
import { hasCommand, layoutOf } from '../attributes/layouts.ts';
import { layOut } from '../attributes/user-space.ts';
import type { Kernel, OrError, Task } from '../structures.types.ts';
import { handlers } from './raw-commands.ts';

export function bpf(kernel: Kernel, task: Task, call: Bpf): OrError<number> {
  const { command, size } = call;
  const { memory, address } = layOut(call);
  const layout = layoutOf(kernel.release.attributes);
  const attributes = copyAttributes(memory, address, size, layout.size);
  if (typeof attributes === 'string') return attributes;
  if (!hasCommand(kernel.release.attributes, command)) return 'EINVAL';
  // CHECK_ATTR: a task that sets a field which the command does not have asks for something else.
  const end = layout.ends.get(command);
  if (end !== undefined && !attributes.isZero(end)) return 'EINVAL';
  const result = handlers.get(command)?.({ kernel, task, attributes, memory }) ?? 'beyond';
  // What Linux has and this implementation does not; nothing else here answers that.
  return result === 'beyond' ? 'EOPNOTSUPP' : result;
}
