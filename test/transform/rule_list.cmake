# SPDX-License-Identifier: BSL-1.0
# cmake -DRULES=<include/fusor/transform/digits> -DLIST=<docs/rules.md> -P rule_list.cmake: the list has
# the algebra above each rule of these headers, in their order. With -DWRITE=1 it is written.

file(GLOB headers ${RULES}/*.hpp)
list(SORT headers)
set(text "# The rules\n\nWritten from the comments of the headers of rules, [digits](../include/fusor/transform/digits), by \
`test/transform/rule_list.cmake`. A, B are any parts of a\nformula, c, d numbers. What they are for: [rewriting.md](rewriting.md).\n")
foreach(header IN LISTS headers)
  get_filename_component(name ${header} NAME)
  file(READ ${header} source)
  string(REPLACE ";" "\\;" source "${source}")
  string(REGEX MATCH "\n/// ([^\n]*)\n" title "${source}")
  string(APPEND text "\n## [${name}](../include/fusor/transform/digits/${name})\n\n${CMAKE_MATCH_1}\n\n")
  # A comment goes on where the line after it begins with a comment as well.
  string(REGEX MATCHALL "(\n// [^\n]*)+" comments "${source}")
  foreach(comment IN LISTS comments)
    if(comment MATCHES "SPDX")
      continue()
    endif()
    string(REGEX REPLACE "\n// clang-format o(n|ff)" "" comment "${comment}")
    string(REGEX REPLACE "^\n// " "" comment "${comment}")
    string(REPLACE "\n// " " " comment "${comment}")
    if(NOT comment STREQUAL "")
      string(APPEND text "- `${comment}`\n")
    endif()
  endforeach()
endforeach()
string(REPLACE "\\;" ";" text "${text}")

if(WRITE)
  file(WRITE ${LIST} "${text}")
  return()
endif()
file(READ ${LIST} written)
if(NOT written STREQUAL text)
  message(FATAL_ERROR "${LIST} is not what the headers say; write it with -DWRITE=1")
endif()
