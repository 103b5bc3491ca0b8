# SPDX-License-Identifier: BSL-1.0
# The names in namespace fusor are those of public_names.txt: what is not for users belongs into
# fusor::detail. COMPILER is a Clang, which lists the declarations of a file.
cmake_minimum_required(VERSION 3.25)
execute_process(
  COMMAND ${COMPILER} -std=c++20 -DFUSOR_STATIC_DISPATCH -I${INCLUDE} -fsyntax-only
    -Xclang -ast-list ${CMAKE_CURRENT_LIST_DIR}/public_names.cpp
  OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\nfusor::[^\n]+" names "${names}")
# Inline namespaces do not count; template parameters begin with a capital letter.
list(TRANSFORM names REPLACE "^\n(fusor::)((throwing|act_literals)::)?" "\\1")
list(FILTER names INCLUDE REGEX "^fusor::[a-z_0-9]+$")
list(TRANSFORM names REPLACE "^fusor::" "")
list(REMOVE_DUPLICATES names)
list(SORT names)
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/public_names.txt listed)
if(NOT names STREQUAL listed)
  set(new ${names})
  list(REMOVE_ITEM new ${listed})
  list(REMOVE_ITEM listed ${names})
  message(FATAL_ERROR "in namespace fusor, but not in public_names.txt: ${new}; the other way: ${listed}")
endif()
