#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Compiles a program with the language alone and one that looks up 32 names, in turn, and prints the
# best CPU time of each. Usage: measure_names.sh [rounds]; CXX may be set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-7}
compiler=${CXX:-g++}
object=$(mktemp)
trap 'rm -f "$object"' EXIT

compile() {
  "$compiler" -std=c++20 -O2 -I"$here/../../include" "$1" -c -o "$object"  # stops here if it fails
  { LC_ALL=C TIMEFORMAT='%U %S' bash -c 'time "$@"' compile \
      "$compiler" -std=c++20 -O2 -I"$here/../../include" "$1" -c -o "$object"; } 2>&1 |
    awk 'END { print int(($1 + $2) * 1000) }'
}

best_language=999999 best_names=999999
round=0
while [ "$round" -lt "$rounds" ]; do
  time=$(compile "$here/language.cpp")
  [ "$best_language" -le "$time" ] || best_language=$time
  time=$(compile "$here/names.cpp")
  [ "$best_names" -le "$time" ] || best_names=$time
  round=$((round + 1))
done
"$compiler" --version | sed 1q
awk -v language="$best_language" -v names="$best_names" 'BEGIN {
  printf "language alone   %.2f s\n32 names         %.2f s\n", language / 1000, names / 1000
}'
