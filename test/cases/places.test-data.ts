/** Cases about where pins are, and who comes there. */
import { of } from './case.test-data.ts';
import type { Theme } from './case.test-data.ts';

export const places: readonly Theme[] = [
  {
    theme: 'Instances and mounts',
    cases: [
      of(
        'After unshare, two instances are seen in one namespace',
        'singleton/unshare-sees-two-instances',
      ),
      of(
        'A second mount in one place is busy, or hides the pins; in another place it shows the same ones, or none',
        'singleton/same-place-is-busy-4.4',
        'singleton/two-mounts-one-instance',
        'singleton/same-place-is-stacked',
        'singleton/instance-per-mount',
      ),
      of(
        'Pins are there again, or not, after umount and mount while another namespace kept the instance',
        'singleton/copy-keeps-the-instance',
        'singleton/copy-is-not-found-again',
      ),
      of(
        'The last umount lets all pins go, and nothing was busy',
        'singleton/last-mount-takes-the-pins-along',
      ),
      of(
        'Descriptors of objects do not make a mount busy; places, directories and working directories do',
        'singleton/last-mount-takes-the-pins-along',
        'places/what-keeps-a-mount-busy',
      ),
      of(
        'A directory that is open in another namespace makes a mount busy',
        'propagation/busy-in-another-namespace',
        'propagation/open-directory-in-a-peer',
      ),
      of(
        'rmdir, unlink or rename takes away what another namespace has mounted on the name',
        'namespaces/rmdir-detaches-foreign-mount',
        'namespaces/unlink-detaches-foreign-bind',
        'renames/mount-goes-with-what-is-replaced',
      ),
      of(
        'In a shared tree, the umount of a child takes the mount and the pins of its parent away',
        'propagation/umount-of-a-child-takes-the-parents',
      ),
      of(
        'A mount of a single pin keeps its object after unlink and umount',
        'bind/unlinked-pin-kept-by-bind',
        'names/bind-keeps-what-has-no-name',
      ),
      of(
        'Options that nobody knows are taken; mode= in no octal is refused, where it is read',
        'mounts/options-4.4',
        'mounts/options-6.1',
        'mounts/options-6.18',
      ),
      of(
        'MS_RDONLY of a second mount does not make the instance read-only',
        'mounts/second-mount-is-read-only-alone-4.4',
      ),
      of(
        'A get to write is refused in a read-only instance, and not by a read-only mount of one that is not',
        'mounts/read-only-instance',
        'mounts/read-only-instance-4.4',
      ),
      of(
        'Who has a user namespace of its own may mount, or may not',
        'user-namespaces/mount-inside-4.4',
        'user-namespaces/no-mount-inside',
      ),
    ],
  },
  {
    theme: 'Names',
    cases: [
      of(
        'Names with dots: errors and their place differ, and so does a lookup',
        'names/dotted-name-4.4',
        'names/dotted-name-6.18',
        'names/stat-of-dotted-name-4.4',
        'names/stat-of-dotted-name-6.18',
        'permissions/dotted-pin-in-a-closed-directory-4.4',
        'permissions/dotted-pin-in-a-closed-directory-6.18',
      ),
      of(
        'A directory without permission bits takes names with dots',
        'permissions/bare-directories-take-dots',
      ),
      of(
        'A slash, "." or ".." at the end of a path',
        'names/slash-or-dots-at-the-end',
        'measured/pin/paths',
      ),
      of(
        'No rename, link or symlink in the first versions',
        'names/link-and-rename-4.4',
        'symlinks/unknown-4.6',
      ),
      of('A rename onto another name of the same pin does nothing', 'renames/onto-its-other-name'),
      of(
        'RENAME_EXCHANGE between kinds, RENAME_NOREPLACE, and flags that are not known',
        'renames/a-pin-and-a-directory-change-places',
        'renames/two-pins-change-places',
        'renames/without-replacing',
        'renames/flags-4.6',
      ),
      of(
        'An unlinked pin that is open as a place leads to its object by /proc/self/fd',
        'places/unlinked-pin-that-is-open',
      ),
      of('truncate leaves an object as it is', 'names/truncated-pin-leads-to-its-map'),
      of('open(2) opens no pin', 'open/a-pin-is-no-file-4.4', 'open/a-pin-is-no-file'),
    ],
  },
  {
    theme: 'Permissions',
    cases: [
      of(
        'The umask counts for pins, and one of 0777 leaves a pin that its owner cannot get',
        'permissions/modes-of-pins',
        'permissions/pin-without-a-mode-4.4',
        'permissions/pin-without-a-mode-6.18',
      ),
      of(
        'In the sticky root nobody removes or renames what is of others; mode= does not take that bit away',
        'permissions/sticky-root',
        'mounts/options-6.18',
      ),
      of(
        'A get asks to write, later to read and to write',
        'permissions/get-asks-to-write-4.4',
        'permissions/get-asks-by-flags',
      ),
      of(
        'A descriptor that can only look up pins its map, and the pin gives one that can do all',
        'restricted/who-can-only-read-pins-and-gets-it-back-for-all',
        'permissions/restriction-lost-by-a-pin',
      ),
      of(
        'A link is not got for reading alone; a program is',
        'restricted/links-are-not-opened-restricted-and-programs-as-ever',
        'mounts/link-in-a-read-only-instance',
      ),
      of('A frozen map stays so behind its pin', 'frozen/frozen-map-can-only-be-read'),
    ],
  },
];
