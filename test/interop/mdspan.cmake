# SPDX-License-Identifier: BSL-1.0
# Programs that include <mdspan>. FUSOR_MDSPAN_COMPILER is the command that compiles them, empty if
# none can: the project's compiler, or else a Clang with its own standard library, libc++. As the
# system's C++ libraries are compiled with another one, these programs link none of them.
include_guard(GLOBAL)

set(source ${CMAKE_CURRENT_BINARY_DIR}/has_mdspan.cpp)
file(WRITE ${source} "#include <mdspan>
#include <boost/version.hpp>
#include <hwy/highway.h>
int main() {
  int i = 0;
  return *std::mdspan<int, std::extents<int>>(&i).data_handle();
}
")
find_program(FUSOR_CLANG NAMES clang++-22 clang++-21 clang++-20 clang++-19 clang++)
set(FUSOR_MDSPAN_COMPILER "" CACHE INTERNAL "")
foreach(command IN ITEMS "${CMAKE_CXX_COMPILER}" "${FUSOR_CLANG};-stdlib=libc++")
  list(APPEND command -std=c++23 -DFUSOR_STATIC_DISPATCH)
  execute_process(COMMAND ${command} ${source} -o ${source}.out
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
  if(result EQUAL 0)
    set(FUSOR_MDSPAN_COMPILER ${command} CACHE INTERNAL "")
    break()
  endif()
endforeach()

# fusor_add_mdspan_program(<name> <source> <option>...): the program <name> in the current folder,
# part of `all`. Not optimised: it is the views that it tests.
function(fusor_add_mdspan_program name source)
  add_custom_command(OUTPUT ${name}
    COMMAND ${FUSOR_MDSPAN_COMPILER}
      $<TARGET_PROPERTY:fusor_build_options,INTERFACE_COMPILE_OPTIONS> ${ARGN}
      -I${PROJECT_SOURCE_DIR}/include -I${PROJECT_SOURCE_DIR}/test -MMD -MF ${name}.d ${source} -o ${name}
    DEPENDS ${source} DEPFILE ${name}.d COMMENT "Building ${name}" VERBATIM COMMAND_EXPAND_LISTS)
  add_custom_target(build.${name} ALL DEPENDS ${name})
endfunction()
