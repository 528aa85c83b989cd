import type { DescriptionEdges } from '../edges/descriptions.ts';
import type { DescriptorEdges } from '../edges/descriptors.ts';
import type { HookEdges } from '../edges/hooks.ts';
import type { InodeEdges } from '../edges/inodes.ts';
import type { MountUses } from '../edges/mount-uses.ts';
import type { MountEdges } from '../edges/mounts.ts';
import type { NamespaceEdges } from '../edges/namespaces.ts';
import type { PeerEdges } from '../edges/peers.ts';
import type { ObjectEdges } from '../edges/objects.ts';
import type { Names } from '../names.ts';
import type { Permissions } from '../permissions.ts';
import type { Switches } from '../profiles/index.ts';
import type { Propagation } from '../propagation.ts';
import type { Tables } from '../state/tables.ts';
import type { Walk } from '../walk.ts';

/** What the calls are made of: one world's tables, edges and walks. */
export interface Parts {
  readonly w: Tables;
  readonly is: Switches;
  readonly names: Names;
  readonly objects: ObjectEdges;
  readonly hooks: HookEdges;
  readonly descriptions: DescriptionEdges;
  readonly descriptors: DescriptorEdges;
  readonly inodes: InodeEdges;
  readonly mounts: MountEdges;
  readonly peers: PeerEdges;
  readonly propagation: Propagation;
  readonly uses: MountUses;
  readonly namespaces: NamespaceEdges;
  readonly may: Permissions;
  readonly walk: Walk;
}
