/**
 * The lifecycles: one xstate machine each, compiled into a table by asking xstate itself. May
 * import xstate and record-of.ts.
 */
import { attachmentChart } from './attachment.ts';
import { cgroupChart } from './cgroup.ts';
import { descriptionChart } from './description.ts';
import { descriptorChart } from './descriptor.ts';
import { inodeChart } from './inode.ts';
import { messageChart } from './message.ts';
import { mountChart } from './mount.ts';
import { namespaceChart } from './namespace.ts';
import { objectChart } from './object.ts';
import { processChart } from './process.ts';
import { qdiscChart } from './qdisc.ts';
import { socketChart } from './socket.ts';
import { superblockChart } from './superblock.ts';

export { movesOf, unhandled, type Chart } from './compile.ts';

export const charts = {
  process: processChart,
  descriptor: descriptorChart,
  description: descriptionChart,
  socket: socketChart,
  message: messageChart,
  attachment: attachmentChart,
  cgroup: cgroupChart,
  qdisc: qdiscChart,
  object: objectChart,
  inode: inodeChart,
  superblock: superblockChart,
  mount: mountChart,
  namespace: namespaceChart,
} as const;

export type Charts = typeof charts;
