# SPDX-License-Identifier: BSL-1.0
# Writes the ```cpp blocks of a Markdown file as one program. A block with `int main() {` becomes a
# namespace; any other block becomes the body of a function that has the vectors in, out, data, a, b
# of eight floats, and `using namespace fusor;`.

function(write_readme_snippets markdown output)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${markdown})
  file(READ ${markdown} rest)
  set(headers "#include <cstdio>\n" "#include <fusor/fusor.hpp>\n" "#include <vector>\n")
  set(body "using namespace fusor;\n")
  set(calls "")
  set(count 0)
  set(opening "\n```cpp\n")
  string(LENGTH "${opening}" opening_length)
  while(TRUE)
    string(FIND "${rest}" "${opening}" begin)
    if(begin EQUAL -1)
      break()
    endif()
    math(EXPR begin "${begin} + ${opening_length}")
    string(SUBSTRING "${rest}" ${begin} -1 rest)
    string(FIND "${rest}" "\n```\n" end)
    string(SUBSTRING "${rest}" 0 ${end} block)
    math(EXPR end "${end} + 4")
    string(SUBSTRING "${rest}" ${end} -1 rest)
    math(EXPR count "${count} + 1")

    string(REGEX MATCHALL "#include [^\n]+\n" includes "${block}\n")
    string(REGEX REPLACE "#include [^\n]+\n" "" block "${block}\n")
    list(APPEND headers ${includes})
    if(block MATCHES "int main\\(\\) {")
      string(REPLACE "int main() {" "void program() {" block "${block}")
      string(APPEND body "namespace block_${count} {\n${block}}\n")
    else()
      string(APPEND body
        "namespace block_${count} {\nvoid program() {\n"
        "std::vector<float> in(8, 1), out(8), data(8), a(8, 1), b(8, 2);\n${block}}\n}\n")
    endif()
    string(APPEND calls "  block_${count}::program();\n")
  endwhile()
  if(count EQUAL 0)
    message(FATAL_ERROR "${markdown} has no block of C++")
  endif()
  list(REMOVE_DUPLICATES headers)
  string(CONCAT headers ${headers})
  file(WRITE ${output}.new "${headers}${body}int main() {\n${calls}"
    "  std::puts(\"OK: ${count} blocks of code ran\");\n}\n")
  file(COPY_FILE ${output}.new ${output} ONLY_IF_DIFFERENT)
endfunction()
