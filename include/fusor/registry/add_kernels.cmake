# SPDX-License-Identifier: BSL-1.0
# Part of the CMake package: kernels from formulas, without writing C++.
#
#   fusor_add_kernels(<target> [STATIC | SHARED]
#     <name> "<formula>"                # inputs x, y, z, input<3>
#     ...
#     [TYPES float double float16 bfloat16])
#
# adds a library with the functions <name>_<type>, by default for float and double, and its C header
# <target>.h. A function takes its inputs, the output and their count, and returns 0 or the status of
# an error; fusor_message() says what was wrong. `install(TARGETS <target> FILE_SET HEADERS)` installs
# both. Compilers name the entry and the formula where they would name the file of an error.

function(fusor_add_kernels target)
  set(all_inputs x y z w)
  set(kind "")
  set(types "")
  set(names "")
  set(declarations "")
  set(formulas "")
  set(exports "")
  set(c_float float)
  set(c_double double)
  set(c_float16 uint16_t)
  set(c_bfloat16 uint16_t)

  list(FIND ARGV TYPES has_types)
  if(has_types EQUAL -1)
    set(types float double)
  endif()
  # By position: a formula may hold semicolons, which ARGN would take for the end of an argument.
  set(i 1)
  while(i LESS ARGC)
    set(argument "${ARGV${i}}")
    math(EXPR i "${i} + 1")
    if(argument MATCHES "^(STATIC|SHARED)$")
      set(kind ${argument})
    elseif(argument STREQUAL "TYPES")
      while(i LESS ARGC)
        if(NOT "${ARGV${i}}" MATCHES "^(float|double|float16|bfloat16)$")
          message(FATAL_ERROR "fusor_add_kernels(${target}): the type \"${ARGV${i}}\" is none of float, double, float16, bfloat16")
        endif()
        list(APPEND types "${ARGV${i}}")
        math(EXPR i "${i} + 1")
      endwhile()
      list(REMOVE_DUPLICATES types)
    else()
      if(NOT argument MATCHES "^[A-Za-z][A-Za-z0-9_]*$")
        message(FATAL_ERROR "fusor_add_kernels(${target}): \"${argument}\" is no name of a C function")
      endif()
      if(argument IN_LIST names)
        message(FATAL_ERROR "fusor_add_kernels(${target}): \"${argument}\" is there twice")
      endif()
      if(NOT i LESS ARGC)
        message(FATAL_ERROR "fusor_add_kernels(${target}): \"${argument}\" has no formula")
      endif()
      list(APPEND names ${argument})
      string(STRIP "${ARGV${i}}" formula_of_${argument})
      if(formula_of_${argument} MATCHES "^$|^(TYPES|STATIC|SHARED)$")
        message(FATAL_ERROR "fusor_add_kernels(${target}): \"${argument}\" has no formula")
      endif()
      math(EXPR i "${i} + 1")
    endif()
  endwhile()
  if(NOT names)
    message(FATAL_ERROR "fusor_add_kernels(${target}): there is no kernel; give names and formulas")
  endif()
  if(NOT types)
    message(FATAL_ERROR "fusor_add_kernels(${target}): there is no type after TYPES")
  endif()

  foreach(name IN LISTS names)
    set(formula "${formula_of_${name}}")
    set(inputs 1)
    if(formula MATCHES "(^|[^A-Za-z0-9_.])input *< *3 *>")
      set(inputs 4)
    elseif(formula MATCHES "(^|[^A-Za-z0-9_.])(z|input *< *2 *>)([^A-Za-z0-9_]|$)")
      set(inputs 3)
    elseif(formula MATCHES "(^|[^A-Za-z0-9_.])(y|input *< *1 *>)([^A-Za-z0-9_]|$)")
      set(inputs 2)
    endif()
    string(REGEX REPLACE "[\n\r]+" " " shown "${formula}")
    string(REPLACE "\"" "'" shown "${shown}")
    string(REPLACE "\\" "/" shown "${shown}")
    string(APPEND formulas
      "#line 1 \"kernel ${name}: ${shown}\"\nconstexpr auto ${name}_formula = (${formula});\n")
    string(REPLACE "*/" "* /" shown "${shown}")
    string(APPEND declarations "\n/* ${shown} */\n")
    foreach(type IN LISTS types)
      string(APPEND exports
        "FUSOR_EXPORT_TYPE(${name}, ${type}, fusor_kernels::${name}_formula, ${inputs});\n")
      set(c ${c_${type}})
      list(SUBLIST all_inputs 0 ${inputs} used)
      list(TRANSFORM used REPLACE "(.)" "const ${c}* \\1, ")
      string(CONCAT parameters ${used})
      string(APPEND declarations "int ${name}_${type}(${parameters}${c}* out, size_t count);\n")
    endforeach()
  endforeach()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target})
  file(CONFIGURE OUTPUT ${folder}/${target}.cpp @ONLY CONTENT [[
// Written by fusor_add_kernels(@target@).
#include <fusor/fusor.hpp>
#include <fusor/registry/export.hpp>

namespace {
namespace fusor_kernels {
using namespace fusor;
@formulas@
}  // namespace fusor_kernels
}  // namespace

#line 1 "the functions of @target@"
@exports@]])
  file(CONFIGURE OUTPUT ${folder}/include/${target}.h @ONLY CONTENT [[
/* Written by fusor_add_kernels(@target@). Each function returns 0, or a fusor_status of <fusor/fusor.h>:
   nothing was written then, and fusor_message() says why. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

const char* fusor_message(void);
@declarations@
#ifdef __cplusplus
}
#endif
]])
  add_library(${target} ${kind} ${folder}/${target}.cpp)
  target_sources(${target} PUBLIC
    FILE_SET HEADERS BASE_DIRS ${folder}/include FILES ${folder}/include/${target}.h)
  target_link_libraries(${target} PRIVATE fusor::fusor)
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
