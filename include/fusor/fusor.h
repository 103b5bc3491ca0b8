/* SPDX-License-Identifier: BSL-1.0 */
#pragma once

/* What C sees of functions made by FUSOR_EXPORT and by the CMake function fusor_add_kernels. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 0, or why nothing was written. */
enum fusor_status {
  FUSOR_OK = 0,
  FUSOR_SHAPE_ERROR = 1,     /* null with a count, a count that memory cannot hold */
  FUSOR_OVERLAP_ERROR = 2,   /* an output that shares memory with an input without being the same */
  FUSOR_PARAMETER_ERROR = 3, /* a parameter out of range */
  FUSOR_AXIS_ERROR = 4,      /* an axis that is empty where a largest element is asked for */
  FUSOR_OTHER_ERROR = 5
};

/* The sentence of the last call on this thread that did not return 0, "" before the first. */
const char* fusor_message(void);

/* The function of a kernel for one element type: inputs, output, and the count of each. The output
   may be the memory of an input. Returns a fusor_status.

   A formula with reductions takes the elements as one row. Of an input that it halves there are
   twice as many as the count says, of an output that is reduced there is one. */
#define FUSOR_SIGNATURE_1(name, type) int name(const type* in_0, type* out, size_t count)
#define FUSOR_SIGNATURE_2(name, type) \
  int name(const type* in_0, const type* in_1, type* out, size_t count)
#define FUSOR_SIGNATURE_3(name, type) \
  int name(const type* in_0, const type* in_1, const type* in_2, type* out, size_t count)
#define FUSOR_SIGNATURE_4(name, type) \
  int name(const type* in_0, const type* in_1, const type* in_2, const type* in_3, \
           type* out, size_t count)

/* The same for a number of rows, one behind the other in each array; the count is that of a row. */
#define FUSOR_ROWS_SIGNATURE_1(name, type) \
  int name(const type* in_0, type* out, size_t rows, size_t count)
#define FUSOR_ROWS_SIGNATURE_2(name, type) \
  int name(const type* in_0, const type* in_1, type* out, size_t rows, size_t count)
#define FUSOR_ROWS_SIGNATURE_3(name, type) \
  int name(const type* in_0, const type* in_1, const type* in_2, \
           type* out, size_t rows, size_t count)
#define FUSOR_ROWS_SIGNATURE_4(name, type) \
  int name(const type* in_0, const type* in_1, const type* in_2, const type* in_3, \
           type* out, size_t rows, size_t count)

/* FUSOR_DECLARE(name, inputs) declares the functions of FUSOR_EXPORT(name, expression, inputs):
   name_float, name_double, and name_float16 and name_bfloat16 on the bits of half numbers; and
   name_float_rows and so on. */
#define FUSOR_DECLARE(name, inputs)                             \
  FUSOR_SIGNATURE_##inputs(name##_float, float);                \
  FUSOR_SIGNATURE_##inputs(name##_double, double);              \
  FUSOR_SIGNATURE_##inputs(name##_float16, uint16_t);           \
  FUSOR_SIGNATURE_##inputs(name##_bfloat16, uint16_t);          \
  FUSOR_ROWS_SIGNATURE_##inputs(name##_float_rows, float);      \
  FUSOR_ROWS_SIGNATURE_##inputs(name##_double_rows, double);    \
  FUSOR_ROWS_SIGNATURE_##inputs(name##_float16_rows, uint16_t); \
  FUSOR_ROWS_SIGNATURE_##inputs(name##_bfloat16_rows, uint16_t)

#ifdef __cplusplus
}
#endif
