# SPDX-License-Identifier: BSL-1.0
# Reads a model with the formula FORMULA for its layer "rectified", and compiles what comes out: the
# compiler refuses it with REASON, or not at all where that is empty.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${FOLDER})
execute_process(
  COMMAND ${READER} model ${FOLDER} float ${MODEL} ${WEIGHTS} --layer rectified "${FORMULA}"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND ${COMPILER} -std=c++20 -fsyntax-only -DFUSOR_STATIC_DISPATCH -I${INCLUDE} -I${BOOST}
    -I${FOLDER}/include ${FOLDER}/model.cpp
  RESULT_VARIABLE result ERROR_VARIABLE text)
if(REASON STREQUAL "")
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "it is refused: ${text}")
  endif()
elseif(result EQUAL 0 OR NOT text MATCHES "${REASON}")
  message(FATAL_ERROR "not refused, or with another sentence: ${text}")
endif()
