/** A release changed as a switch of a profile says, where a release can be changed one by one. */
import type { Release } from './release.types.ts';

/** By `switch=value`, as profiles name them. */
const changes: Readonly<Record<string, Partial<Release>>> = {
  'instance=per-namespace': { instances: 'by-namespace' },
  'instance=per-mount': { instances: 'by-mount' },
  'nsKeyReuse=impossible': { namespaceAddresses: 'ever-new' },
  'nsKeyReuse=adversarial': { namespaceAddresses: 'reused' },
  'mountOptions=none': { mountOptions: 'ignored' },
  'mountOptions=mode': { mountOptions: 'mode' },
  'mountOptions=mode-and-owners': { mountOptions: 'mode-and-ids' },
  'pinOrder=path-first': { pinReads: 'path-first' },
  'pinOrder=fd-first': { pinReads: 'descriptor-first' },
  'pinBadFd=EBADF': { pinProbe: 'asks-for-file' },
  'pinBadFd=EINVAL': { pinProbe: 'asks-for-objects' },
  'pinPut=at-once': { evictedPin: 'at-once' },
  'pinPut=later': { evictedPin: 'after-grace-period' },
  'dotCheck=at-create-last': { dottedNames: 'refused-by-creation' },
  'dotCheck=at-lookup': { dottedNames: 'refused-by-lookup' },
  'arrayClear=at-any-release': { arrayClear: 'every-release' },
  'arrayClear=at-last-user': { arrayClear: 'last-user' },
  'arrayClear=later': { arrayClear: 'last-user-queued' },
  'refLimit=none': { mostReferences: Infinity },
  'refLimit=32768': { mostReferences: 32768 },
  'refLimit=3': { mostReferences: 3 },
  'arrayLookup=ENOENT': { progArrayLookup: 'nothing' },
  'arrayLookup=id': { progArrayLookup: 'id' },
  'programMaps=later': { usedMaps: 'deferred' },
  'programMaps=later-after-close': { usedMaps: 'deferred-after-file' },
  'hashFull=before-flags': { fullHash: 'before-flag' },
  'hashFull=after-flags': { fullHash: 'after-flag' },
  'hashFull=every-update': { fullHash: 'after-flag-old-keys-too' },
  'hashKey=on-stack': { hashKeys: 'on-stack' },
  'hashKey=any-size': { hashKeys: 'any' },
  'mapsOfMaps=none': { mapsOfMaps: 'unknown' },
  'mapsOfMaps=built-in': { mapsOfMaps: 'known' },
  'testRun=none': { testRun: 'unknown' },
  'testRun=built-in': { testRun: 'known' },
  'nullKey=EFAULT': { nullKey: 'fault' },
  'nullKey=first-key': { nullKey: 'no-key' },
  'pinOpen=ENXIO': { openedPin: 'ENXIO' },
  'pinOpen=EIO': { openedPin: 'EIO' },
  'exclusive=names': { exclusiveDots: 'EISDIR' },
  'exclusive=anything': { exclusiveDots: 'EEXIST' },
  'symlinks=none': { symlinks: 'unknown' },
  'symlinks=built-in': { symlinks: 'known' },
  'bindRemoved=allowed': { bindRemoved: 'allowed' },
  'bindRemoved=ENOENT': { bindRemoved: 'refused' },
  'detachedTarget=EINVAL': { detachedMounts: 'foreign' },
  'detachedTarget=ENOENT': { detachedMounts: 'gone' },
  'umountSlash=ignored': { umountSlash: 'ignored' },
  'umountSlash=checked': { umountSlash: 'directory' },
  'coveredCopies=stay': { coveredCopies: 'stay' },
  'coveredCopies=slide': { coveredCopies: 'slide' },
  'detachedType=changes': { detachedType: 'changes' },
  'detachedType=EINVAL': { detachedType: 'refused' },
  'moveAsks=target-first': { moveAsks: 'target-first' },
  'moveAsks=source-first': { moveAsks: 'source-first' },
  'truncateAsks=mount-first': { truncateAsks: 'mount-first' },
  'truncateAsks=mount-last': { truncateAsks: 'mount-last' },
  'getAsks=to-write': { getChecks: 'write' },
  'getAsks=by-flags': { getChecks: 'mode' },
  'unprivileged=no-command': { unprivilegedBpf: 'every-command' },
  'unprivileged=no-creation': { unprivilegedBpf: 'creating-commands' },
  'unprivileged=no-creation-after-checks': { unprivilegedBpf: 'creation' },
  'umountAsks=before-walk': { umountAsks: 'first' },
  'umountAsks=after-walk': { umountAsks: 'last' },
  'freezeAsks=nothing': { freezeWants: 'nothing' },
  'freezeAsks=capability': { freezeWants: 'capability' },
  'userNamespaceMount=allowed': { userMount: 'allowed' },
  'userNamespaceMount=refused': { userMount: 'refused' },
  'bareDirectories=as-others': { modelessDirectory: 'as-any' },
  'bareDirectories=dotted-names': { modelessDirectory: 'takes-dots' },
};

/**
 * What settings `switch=value` change in a release, or the first of them that this implementation
 * cannot have alone: which commands there are comes with their attributes, all at once.
 */
export function changesOf(
  settings: readonly string[],
): Partial<Release> | { readonly fixed: string } {
  const fixed = settings.find((setting) => !Object.hasOwn(changes, setting));
  if (fixed !== undefined) return { fixed };
  return Object.assign({}, ...settings.map((setting) => changes[setting])) as Partial<Release>;
}
