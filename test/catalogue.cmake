# SPDX-License-Identifier: BSL-1.0
# Writes a header with one line FUSOR_CASE(stem, expression) for every `/// Example` line of the cards
# in include/fusor/activation: what is written there is what the tests and benchmarks go over. The
# activations along an axis, which include language/reduction.hpp, come as FUSOR_ROW_CASE: for those
# who define that.

function(fusor_write_catalogue output)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/fusor/activation/*.hpp)
  set(text "// Written by test/catalogue.cmake from the cards of the activations.
#ifndef FUSOR_ROW_CASE
#define FUSOR_ROW_CASE(...)
#endif
#ifndef FUSOR_CASE
#define FUSOR_CASE(...)
#endif
")
  foreach(header IN LISTS headers)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    get_filename_component(stem ${header} NAME_WE)
    file(STRINGS ${header} examples REGEX "^/// Example ")
    if(NOT examples)
      message(FATAL_ERROR "${header}: the card has no line '/// Example    ${stem}(x)'")
    endif()
    file(STRINGS ${header} reductions REGEX "language/reduction.hpp")
    set(macro FUSOR_CASE)
    if(reductions)
      set(macro FUSOR_ROW_CASE)
    endif()
    foreach(example IN LISTS examples)
      string(REGEX REPLACE "^/// Example +" "" expression "${example}")
      string(APPEND text "${macro}(${stem}, ${expression})\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${output} CONTENT "${text}" @ONLY)
endfunction()
