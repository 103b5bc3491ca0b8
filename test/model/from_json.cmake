# SPDX-License-Identifier: BSL-1.0
# Reads a model and compares the files with those of another reading in OTHER.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${FOLDER})
execute_process(COMMAND ${READER} ${TARGET} ${FOLDER} ${TYPES} ${MODEL} ${WEIGHTS}
  OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
foreach(file IN ITEMS ${TARGET}.cpp ${TARGET}.f90 ${TARGET}.txt include/${TARGET}.h
    include/${TARGET}.hpp)
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${FOLDER}/${file} ${OTHER}/${file}
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
if(NOT table MATCHES "^${TARGET}\n *layer +class +output")
  message(FATAL_ERROR "no table: ${table}")
endif()
