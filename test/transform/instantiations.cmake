# SPDX-License-Identifier: BSL-1.0
# cmake -DCOMPILER=<a Clang> -DINCLUDE=<folder> -P instantiations.cmake: what Clang makes of a formula
# of a hundred nodes and of its derivatives is at most what is recorded here: templates and functions
# that it instantiates, and kilobytes of code that is not optimised, with its names. Seconds differ
# from machine to machine; these numbers do so little, from Clang to Clang.

# Of x + 1, the formula, its derivative and the second one. (The trace of the last is half a gigabyte
# of names.)
set(instantiations 12000 14500 18500)
set(kilobytes 180 350 850 2500)

set(folder ${CMAKE_CURRENT_BINARY_DIR}/instantiations)
file(MAKE_DIRECTORY ${folder})
set(failures "")
set(option)
foreach(number IN ITEMS 0 1 2 3)
  if(number GREATER 0)
    math(EXPR derivatives "${number} - 1")
    set(option -DFUSOR_DERIVATIVES=${derivatives})
  endif()
  list(LENGTH instantiations traced)
  set(trace)
  if(number LESS traced)
    set(trace -ftime-trace -ftime-trace-granularity=0)
  endif()
  execute_process(
    COMMAND ${COMPILER} -std=c++20 -DFUSOR_STATIC_DISPATCH -I${INCLUDE} ${option} ${trace}
      -c ${CMAKE_CURRENT_LIST_DIR}/large_formula.cpp -o ${folder}/large_formula.o
    RESULT_VARIABLE failed ERROR_VARIABLE text)
  if(failed)
    message(FATAL_ERROR "${text}")
  endif()

  file(SIZE ${folder}/large_formula.o size)
  math(EXPR size "${size} / 1024")
  list(GET kilobytes ${number} ceiling)
  message(STATUS "${option}: ${size} KB, ceiling ${ceiling}")
  if(size GREATER ceiling)
    string(APPEND failures "\n${option}: ${size} KB, more than ${ceiling}")
  endif()
  if(trace)
    file(READ ${folder}/large_formula.json text)
    string(REGEX MATCHALL "\"name\":\"Instantiate(Class|Function)\"" found "${text}")
    list(LENGTH found count)
    list(GET instantiations ${number} ceiling)
    message(STATUS "${option}: ${count} instantiations, ceiling ${ceiling}")
    if(count GREATER ceiling)
      string(APPEND failures "\n${option}: ${count} instantiations, more than ${ceiling}")
    endif()
  endif()
endforeach()
file(REMOVE_RECURSE ${folder})
if(failures)
  message(FATAL_ERROR "a formula costs more to compile than is recorded:${failures}")
endif()
