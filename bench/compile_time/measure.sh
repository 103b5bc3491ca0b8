#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
# Compiles one formula with Fusor and with Eigen, in turn, and prints the best time of each.
# Usage: measure.sh [rounds]; CXX, EIGEN (the folder that holds Eigen/) and FUSOR (the include
# folder) may be set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-7}
compiler=${CXX:-g++}
eigen=${EIGEN:-/usr/include/eigen3}
fusor=${FUSOR:-$here/../../include}
object=$(mktemp)
trap 'rm -f "$object"' EXIT

# User and system time of one compilation in milliseconds: what others do on the machine counts less
# than in the time on the clock.
compile() {
  "$compiler" -std=c++20 -O2 "$@" -c -o "$object"  # stops here if it does not compile
  { LC_ALL=C TIMEFORMAT='%U %S' bash -c 'time "$@"' compile \
      "$compiler" -std=c++20 -O2 "$@" -c -o "$object"; } 2>&1 |
    awk 'END { print int(($1 + $2) * 1000) }'
}

best_fusor= best_eigen=
round=0
while [ "$round" -lt "$rounds" ]; do
  time=$(compile -I"$fusor" "$here/one_formula.cpp")
  [ -n "$best_fusor" ] && [ "$best_fusor" -le "$time" ] || best_fusor=$time
  time=$(compile -I"$eigen" "$here/eigen_formula.cpp")
  [ -n "$best_eigen" ] && [ "$best_eigen" -le "$time" ] || best_eigen=$time
  round=$((round + 1))
done
awk -v fusor="$best_fusor" -v eigen="$best_eigen" -v compiler="$("$compiler" --version | sed 1q)" 'BEGIN {
  printf "%s, -std=c++20 -O2, best of the rounds, seconds of CPU time\n", compiler
  printf "Fusor, all targets   %.2f\n", fusor / 1000
  printf "Eigen                %.2f\n", eigen / 1000
  printf "Eigen, three times   %.2f\n", 3 * eigen / 1000
}'
