#!/bin/sh
# Builds every program in every variant into a folder: build.sh FOLDER. Needs gcc-aarch64-linux-gnu (12 or later).
# The variants: plain Armv8.0; optimised until it vectorises; Armv8.5 with half precision and cryptography; not optimised.
set -eu
[ $# -eq 1 ] || { echo "usage: build.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")"
gcc=${AARCH64_GCC:-aarch64-linux-gnu-gcc}
command -v "$gcc" >/dev/null 2>&1 || { echo "build.sh: $gcc is not installed; install the package gcc-aarch64-linux-gnu." >&2; exit 3; }

common="-std=gnu11 -Wall -Wextra -Werror -ffreestanding -fno-builtin -nostdlib -nostartfiles -static -fno-pic -no-pie
  -fno-stack-protector -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns -mno-outline-atomics"
link="-Wl,--build-id=none -Wl,--no-warn-rwx-segments -T runtime/link.ld"

variant() { # name, flags: every program, and the runtime once
  name=$1
  shift
  for source in start.S console.c memory.c decimal.c printf.c mathematics.c; do
    # shellcheck disable=SC2086 # words on purpose
    "$gcc" $common "$@" -c "runtime/$source" -o "$objects/$name-$source.o"
  done
  for program in $programs; do
    # shellcheck disable=SC2086
    "$gcc" $common $link "$@" "$objects/$name-"*.o "$program.c" -lgcc -o "$out/$program-$name.elf"
  done
}

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
programs="integer whetstone linpack printf sha256 aes vectors"
variant plain -O2 -march=armv8-a
variant vector -O3 -march=armv8-a -funroll-loops -ffp-contract=off
variant newer -O3 -march=armv8.5-a+fp16+crypto -mbranch-protection=standard
variant debug -O0 -march=armv8.2-a
programs="sha256 aes"
variant crypto -O2 -march=armv8-a+crypto -DCRYPTO
