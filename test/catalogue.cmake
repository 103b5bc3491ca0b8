# SPDX-License-Identifier: BSL-1.0
# Writes a header with one line FUSOR_CASE(stem, expression) for every `/// Example` line of the cards
# in include/fusor/activation: what is written there is what the tests and benchmarks go over.

function(fusor_write_catalogue output)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/fusor/activation/*.hpp)
  set(text "// Written by test/catalogue.cmake from the cards of the activations.\n")
  foreach(header IN LISTS headers)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    get_filename_component(stem ${header} NAME_WE)
    file(STRINGS ${header} examples REGEX "^/// Example ")
    if(NOT examples)
      message(FATAL_ERROR "${header}: the card has no line '/// Example    ${stem}(x)'")
    endif()
    foreach(example IN LISTS examples)
      string(REGEX REPLACE "^/// Example +" "" expression "${example}")
      string(APPEND text "FUSOR_CASE(${stem}, ${expression})\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${output} CONTENT "${text}" @ONLY)
endfunction()
