# SPDX-License-Identifier: BSL-1.0
# Part of the CMake package: kernels from formulas, without writing C++.
#
#   fusor_add_kernels(<target> [STATIC | SHARED]
#     <name> "<formula>"                # inputs x, y, z, input<3> to input<15>
#     ...
#     [TYPES float double float16 bfloat16])
#
# adds a library with the functions <name>_<type>, by default for float and double, its C header
# <target>.h, and for C++ <target>.hpp, with kernels <target>::<name> that take every call of C++. A
# function takes its inputs, the output and their count, and returns 0 or the status of an error;
# fusor_message() says what was wrong. <name>_<type>_rows takes a number of rows before the count: a
# formula with reductions then goes over all rows of a matrix. `install(TARGETS <target> FILE_SET
# HEADERS)` installs all three. The project needs C++ among its languages. A formula is C++ code and
# compiled as such: not for text from strangers. Compilers name the entry and the formula where they
# would name the file of an error.

function(fusor_add_kernels target)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "CXX" IN_LIST languages)
    message(FATAL_ERROR "fusor_add_kernels(${target}): kernels are compiled as C++; add CXX to the LANGUAGES of project()")
  endif()
  set(all_inputs x y z w in_4 in_5 in_6 in_7 in_8 in_9 in_10 in_11 in_12 in_13 in_14 in_15)
  set(kind "")
  set(types "")
  set(names "")
  set(declarations "")
  set(formulas "")
  set(exports "")
  set(kernels "")
  set(definitions "")
  set(catalogue "")
  string(MAKE_C_IDENTIFIER "${target}" namespace)
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

  list(JOIN types ", " elements)
  foreach(name IN LISTS names)
    set(formula "${formula_of_${name}}")
    if(formula MATCHES "^outputs *\\(")
      message(FATAL_ERROR "fusor_add_kernels(${target}): \"${name}\" has several outputs, and a function of C has one; give each formula a name of its own")
    endif()
    if(formula MATCHES "{[^}]*[.][a-z_]+ *= *(x|y|z|input *<)[^}]*}")
      message(FATAL_ERROR "fusor_add_kernels(${target}): a parameter of \"${name}\" is an input, and must be a number; write the formula instead, as where(x >= 0, x, y * x) for leaky_relu(x, {.negative_slope = y})")
    endif()
    set(inputs 1)
    if(formula MATCHES "(^|[^A-Za-z0-9_.])y([^A-Za-z0-9_]|$)")
      set(inputs 2)
    endif()
    if(formula MATCHES "(^|[^A-Za-z0-9_.])z([^A-Za-z0-9_]|$)")
      set(inputs 3)
    endif()
    string(REGEX MATCHALL "input *< *[0-9]+ *>" uses "${formula}")
    foreach(use IN LISTS uses)
      string(REGEX REPLACE "[^0-9]" "" index "${use}")
      if(index GREATER 15)
        message(FATAL_ERROR "fusor_add_kernels(${target}): \"${name}\" reads input<${index}>; a formula has at most 16 inputs")
      elseif(NOT index LESS inputs)
        math(EXPR inputs "${index} + 1")
      endif()
    endforeach()
    string(REGEX REPLACE "[\n\r]+" " " shown "${formula}")
    string(REPLACE "\"" "'" shown "${shown}")
    string(REPLACE "\\" "/" shown "${shown}")
    string(APPEND formulas
      "#line 1 \"kernel ${name}: ${shown}\"\nconstexpr auto ${name}_formula = fusor::detail::one_formula(${formula});\n")
    if(formula MATCHES "_act|activation *<|catalogue")
      set(catalogue "#include <fusor/registry/catalogue.hpp>\n")
    endif()
    string(APPEND kernels "FUSOR_DECLARE_KERNEL(${name}, formulas::${name}_formula, element_types<${elements}>);\n")
    string(APPEND definitions "FUSOR_DEFINE_KERNEL(${name});\n")
    string(REPLACE "*/" "* /" shown "${shown}")
    string(APPEND declarations "\n/* ${shown} */\n")
    foreach(type IN LISTS types)
      set(c ${c_${type}})
      list(SUBLIST all_inputs 0 ${inputs} used)
      string(JOIN ", " arguments ${used})
      list(TRANSFORM used REPLACE "(.+)" "const ${c}* \\1, ")
      string(CONCAT parameters ${used})
      set(function "int ${name}_${type}(${parameters}${c}* out, size_t count)")
      set(row_function "int ${name}_${type}_rows(${parameters}${c}* out, size_t rows, size_t count)")
      string(APPEND declarations "${function};\n${row_function};\n")
      set(call "${namespace}::formulas::${name}_formula, FUSOR_ELEMENT_${type}>")
      string(APPEND exports
        "extern \"C\" FUSOR_EXPORTED ${function} {\n"
        "  return fusor::detail::call_exported<${call}(count, out, ${arguments});\n}\n"
        "extern \"C\" FUSOR_EXPORTED ${row_function} {\n"
        "  return fusor::detail::call_exported_rows<${call}(rows, count, out, ${arguments});\n}\n")
    endforeach()
  endforeach()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target})
  file(CONFIGURE OUTPUT ${folder}/${target}.cpp @ONLY CONTENT [[
// Written by fusor_add_kernels(@target@).
#include <fusor/fusor.hpp>
#include <fusor/registry/export.hpp>

#include "@target@.hpp"

namespace @namespace@ {
@definitions@
}  // namespace @namespace@

#line 1 "the functions of @target@"
@exports@]])
  file(CONFIGURE OUTPUT ${folder}/include/${target}.hpp @ONLY CONTENT [[
// Written by fusor_add_kernels(@target@): the kernels for C++, called as those of Fusor are, with ranges,
// views, numbers and on several threads. Their loops are in the library.
#pragma once

#include <fusor/kernel/declared.hpp>
@catalogue@
namespace @namespace@ {

namespace formulas {
using namespace fusor;
@formulas@
}  // namespace formulas

#line 1 "the kernels of @target@"
@kernels@
}  // namespace @namespace@
]])
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
    FILE_SET HEADERS BASE_DIRS ${folder}/include
    FILES ${folder}/include/${target}.h ${folder}/include/${target}.hpp)
  target_link_libraries(${target} PUBLIC fusor::fusor)
  # A project that sets no build type means no slow kernels by that.
  target_compile_options(${target} PRIVATE $<$<NOT:$<BOOL:$<CONFIG>>>:-O2>)
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()
