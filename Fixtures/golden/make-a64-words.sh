#!/bin/sh
# Writes a64-words.csv from a64-words.s with the GNU assembler, which shares nothing with this project's.
# Needs: binutils-aarch64-linux-gnu (2.40 or later), sed, awk, od.
set -eu
cd "$(dirname "$0")"
march=armv8.8-a+sve2+sme+memtag+rng+profile+flagm+predres+ssbs+pauth+ls64+tme+crc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

aarch64-linux-gnu-as -march="$march" a64-words.s -o "$work/words.o"
aarch64-linux-gnu-ld -e 0 -Ttext=0x200000000 "$work/words.o" -o "$work/words.elf" # resolves ADRP
aarch64-linux-gnu-objcopy -O binary -j .text "$work/words.elf" "$work/words.bin"
od -An -v -t x4 -w4 --endian=little "$work/words.bin" | sed 's/^ */0x/' > "$work/words"
sed -e '/^\/\//d' -e 's, *//.*$,,' a64-words.s > "$work/text"
if [ "$(wc -l < "$work/words")" -ne "$(wc -l < "$work/text")" ]; then
  echo "a64-words.s: one instruction per line is expected; the assembler made another number of words." >&2
  exit 1
fi

{
  echo "# word,text: made from a64-words.s by make-a64-words.sh; $(aarch64-linux-gnu-as --version | head -n 1), -march=$march"
  paste -d , "$work/words" "$work/text"
} > a64-words.csv
