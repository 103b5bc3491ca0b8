# SPDX-License-Identifier: BSL-1.0
# Uses the package from a prefix that it was moved to, in the way that FROM names.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
file(COPY ${INSTALLED}/ DESTINATION ${FOLDER}/moved)
file(GLOB_RECURSE pkg_config ${FOLDER}/moved/*/fusor.pc)
file(GLOB_RECURSE license ${FOLDER}/moved/*/LICENSE)
if(NOT pkg_config OR NOT license)
  message(FATAL_ERROR "fusor.pc or LICENSE is not installed: '${pkg_config}', '${license}'")
endif()
get_filename_component(folder ${pkg_config} DIRECTORY)
set(ENV{PKG_CONFIG_PATH} ${folder})
set(ENV{CXX} ${COMPILER})

if(FROM STREQUAL "pkg_config")
  execute_process(COMMAND ${PROGRAM} --cflags --libs "fusor >= ${VERSION}"
    OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  execute_process(COMMAND ${COMPILER} -std=c++20 ${CMAKE_CURRENT_LIST_DIR}/small.cpp ${flags}
    -o ${FOLDER}/small COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${FOLDER}/small COMMAND_ERROR_IS_FATAL ANY)
elseif(FROM STREQUAL "meson")
  execute_process(COMMAND ${PROGRAM} setup ${FOLDER}/build ${CMAKE_CURRENT_LIST_DIR}/meson
    -Dfusor_version=${VERSION} --cmake-prefix-path ${FOLDER}/moved COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${PROGRAM} test -C ${FOLDER}/build --verbose COMMAND_ERROR_IS_FATAL ANY)
endif()
