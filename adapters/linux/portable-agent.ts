/** The compiled agent as it can be taken to another machine: linked statically. */
import { readFileSync } from 'node:fs';
import { readyAgent, type AgentOptions } from './agent-binary.ts';

export type PortableAgent = { readonly bytes: Buffer } | { readonly missing: string };

/** Where they are in the header of a file of ELF, for 64 and for 32 bits (elf(5)). */
const layouts = {
  64: { table: 32, size: 54, count: 56 },
  32: { table: 28, size: 42, count: 44 },
} as const;

const interpreterType = 3; // PT_INTERP

/** Whether a file of ELF, of little-endian words, asks for an interpreter: the dynamic linker. */
export function asksForLinker(elf: Buffer): boolean {
  const bits = elf[4] === 2 ? 64 : 32;
  const { table, size, count } = layouts[bits];
  const start = bits === 64 ? Number(elf.readBigUInt64LE(table)) : elf.readUInt32LE(table);
  const entries = Array.from(
    { length: elf.readUInt16LE(count) },
    (_, at) => start + at * elf.readUInt16LE(size),
  );
  return entries.some((at) => elf.readUInt32LE(at) === interpreterType);
}

/** Compiles the agent if need be. May throw what the file system throws. */
export async function portableAgent(options: AgentOptions = {}): Promise<PortableAgent> {
  const agent = await readyAgent(options);
  if ('missing' in agent) return agent;
  const bytes = readFileSync(agent.binary);
  return asksForLinker(bytes)
    ? {
        missing: `The agent could not be linked statically, and so runs on this machine only: install a static C library (on Debian: apt-get install libc6-dev; on Fedora: dnf install glibc-static), then remove ${agent.binary}.`,
      }
    : { bytes };
}
