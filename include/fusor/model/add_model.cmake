# SPDX-License-Identifier: BSL-1.0
# Part of the CMake package: a model of Keras as a library, without Python and without writing C++.
#
#   fusor_add_model(<target> <model.keras> | <model.json> <model.weights.h5>
#     [TYPES float double]              # by default float
#     [EXPECTED <x.csv> <y.csv>]        # inputs and outputs of Keras, for the test <target>.expected
#     [TOLERANCE <difference>]          # that it allows, by default 1e-5
#     [LAYERS <name> "<formula>" ...]   # layers and activations that Keras has not, as formulas of x
#     [THREADS]                         # a call of many rows shares them out, by OpenMP
#     [STATIC | SHARED])
#
# adds a library with the function <target>_predict, and for double <target>_predict_double: its
# header of C is <target>.h, that of C++ <target>.hpp, and where the project has Fortran the module
# <target> comes with it. The model is read when the library is built, which prints its layers and
# writes them to <target>/<target>.txt of the folder of the build; a file that is no model, and a layer
# that is not supported, end the build with one sentence. Only this needs nlohmann-json and the HDF5
# library, and the project needs C++ among its languages.

# What a model is read with, and is not there: a list of names. Looked for once.
function(fusor_find_model_libraries missing)
  set(names "")
  find_package(nlohmann_json QUIET)
  if(NOT nlohmann_json_FOUND)
    list(APPEND names "nlohmann-json")
  endif()
  find_path(FUSOR_HDF5_INCLUDE hdf5.h PATH_SUFFIXES hdf5/serial
    DOC "The folder of hdf5.h, for models of Keras")
  find_library(FUSOR_HDF5_LIBRARY NAMES hdf5_serial hdf5
    DOC "The HDF5 library, for models of Keras")
  mark_as_advanced(FUSOR_HDF5_INCLUDE FUSOR_HDF5_LIBRARY)
  if(NOT FUSOR_HDF5_INCLUDE OR NOT FUSOR_HDF5_LIBRARY)
    list(APPEND names "HDF5")
  endif()
  set(${missing} "${names}" PARENT_SCOPE)
endfunction()

# The program that reads models: built once in a project, when a model needs it.
function(fusor_add_model_reader)
  find_package(nlohmann_json REQUIRED)
  add_executable(fusor_model EXCLUDE_FROM_ALL
    ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fusor_model.cpp)
  set_target_properties(fusor_model PROPERTIES OUTPUT_NAME fusor-model)
  target_include_directories(fusor_model SYSTEM PRIVATE ${FUSOR_HDF5_INCLUDE})
  target_link_libraries(fusor_model PRIVATE
    fusor::fusor nlohmann_json::nlohmann_json ${FUSOR_HDF5_LIBRARY})
  # It packs weights and calls no kernel.
  target_compile_definitions(fusor_model PRIVATE FUSOR_STATIC_DISPATCH)
endfunction()

function(fusor_add_model target)
  set(call "fusor_add_model(${target})")
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "CXX" IN_LIST languages)
    message(FATAL_ERROR "${call}: models are compiled as C++; add CXX to the LANGUAGES of project()")
  endif()
  if(NOT target MATCHES "^[A-Za-z][A-Za-z0-9_]*$")
    message(FATAL_ERROR "${call}: \"${target}\" is no beginning of a name of a C function")
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 given "STATIC;SHARED;THREADS" "TOLERANCE" "TYPES;EXPECTED;LAYERS")
  list(GET given_KEYWORDS_MISSING_VALUES 0 empty)
  if(empty)
    message(FATAL_ERROR "${call}: there is nothing after ${empty}")
  endif()
  if(given_STATIC AND given_SHARED)
    message(FATAL_ERROR "${call}: a library is STATIC or SHARED")
  endif()

  set(model "")
  set(expected "")
  foreach(file IN LISTS given_UNPARSED_ARGUMENTS given_EXPECTED)
    set(list model)
    if(NOT file IN_LIST given_UNPARSED_ARGUMENTS)
      set(list expected)
    endif()
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    get_source_file_property(is_generated ${file} GENERATED)
    if(NOT EXISTS ${file} AND NOT is_generated)
      message(FATAL_ERROR "${call}: there is no file ${file}")
    endif()
    list(APPEND ${list} ${file})
  endforeach()
  list(JOIN given_UNPARSED_ARGUMENTS " " shown)
  if(NOT shown MATCHES "^[^ ]+[.]keras$|^[^ ]+[.]json [^ ]+[.]h5$")
    message(FATAL_ERROR "${call}: a model is one file .keras, or a .json and a .weights.h5; given is \"${shown}\"")
  endif()
  if(NOT DEFINED given_TYPES)
    set(given_TYPES float)
  endif()
  foreach(type IN LISTS given_TYPES)
    if(NOT type MATCHES "^(float|double)$")
      message(FATAL_ERROR "${call}: the type \"${type}\" is none of float, double")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES given_TYPES)
  if(DEFINED given_EXPECTED)
    list(LENGTH given_EXPECTED count)
    if(NOT count EQUAL 2)
      message(FATAL_ERROR "${call}: EXPECTED takes two files, the inputs and the outputs")
    endif()
  endif()
  if(NOT DEFINED given_TOLERANCE)
    set(given_TOLERANCE 1e-5)
  elseif(NOT given_TOLERANCE MATCHES "^[0-9]*[.]?[0-9]+(e[-+]?[0-9]+)?$")
    message(FATAL_ERROR "${call}: TOLERANCE is a number, and not \"${given_TOLERANCE}\"")
  endif()

  # (Semicolons and generator expressions would reach the reader as something else.)
  if("${given_LAYERS}" MATCHES "[$]|\\\\;")
    message(FATAL_ERROR "${call}: LAYERS: there is no ; and no $ in formulas")
  endif()
  set(layers "")
  list(LENGTH given_LAYERS count)
  math(EXPR odd "${count} % 2")
  if(odd)
    list(GET given_LAYERS -1 last)
    message(FATAL_ERROR "${call}: LAYERS takes names, each with a formula; \"${last}\" has none")
  endif()
  while(given_LAYERS)
    list(POP_FRONT given_LAYERS name formula)
    list(APPEND layers --layer "${name}" "${formula}")
  endwhile()

  fusor_find_model_libraries(missing)
  if(missing)
    list(JOIN missing " and " missing)
    message(FATAL_ERROR "${call}: to read a model, ${missing} must be installed, on Debian by the packages nlohmann-json3-dev and libhdf5-dev")
  endif()
  if(NOT TARGET fusor_model)
    fusor_add_model_reader()
  endif()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target})
  set(headers ${folder}/include/${target}.h ${folder}/include/${target}.hpp)
  list(JOIN given_TYPES "," types)
  list(GET model 0 first)
  cmake_path(GET first FILENAME name)
  add_custom_command(
    OUTPUT ${folder}/${target}.cpp ${folder}/${target}.f90 ${folder}/${target}.txt ${headers}
    COMMAND fusor_model ${target} ${folder} ${types} ${model} ${layers}
    DEPENDS fusor_model ${model}
    COMMENT "Reading ${name}"
    VERBATIM)
  set(kind "")
  if(given_STATIC)
    set(kind STATIC)
  elseif(given_SHARED)
    set(kind SHARED)
  endif()
  add_library(${target} ${kind} ${folder}/${target}.cpp)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${folder}/include FILES ${headers})
  target_link_libraries(${target} PUBLIC fusor::fusor)
  if(given_THREADS)
    find_package(OpenMP QUIET COMPONENTS CXX)
    if(NOT OpenMP_CXX_FOUND)
      message(FATAL_ERROR "${call}: THREADS needs a compiler with OpenMP")
    endif()
    target_link_libraries(${target} PRIVATE OpenMP::OpenMP_CXX)
    target_compile_definitions(${target} PRIVATE FUSOR_MODEL_THREADS)
  endif()
  # A project that sets no build type means no slow model by that.
  target_compile_options(${target} PRIVATE $<$<NOT:$<BOOL:$<CONFIG>>>:-O2>)
  set_target_properties(${target} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  # (In the folder of the call: the list above is that of the whole project.)
  if(CMAKE_Fortran_COMPILE_OBJECT)
    target_sources(${target} PRIVATE ${folder}/${target}.f90)
    set_target_properties(${target} PROPERTIES
      LINKER_LANGUAGE CXX Fortran_MODULE_DIRECTORY ${folder}/modules)
    target_include_directories(${target} PUBLIC
      $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:Fortran>:${folder}/modules>>)
  endif()

  if(expected)
    list(JOIN given_TYPES ", " types)
    add_executable(${target}_expected ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/expected.cpp)
    target_link_libraries(${target}_expected PRIVATE ${target})
    target_compile_definitions(${target}_expected PRIVATE
      FUSOR_MODEL=${target} "FUSOR_MODEL_HEADER=\"${target}.hpp\"" "FUSOR_MODEL_TYPES=${types}")
    add_test(NAME ${target}.expected COMMAND ${target}_expected ${expected} ${given_TOLERANCE})
  endif()
endfunction()
