# SPDX-License-Identifier: BSL-1.0
# cmake -DCOMPILE=<command> -DSENTENCE=<regular expression> -P few_lines.cmake: the command fails, and
# what it prints has the sentence and at most 20 lines.

execute_process(COMMAND ${COMPILE} RESULT_VARIABLE result ERROR_VARIABLE text OUTPUT_QUIET)
if(result EQUAL 0)
  message(FATAL_ERROR "it compiles")
endif()
string(REGEX MATCHALL "\n" lines "${text}")
list(LENGTH lines count)
if(count GREATER 20)
  message(FATAL_ERROR "${count} lines:\n${text}")
endif()
if(NOT text MATCHES "${SENTENCE}")
  message(FATAL_ERROR "another sentence:\n${text}")
endif()
