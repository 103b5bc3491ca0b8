# SPDX-License-Identifier: BSL-1.0
# The blocks of docs/models.md: cmake -DDOCUMENT=... -DREADER=... -DMODEL=... -DFOLDER=... -P.
# The table that it shows is the one that is printed.
cmake_minimum_required(VERSION 3.25)
file(READ ${DOCUMENT} document)
execute_process(COMMAND ${READER} digits ${FOLDER} float ${MODEL}
  OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
string(FIND "${document}" "```text\n${table}```\n" found)
if(found EQUAL -1)
  message(FATAL_ERROR "docs/models.md does not show\n${table}")
endif()
