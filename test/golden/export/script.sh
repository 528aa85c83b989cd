#!/bin/sh
# Compiles the program below with cc, or with what CC names, and runs it as root. Ends as it does: with 0
# if the kernel answers as the model, with 1 if not, with 3 if the program cannot be compiled or cannot begin.
set -u
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
trap 'exit 3' HUP INT TERM
cat >"$folder/program.c" <<'END_OF_PROGRAM'
(the program)
END_OF_PROGRAM
if ! ${CC:-cc} -O1 -o "$folder/program" "$folder/program.c"; then
  echo "the program cannot be compiled; name a C compiler in CC" >&2
  exit 3
fi
"$folder/program"
