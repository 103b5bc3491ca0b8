/* SPDX-License-Identifier: BSL-1.0 */
/* Fused kernels in a C program: statuses instead of exceptions. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kernels.h"

int main(void) {
  enum { count = 1000 };
  static double in[count], weights[count], out[count];
  static float narrow[count + 1];
  int i, failures = 0;
  double largest = 0;
  for (i = 0; i < count; ++i) {
    in[i] = (i - 500) / 50.0;
    weights[i] = 1 + i % 3;
  }

  failures += mish_double(in, out, count) != FUSOR_OK;
  printf("mish(1) = %.15f\n", out[550]);
  for (i = 0; i < count; ++i) {
    const double right = in[i] * tanh(log1p(exp(in[i])));
    largest = fmax(largest, fabs(out[i] - right));
  }
  failures += scaled_elu_double(in, weights, out, count) != FUSOR_OK;
  for (i = 0; i < count; ++i) {
    const double right = (in[i] > 0 ? in[i] : expm1(in[i])) * weights[i];
    largest = fmax(largest, fabs(out[i] - right));
  }
  printf("largest difference to the C library: %.1e\n", largest);
  failures += largest > 1e-14;

  /* In place, and what is refused. */
  for (i = 0; i < count; ++i) narrow[i] = 1;
  failures += mish_float(narrow, narrow, count) != FUSOR_OK;
  failures += fabsf(narrow[0] - 0.865098f) > 1e-6f;
  failures += mish_float(narrow, narrow + 1, count) != FUSOR_OVERLAP_ERROR;
  printf("refused: %s\n", fusor_message());
  failures += strstr(fusor_message(), "the output overlaps the input") == NULL;
  failures += mish_float(NULL, narrow, count) != FUSOR_SHAPE_ERROR;
  printf("refused: %s\n", fusor_message());
  failures += narrow[1] != narrow[0]; /* nothing was written */

  printf(failures == 0 ? "OK: kernels from C\n" : "FAILED\n");
  return failures != 0;
}
