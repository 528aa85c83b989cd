import type { Charts } from '../charts/index.ts';
import { layoutOf, type Switches } from '../profiles/index.ts';
import { progTypeNames } from '../vocabulary/index.ts';
import type { Bounds } from '../world.types.ts';
import {
  accessModes,
  attachModes,
  chains,
  fileKinds,
  inodeKinds,
  keyed,
  kinds,
  locks,
  marks,
  modeBits,
  users,
} from './codes.ts';
import { lifecycle, upTo } from './columns.ts';
import type { ColumnSpec, TableSpec } from './layout.ts';
import type { Surroundings } from './surroundings.types.ts';

export type { Surroundings } from './surroundings.types.ts';

/**
 * The single declaration of the state: which tables, which columns, what each may hold. Layout,
 * packing and the readable view are made from it. A column that a profile never fills has the
 * largest value 0 and costs nothing in a packed state.
 */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the type of the schema is what this makes: writing it out would be a second schema
export function schemaOf(bounds: Bounds, around: Surroundings, is: Switches, charts: Charts) {
  const table = <Name extends string>(
    rows: number,
    scenery: number,
    columns: Record<Name, ColumnSpec>,
    block: Pick<TableSpec, 'block'> = {},
  ): TableSpec<Name> => ({ rows, scenery, columns, ...block });
  const row = (target: string, rows: number): ColumnSpec => ({ max: rows, target });
  const descriptors = bounds.processes * bounds.descriptors;
  const dentry = row('dentry', bounds.dentries + around.hostDentries);
  /** What lies on a bpffs refers to rows that change only; only mounts refer to the host tree. */
  const ownDentry = row('dentry', bounds.dentries);
  const { directories = 0 } = bounds;
  const heldMount = row('mount', directories * bounds.mounts);
  const heldDentry = row('dentry', directories * (bounds.dentries + around.hostDentries));
  const object = row('object', bounds.objects);
  const namespace = row('namespace', bounds.namespaces);
  const word: ColumnSpec = { max: around.wordIds, interned: 'word' };
  const { slots = 0, sockets = 0, messages = 0, attachments = 0, sharedTables = 0 } = bounds;
  const { plainFiles = 0, freezing = 0, programTypes = 0, qdiscs = 0, symlinks = 0 } = bounds;
  const restricting = layoutOf(is.attributes).access === 'known' ? (bounds.restricting ?? 0) : 0;
  const { permissions = 0, readOnly = 0, namespaceFiles = 0, peerGroups = 0, expiry = 0 } = bounds;
  const userNamespaces = permissions * (bounds.userNamespaces ?? 0);
  /** A user namespace has the number of the process that began it, which begins no other; 0 is the initial one. */
  const userNamespace = row('process', userNamespaces * bounds.processes);
  const peerGroup = row('group', peerGroups);
  const cgroups = around.cgroups.length;
  const cgroup = row('cgroup', cgroups);
  const lastKind = slots > 0 ? kinds.hashOfMaps : cgroups > 0 ? kinds.link : kinds.program;
  const holders = bounds.descriptions + bounds.inodes;
  const ifSlots = (max: number): number => (slots > 0 ? max : 0);
  const perMessage = row('description', bounds.descriptions);
  const key = is.instance === 'per-namespace' ? namespace : upTo(0);

  const reuses = is.nsKeyReuse === 'adversarial' && is.instance === 'per-namespace';

  return {
    process: table(bounds.processes, 0, {
      state: lifecycle(charts.process),
      namespace,
      /** Its table of descriptors; 0 where tables cannot be shared: it has the one of its number. */
      files: row('files', sharedTables * bounds.processes),
      /** Its working directory: a dentry seen through a mount; 0 for the root of its namespace. */
      cwdMount: heldMount,
      cwd: heldDentry,
      /** `users`. */
      user: upTo(permissions * users.unprivileged),
      umask: upTo(permissions * modeBits.permissions),
      userNamespace,
      /** 1 for who has no capability in its user namespace any more. */
      powerless: upTo(userNamespaces),
    }),
    files: table(sharedTables * bounds.processes, 0, {
      /** Processes that use it. */
      count: upTo(bounds.processes),
    }),
    descriptor: table(
      descriptors,
      0,
      {
        state: lifecycle(charts.descriptor),
        description: row('description', bounds.descriptions),
      },
      { block: { of: sharedTables > 0 ? 'files' : 'process', size: bounds.descriptors } },
    ),
    description: table(bounds.descriptions, 0, {
      state: lifecycle(charts.description),
      object,
      /** Descriptors that refer to it, and messages in flight. */
      count: upTo(descriptors + 2 * messages),
      // What a world may do without comes last, so that the rest stays close together.
      /** The messages among its holders. */
      queued: upTo(2 * messages),
      /** `fileKinds`. */
      kind: upTo(
        Math.max(
          namespaceFiles * fileKinds.namespace,
          sockets > 0 ? fileKinds.socket : plainFiles * fileKinds.place,
        ),
      ),
      socket: row('socket', sockets),
      /** Whose directory it is. */
      cgroup,
      /** `accessModes`. */
      mode: upTo(restricting * accessModes.writeOnly),
      /** A directory or a place: the dentry that is open, seen through a mount. */
      mount: heldMount,
      dentry: heldDentry,
      /**
       * The namespace in which a directory of the host tree was opened, 0 once that is gone; or the one that
       * this is the file of.
       */
      namespace: row('namespace', Math.max(directories, namespaceFiles) * bounds.namespaces),
    }),
    socket: table(sockets, 0, {
      state: lifecycle(charts.socket),
      peer: row('socket', sockets),
    }),
    message: table(messages, 0, {
      state: lifecycle(charts.message),
      /** In whose queue it lies, ... */
      socket: row('socket', sockets),
      /** ... and at which place: 1 is received next. */
      place: upTo(messages),
      first: perMessage,
      second: perMessage,
    }),
    attachment: table(attachments, 0, {
      state: lifecycle(charts.attachment),
      /** The socket whose filter it is, or the peer of the socket that is closed; 0 once it is being released. */
      socket: row('socket', sockets),
      program: object,
      /** The cgroup that it is attached to, ... */
      cgroup,
      /** ... and how: `attachModes`. */
      mode: upTo(cgroups > 0 ? attachModes.multi : 0),
      /** The direction of the qdisc that it is a filter of: `chains`; 0 once it is being released. */
      chain: upTo(qdiscs > 0 ? chains.egress : 0),
    }),
    cgroup: table(cgroups, 0, { state: lifecycle(charts.cgroup) }),
    qdisc: table(qdiscs, 0, { state: lifecycle(charts.qdisc) }),
    object: table(bounds.objects, 0, {
      state: lifecycle(charts.object),
      kind: upTo(lastKind),
      refcnt: upTo(holders + bounds.objects + slots + attachments + ifSlots(1)),
      usercnt: upTo(holders),
      /** The map that a program uses; the program of a link. */
      uses: object,
      maxEntries: word,
      /** What a map of maps takes: the kind, and for arrays the size. */
      innerKind: upTo(ifSlots(kinds.hash)),
      innerEntries: { max: ifSlots(around.wordIds), interned: 'word' },
      /** 1 while work is queued that will empty a program array, and holds it. */
      clearing: upTo(slots > 0 && is.arrayClear === 'later' ? 1 : 0),
      /** 1 for a map that was frozen. */
      frozen: upTo(freezing > 0 && is.freeze === 'built-in' ? freezing : 0),
      /** Of a program its type; of a program array one more than that of its programs, or 0. */
      type: upTo(programTypes * progTypeNames.length),
      /** What a link is attached to; 0 for one that is defunct. */
      cgroup,
    }),
    slot: table(slots, 0, {
      /** The map that the slot is in. */
      object,
      key: word,
      /** The object that the slot holds. */
      target: object,
    }),
    element: table(bounds.elements, 0, {
      object,
      key: word,
      value: word,
    }),
    superblock: table(bounds.superblocks, 1, {
      state: lifecycle(charts.superblock),
      /** The namespace whose mounts find it (mount_ns of Linux 4.4). */
      key,
      /** Mounts of it. */
      count: upTo(bounds.mounts),
      root: ownDentry,
      readOnly: upTo(readOnly),
      /** `keyed`. */
      keyed: upTo(reuses ? keyed.tooLate : 0),
    }),
    inode: table(bounds.inodes, around.hostDentries, {
      state: lifecycle(charts.inode),
      superblock: row('superblock', bounds.superblocks),
      kind: upTo(symlinks > 0 ? inodeKinds.symlink : inodeKinds.regular),
      object,
      /** Where a symbolic link leads. */
      target: { max: symlinks * around.paths, interned: 'path' },
      /** Its permission bits, and whose it is: `users`. */
      mode: upTo(permissions * modeBits.all),
      owner: upTo(permissions * users.unprivileged),
    }),
    dentry: table(bounds.dentries, around.hostDentries, {
      parent: ownDentry,
      name: { max: around.names, interned: 'name' },
      inode: row('inode', bounds.inodes),
    }),
    /** Peer groups: nothing but the numbers that their members carry. */
    group: table(peerGroups, 0, {}),
    mount: table(bounds.mounts, 0, {
      state: lifecycle(charts.mount),
      namespace,
      /** 0 is the mount of the host tree. */
      parent: row('mount', bounds.mounts),
      /** Where it is attached: a dentry seen through its parent. */
      at: dentry,
      root: dentry,
      readOnly: upTo(readOnly),
      /** The peer group it is in, and the one that it is a slave of. */
      group: peerGroup,
      master: peerGroup,
      /** `marks`. */
      mark: upTo(expiry * marks.inDoubt),
      /** The namespace that it is the file of. */
      file: row('namespace', namespaceFiles * bounds.namespaces),
      /** `locks`. */
      lock: upTo(userNamespaces * locks.all),
    }),
    namespace: table(bounds.namespaces, 0, {
      state: lifecycle(charts.namespace),
      /** Processes in it, ... */
      count: upTo(bounds.processes),
      /** ... open files of it, and mounts of its file. */
      held: upTo(namespaceFiles * (bounds.descriptions + bounds.mounts)),
      /** How many of those that are there are not younger. */
      age: upTo(namespaceFiles * bounds.namespaces),
      /** 1 for the latest, as long as its address may be one that keys an instance already. */
      fresh: upTo(reuses ? 1 : 0),
      /** As of a mount: those of its mount of the host tree. */
      group: peerGroup,
      master: peerGroup,
      /** The user namespace that it belongs to. */
      owner: userNamespace,
    }),
  };
}

export type Schema = ReturnType<typeof schemaOf>;
