/**
 * Requests on traffic filters that strace could not decode: it does not find the protocol of a socket in
 * another network namespace than its own, and prints numbers and bytes instead.
 */
import type { NetlinkRequest } from './log.types.ts';

const filterAdded = 0x2c;
const filterRemoved = 0x2d;
const qdiscRemoved = 0x25;

/** The message's type, which strace has no name for, and what stands behind its header. */
const messageForm =
  /nlmsg_type=(0x[0-9a-f]{1,4}) \/\* NLMSG_\?\?\? \*\/[^{}]*\}, "((?:\\x[0-9a-f]{2})*)"/;

/** The words of struct tcmsg behind its family: interface, handle, parent, priority and protocol. */
const wordsOfHead = 5;

/** Null for what is no such request, as far as its bytes tell. */
export function rawFilterRequest(text: string): NetlinkRequest | null {
  const [, type, bytes = ''] = messageForm.exec(text) ?? [];
  const body = Uint8Array.from(bytes.split('\\x').slice(1), (hex) => Number.parseInt(hex, 16));
  if (type === undefined || body.length < 4 * wordsOfHead) return null;
  const words = new DataView(body.buffer);
  const [family = 1, device, handle, parent, info] = Array.from({ length: wordsOfHead }, (_, k) =>
    words.getUint32(4 * k, true),
  );
  if (family !== 0) return null;
  const where = `interface#${String(device)}`;
  switch (Number(type)) {
    case filterAdded: {
      const options = attributesOf(body.subarray(4 * wordsOfHead));
      if (textOf(options.get(kindAttribute)) !== 'bpf') return null;
      const own = attributesOf(options.get(optionsAttribute) ?? new Uint8Array());
      const place = `${where} ${String(parent)}`;
      return { kind: 'new', where: place, scope: 'one', program: wordOf(own.get(fdAttribute)) };
    }
    case filterRemoved: {
      const scope = handle === 0 && info === 0 ? 'all' : 'one';
      return { kind: 'delete', where: `${where} ${String(parent)}`, scope, program: null };
    }
    case qdiscRemoved:
      return { kind: 'delete', where, scope: 'all', program: null };
    default:
      return null;
  }
}

const kindAttribute = 1;
const optionsAttribute = 2;
const fdAttribute = 6;

/** Netlink attributes by their type; what is cut short is left out. */
function attributesOf(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const attributes = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = view.getUint16(at, true);
    if (length < 4 || at + length > bytes.length) break;
    attributes.set(view.getUint16(at + 2, true), bytes.subarray(at + 4, at + length));
    at += (length + 3) & ~3;
  }
  return attributes;
}

const textOf = (bytes: Uint8Array | undefined): string =>
  String.fromCharCode(...(bytes ?? [])).replace(/\0.*$/s, '');

const wordOf = (bytes: Uint8Array | undefined): number | null =>
  bytes?.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) : null;
