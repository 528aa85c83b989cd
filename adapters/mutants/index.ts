/** Mutants: the reference with one fault each, which the suite has to find. */
import { createReference } from '../reference/index.ts';
import type { KernelName, Operations, ReferenceAdapter } from '../reference/index.ts';
import * as faults from './faults.ts';

export interface Mutant {
  /** As `mutant:ID` names it. */
  readonly id: string;
  /** What it does wrong. */
  readonly title: string;
  /** The id of a property that its fault violates. */
  readonly breaks: string;
  /** The kernel that it would be without the fault. */
  readonly kernel: KernelName;
  readonly create: () => ReferenceAdapter;
}

function mutant(
  id: string,
  about: Pick<Mutant, 'title' | 'breaks' | 'kernel'>,
  fault: Partial<Operations>,
): Mutant {
  function create(): ReferenceAdapter {
    const adapter = createReference(about.kernel, fault);
    return { ...adapter, hello: { ...adapter.hello, name: `mutant:${id}` } };
  }
  return { id, ...about, create };
}

/** Every mutant once; ids are unique. */
export const mutants: readonly Mutant[] = [
  mutant(
    'pin-takes-no-reference',
    {
      title: 'A pin takes no reference to its object, yet drops one when it goes.',
      breaks: 'refcount-equals-holders',
      kernel: 'linux-6.18',
    },
    faults.pinTakesNoReference,
  ),
  mutant(
    'exit-drops-pins',
    {
      title: 'The end of a process takes along the pins of what it had open.',
      breaks: 'survival-after-exit',
      kernel: 'linux-6.18',
    },
    faults.exitDropsPins,
  ),
  mutant(
    'second-mount-new-instance',
    {
      title: 'A second fresh mount in a namespace makes a second instance.',
      breaks: 'singleton-per-namespace',
      kernel: 'linux-4.4',
    },
    faults.mountFindsNoInstance,
  ),
  mutant(
    'second-mount-same-instance',
    {
      title: 'A second fresh mount shows an instance that is already there.',
      breaks: 'instance-per-mount',
      kernel: 'linux-6.18',
    },
    faults.mountFindsAnyInstance,
  ),
  mutant(
    'unlink-closes-descriptors',
    {
      title: 'Unlinking a pin closes all descriptors of its object.',
      breaks: 'unlink-spares-open-descriptors',
      kernel: 'linux-6.18',
    },
    faults.unlinkClosesDescriptors,
  ),
  mutant(
    'unlink-keeps-reference',
    {
      title: 'A pin that goes does not drop its reference.',
      breaks: 'alive-iff-held',
      kernel: 'linux-6.18',
    },
    faults.evictionKeepsReference,
  ),
  mutant(
    'get-returns-other-object',
    {
      title: 'Getting a pin opens another object, if there is one.',
      breaks: 'get-returns-what-was-pinned',
      kernel: 'linux-6.18',
    },
    faults.getFindsOtherObject,
  ),
  mutant(
    'failed-pin-leaves-name',
    {
      title: 'A pin that is refused for its name (a dot, a slash at the end) is left there.',
      breaks: 'failed-call-changes-nothing',
      kernel: 'linux-4.4',
    },
    faults.refusedPinStays,
  ),
  mutant(
    'umount-leaks-pins',
    {
      title: 'The pins of an instance keep their objects after its last mount is gone.',
      breaks: 'quiescence-leaves-nothing',
      kernel: 'linux-6.18',
    },
    faults.superblockKeepsTree,
  ),
  mutant(
    'fork-shares-no-count',
    {
      title: 'The descriptors of a child are not counted: when it closes one, the object dies.',
      breaks: 'alive-iff-held',
      kernel: 'linux-6.18',
    },
    faults.forkCountsNothing,
  ),
  mutant(
    'fork-shares-table',
    {
      title: 'A child has the descriptor table of its parent instead of a copy.',
      breaks: 'isolation',
      kernel: 'linux-6.18',
    },
    faults.forkSharesTable,
  ),
  mutant(
    'program-forgets-its-map',
    {
      title: 'A program takes no reference to the map it uses.',
      breaks: 'refcount-equals-holders',
      kernel: 'linux-6.18',
    },
    faults.programTakesNoReference,
  ),
  mutant(
    'usercnt-not-taken',
    {
      title: 'A pin counts as a holder of a map, but not as a user of it.',
      breaks: 'refcount-equals-holders',
      kernel: 'linux-6.18',
    },
    faults.pinIsNoUser,
  ),
  mutant(
    'info-keeps-reference',
    {
      title: 'Telling of an object takes a reference to it that nobody drops.',
      breaks: 'refcount-equals-holders',
      kernel: 'linux-6.18',
    },
    faults.infoKeepsReference,
  ),
  mutant(
    'frozen-map-is-written',
    {
      title: 'A map that was frozen is written as before.',
      breaks: 'frozen-maps-stay',
      kernel: 'linux-6.18',
    },
    faults.frozenMapIsWritten,
  ),
  mutant(
    'id-finds-oldest',
    {
      title: 'Whatever id is asked for, the oldest object of its kind is opened.',
      breaks: 'id-opens-its-object',
      kernel: 'linux-6.18',
    },
    faults.idFindsOldest,
  ),
  mutant(
    'link-forgets-its-program',
    {
      title: 'A link takes no reference to the program it attaches.',
      breaks: 'refcount-equals-holders',
      kernel: 'linux-6.18',
    },
    faults.linkTakesNoReference,
  ),
  mutant(
    'unlinked-link-stays',
    {
      title: 'A link that nobody holds any more stays attached.',
      breaks: 'quiescence-leaves-nothing',
      kernel: 'linux-6.18',
    },
    faults.linkIsNeverFreed,
  ),
  mutant(
    'removed-cgroup-keeps-programs',
    {
      title: 'What was attached to a cgroup is not let go when it is removed.',
      breaks: 'quiescence-leaves-nothing',
      kernel: 'linux-6.18',
    },
    faults.removedCgroupKeepsPrograms,
  ),
  mutant(
    'link-moves-the-name',
    {
      title: 'A hard link takes the place of the name beside it.',
      breaks: 'names-lead-on',
      kernel: 'linux-6.18',
    },
    faults.linkMovesTheName,
  ),
  mutant(
    'moved-name-stays',
    {
      title: 'What is renamed keeps its old name, too.',
      breaks: 'names-lead-on',
      kernel: 'linux-6.18',
    },
    faults.movedNameStays,
  ),
];
