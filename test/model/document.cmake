# SPDX-License-Identifier: BSL-1.0
# The blocks of docs/models.md: cmake -DDOCUMENT=... -DREADER=... -DMODEL=... -DFOLDER=... -P.
# The table that it shows is the one that is printed.
cmake_minimum_required(VERSION 3.25)
file(READ ${DOCUMENT} document)
execute_process(COMMAND ${READER} digits ${FOLDER} float ${MODEL}
  OUTPUT_VARIABLE table COMMAND_ERROR_IS_FATAL ANY)
# Its formulas of layers are taken for what they are.
string(REGEX MATCH "LAYERS rectified.[^`]*" block "${document}")
string(REGEX MATCHALL "[A-Za-z>]+ \"[^\"]+\"" layers "${block}")
list(TRANSFORM layers REPLACE "^([^ ]+) \"(.+)\"$" "--layer;\\1;\\2")
list(LENGTH layers count)
execute_process(COMMAND ${READER} digits_own ${FOLDER} float ${OWN} ${WEIGHTS} ${layers}
  OUTPUT_VARIABLE own COMMAND_ERROR_IS_FATAL ANY)
if(NOT own MATCHES "with layer_MySwiglu.x. = silu.*with layer_Mine_shares.x. = x / reduce_sum")
  message(FATAL_ERROR "the formulas of docs/models.md, ${layers}, are not those of ${own}")
endif()
string(FIND "${document}" "```text\n${table}```\n" found)
if(found EQUAL -1)
  message(FATAL_ERROR "docs/models.md does not show\n${table}")
endif()
