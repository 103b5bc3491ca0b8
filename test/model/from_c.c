/* SPDX-License-Identifier: BSL-1.0 */
/* The four networks that read digits, from C: beside what Keras computed.
   Usage: from_c <folder of the data> */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "digits_functional.h"
#include "digits_mish.h"
#include "digits_relu.h"
#include "digits_zoo.h"

enum { rows = 360, pixels = 64, classes = 10 };

static void read_numbers(const char* folder, const char* file, float* to, int count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  FILE* const opened = fopen(path, "r");
  if (opened == NULL) {
    printf("FAILED: cannot open %s\n", path);
    exit(1);
  }
  for (int i = 0; i < count; ++i) {
    if (fscanf(opened, "%f%*1[,]", &to[i]) < 1 && fscanf(opened, "%f", &to[i]) < 1) {
      printf("FAILED: %s has %d numbers\n", path, i);
      exit(1);
    }
  }
  fclose(opened);
}

static int largest(const float* row) {
  int at = 0;
  for (int i = 1; i < classes; ++i) at = row[i] > row[at] ? i : at;
  return at;
}

typedef int (*predict_function)(const float*, float*, size_t);

static int check(const char* folder, const char* name, predict_function predict, double allowed) {
  static float in[rows * pixels], expected[rows * classes], out[rows * classes];
  char file[64];
  snprintf(file, sizeof file, "%s_expected.csv", name);
  read_numbers(folder, "digits_test_x.csv", in, rows * pixels);
  read_numbers(folder, file, expected, rows * classes);
  if (predict(in, out, rows) != 0) {
    printf("FAILED: %s was refused\n", name);
    return 0;
  }
  int same = 0;
  double difference = 0;
  for (int row = 0; row < rows; ++row) {
    same += largest(&out[row * classes]) == largest(&expected[row * classes]);
  }
  for (int i = 0; i < rows * classes; ++i) {
    const double each = fabs((double)out[i] - (double)expected[i]);
    if (!(each <= difference)) difference = each;
  }
  printf("%s: %d of %d, differences up to %.1e\n", name, same, rows, difference);
  return same == rows && difference <= allowed;
}

int main(int argc, char** argv) {
  const char* const folder = argc > 1 ? argv[1] : ".";
  int right = digits_relu_inputs == pixels && digits_relu_outputs == classes;
  right = check(folder, "digits_relu", digits_relu_predict, 1e-5) && right;
  right = check(folder, "digits_mish", digits_mish_predict, 1e-5) && right;
  right = check(folder, "digits_zoo", digits_zoo_predict, 5e-5) && right;
  right = check(folder, "digits_functional", digits_functional_predict, 1e-5) && right;
  float out[classes];
  right = digits_relu_predict(NULL, out, 1) != 0 && right;
  printf("%s\n", digits_relu_message());
  printf(right ? "OK: models from C\n" : "FAILED\n");
  return right ? 0 : 1;
}
