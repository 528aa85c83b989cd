/** A trace as a shell script that holds the C program, compiles it and runs it. */
import { compileFlags } from './c-program.ts';
import type { Exported } from './c-program.ts';

/**
 * A POSIX shell script around the program that cProgram made: a shell alone cannot make these calls
 * (docs/decisions/0023). It leaves nothing behind.
 */
export function shellScript({ steps }: Exported, program: string): string {
  return `#!/bin/sh
# Compiles the program below with cc, or with what CC names, and runs it as root. Ends as it does: with 0
# if the kernel answers as the model, with 1 if not, with 3 if the program cannot be compiled or cannot begin.
set -u
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
trap 'exit 3' HUP INT TERM
cat >"$folder/program.c" <<'${terminator}'
${program.endsWith('\n') ? program : `${program}\n`}${terminator}
if ! \${CC:-cc} ${compileFlags(steps)} -o "$folder/program" "$folder/program.c"; then
  echo "the program cannot be compiled; name a C compiler in CC" >&2
  exit 3
fi
"$folder/program"
`;
}

/** No line of a program is this: strings are in quotes there, and comments behind an asterisk. */
const terminator = 'END_OF_PROGRAM';
