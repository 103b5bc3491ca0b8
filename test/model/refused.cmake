# SPDX-License-Identifier: BSL-1.0
# Configures the project SOURCE with MISUSE, and reads its model: it is refused with the sentence
# REASON, or not at all where that is empty.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${FOLDER})
execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${FOLDER} -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
    -DREADER=${READER} -DDATA=${DATA} -DFUSOR_SOURCE=${FUSOR_SOURCE} -DMISUSE=${MISUSE}
  RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(result EQUAL 0)
  execute_process(COMMAND ${CMAKE_COMMAND} --build ${FOLDER} --target read
    RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text)
endif()
# CMake breaks the lines of what it reports.
string(REGEX REPLACE "[ \n]+" " " text "${text}")
if(REASON STREQUAL "")
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "it is refused: ${text}")
  endif()
elseif(result EQUAL 0 OR NOT text MATCHES "${REASON}")
  message(FATAL_ERROR "not refused, or with another sentence: ${text}")
endif()
