# SPDX-License-Identifier: BSL-1.0
# matrix.<compiler>.<row>: program.cpp compiled by every compiler that is there with the flags of every
# row, and run where this CPU can. docs/platforms.md says what is tried where.

set(matrix_compilers "")
foreach(compiler IN ITEMS g++ clang++-14 clang++-19)
  find_program(FUSOR_MATRIX_${compiler} ${compiler})
  if(FUSOR_MATRIX_${compiler})
    list(APPEND matrix_compilers ${FUSOR_MATRIX_${compiler}})
  else()
    message(STATUS "${compiler} was not found: its part of the matrix is not tested")
  endif()
endforeach()
list(APPEND matrix_compilers ${CMAKE_CXX_COMPILER})
# One program may have several names.
set(compilers "")
set(matrix_files "")
foreach(compiler IN LISTS matrix_compilers)
  file(REAL_PATH ${compiler} file)
  if(NOT file IN_LIST matrix_files)
    list(APPEND matrix_files ${file})
    list(APPEND compilers ${compiler})
  endif()
endforeach()

function(fusor_add_matrix_test compiler row)
  cmake_parse_arguments(PARSE_ARGV 2 row "SYNTAX" "CPU;EMULATOR;REFUSED" "FLAGS;EXPECTED")
  get_filename_component(name ${compiler} NAME)
  set(test matrix.${name}.${row})
  set(flags -std=c++20 ${row_FLAGS})
  if(row_EXPECTED)
    list(JOIN row_EXPECTED "\",\"" expected)
    list(APPEND flags "-DFUSOR_EXPECTED=\"${expected}\"")
  endif()
  add_test(NAME ${test} COMMAND ${CMAKE_COMMAND} -DCOMPILER=${compiler} "-DFLAGS=${flags}"
    -DSYNTAX=${row_SYNTAX} -DCPU=${row_CPU} -DEMULATOR=${row_EMULATOR} -DTEST=${CMAKE_CURRENT_SOURCE_DIR}
    -DINCLUDE=${PROJECT_SOURCE_DIR}/include
    -DPROGRAM=${CMAKE_CURRENT_BINARY_DIR}/${test} -P ${CMAKE_CURRENT_SOURCE_DIR}/matrix/try.cmake)
  set_tests_properties(${test} PROPERTIES LABELS matrix)
  if(row_REFUSED)
    set_tests_properties(${test} PROPERTIES PASS_REGULAR_EXPRESSION "${row_REFUSED}")
  endif()
endfunction()

set(static -O0 -DFUSOR_STATIC_DISPATCH)
foreach(compiler IN LISTS compilers)
  fusor_add_matrix_test(${compiler} plain FLAGS ${static})
  # Every instruction set, chosen when it runs. Without softmax, which would take 20 s.
  fusor_add_matrix_test(${compiler} dispatch FLAGS -O0 -DFUSOR_ELEMENT_WISE)
  set(refused "")
  if(compiler MATCHES "clang\\+\\+-14")
    set(refused "with -ffast-math and the like, Fusor needs Clang 16 or newer")
  endif()
  fusor_add_matrix_test(${compiler} fast_math REFUSED ${refused}
    FLAGS -O3 -ffast-math -DFUSOR_STATIC_DISPATCH -march=native -Wno-unknown-warning-option -Wno-nan-infinity-disabled)
  fusor_add_matrix_test(${compiler} no_exceptions FLAGS ${static} -fno-exceptions -fno-rtti)
  fusor_add_matrix_test(${compiler} cxx23 FLAGS ${static} -std=c++2b)
  fusor_add_matrix_test(${compiler} macros FLAGS ${static} -DFUSOR_WITH_MACROS)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    # By the flags of /proc/cpuinfo: what a CPU needs so that the program runs.
    fusor_add_matrix_test(${compiler} x86-64-v2
      FLAGS ${static} -march=x86-64-v2 EXPECTED N_SSE4 CPU sse4_2)
    fusor_add_matrix_test(${compiler} x86-64-v3
      FLAGS ${static} -march=x86-64-v3 EXPECTED N_AVX2 CPU avx2)
    fusor_add_matrix_test(${compiler} haswell
      FLAGS ${static} -march=haswell EXPECTED N_AVX2 SYNTAX)
    fusor_add_matrix_test(${compiler} x86-64-v4
      FLAGS ${static} -march=x86-64-v4 EXPECTED N_AVX3 CPU avx512vl)
    fusor_add_matrix_test(${compiler} sapphirerapids
      FLAGS ${static} -march=sapphirerapids EXPECTED N_AVX3_DL N_AVX3_SPR CPU avx512_fp16)
    fusor_add_matrix_test(${compiler} disabled
      FLAGS ${static} -march=x86-64-v3 -DHWY_DISABLED_TARGETS=HWY_AVX2 EXPECTED N_SSE4 SYNTAX)
    fusor_add_matrix_test(${compiler} dispatch_from_x86-64-v3
      FLAGS -march=x86-64-v3 -DFUSOR_ELEMENT_WISE EXPECTED N_AVX2 SYNTAX)
    fusor_add_matrix_test(${compiler} dispatch_from_sapphirerapids
      FLAGS -march=sapphirerapids -DFUSOR_ELEMENT_WISE EXPECTED N_AVX3_DL N_AVX3_SPR SYNTAX)
  endif()
  fusor_add_matrix_test(${compiler} native FLAGS ${static} -march=native)
endforeach()

# Another architecture. Of this machine's headers its compiler is shown Highway's and Boost's alone.
find_program(FUSOR_AARCH64_COMPILER aarch64-linux-gnu-g++)
find_program(FUSOR_AARCH64_EMULATOR NAMES qemu-aarch64 qemu-aarch64-static)
find_path(FUSOR_HIGHWAY_INCLUDE hwy/highway.h)
if(FUSOR_AARCH64_COMPILER AND FUSOR_AARCH64_EMULATOR AND FUSOR_HIGHWAY_INCLUDE)
  set(include ${CMAKE_CURRENT_BINARY_DIR}/aarch64_include)
  file(MAKE_DIRECTORY ${include})
  file(CREATE_LINK ${FUSOR_HIGHWAY_INCLUDE}/hwy ${include}/hwy SYMBOLIC)
  file(CREATE_LINK ${Boost_INCLUDE_DIRS}/boost ${include}/boost SYMBOLIC)
  fusor_add_matrix_test(${FUSOR_AARCH64_COMPILER} plain FLAGS ${static} -static -Wno-psabi -isystem ${include}
    EXPECTED N_NEON N_NEON_WITHOUT_AES EMULATOR ${FUSOR_AARCH64_EMULATOR})
  # Vectors of a size that is not known when the program is compiled.
  fusor_add_matrix_test(${FUSOR_AARCH64_COMPILER} sve FLAGS ${static} -static -Wno-psabi -isystem ${include}
    -march=armv8.2-a+sve EXPECTED N_SVE EMULATOR ${FUSOR_AARCH64_EMULATOR})
else()
  message(STATUS "There is no compiler or no emulator of aarch64: it is not tested")
endif()
