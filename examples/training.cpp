// SPDX-License-Identifier: BSL-1.0
// A network learns to read handwritten digits, from random weights. Its hidden activation is a
// formula written here; its backward pass, the gradient of the loss and the step of the optimiser
// are kernels too, each one loop.
//
// Data: see data/README.md. Usage: training [folder of the data]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <fusor/fusor.hpp>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace fusor;

namespace {

using numbers = std::vector<float>;

// The activation: a formula. Its derivative is not written anywhere.
constexpr auto activation = x * sigmoid(1.702 * x);

// Cross-entropy of each row: x are the logits, y the digit as a row of 0 and 1.
constexpr auto loss = -reduce_sum(y * log_softmax(x));

// A step of AdamW: x weight, y gradient, z mean of gradients, input<3> mean of their squares; then
// the learning rate, and what corrects either mean at the start.
constexpr double mean_decay = 0.9, square_decay = 0.999, weight_decay = 0.01;
constexpr auto new_mean = mean_decay * z + (1 - mean_decay) * y;
constexpr auto new_square = square_decay * input<3> + (1 - square_decay) * square(y);
constexpr auto rate = input<4>;
constexpr auto step = new_mean * input<5> / (sqrt(new_square * input<6>) + 1e-8);
constexpr auto adamw = outputs(x - rate * (step + weight_decay * x), new_mean, new_square);

numbers read(const std::string& path, std::size_t expected) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  numbers values;
  float value = 0;
  while (file >> value) {
    values.push_back(value);
    if (file.peek() == ',') file.get();
  }
  if (values.size() != expected) throw std::runtime_error(path + ": not the data expected");
  return values;
}

/// Numbers that are learnt, and what AdamW remembers of their gradients.
struct learnt {
  numbers value, gradient, mean, square;

  explicit learnt(std::size_t size) : value(size), gradient(size), mean(size), square(size) {}

  void learn(float rate_now, float correct_mean, float correct_square) {
    kernel<adamw>(value, gradient, mean, square, rate_now, correct_mean, correct_square, value,
                  mean, square);
  }
};

/// A dense layer of `from` to `to` numbers; rows lie one after the other.
struct dense {
  std::size_t from, to;
  learnt weights, bias;

  dense(std::size_t from_units, std::size_t to_units, std::mt19937& random)
      : from(from_units), to(to_units), weights(from * to), bias(to) {
    std::normal_distribution<float> normal(0, std::sqrt(2 / static_cast<float>(from)));
    for (float& weight : weights.value) weight = normal(random);
  }

  numbers operator()(const numbers& in) const {
    const std::size_t rows = in.size() / from;
    numbers out(rows * to);
    for (std::size_t r = 0; r < rows; ++r) {
      float* const sums = &out[r * to];
      std::copy(bias.value.begin(), bias.value.end(), sums);
      for (std::size_t i = 0; i < from; ++i) {
        for (std::size_t j = 0; j < to; ++j)
          sums[j] += in[r * from + i] * weights.value[i * to + j];
      }
    }
    return out;
  }

  /// From the gradient of the output to those of weights and bias, and of the input.
  numbers backward(const numbers& in, const numbers& gradient) {
    const std::size_t rows = in.size() / from;
    numbers below(in.size());
    std::fill(weights.gradient.begin(), weights.gradient.end(), 0.0f);
    for (std::size_t r = 0; r < rows; ++r) {
      const float* const g = &gradient[r * to];
      for (std::size_t i = 0; i < from; ++i) {
        float sum = 0;
        for (std::size_t j = 0; j < to; ++j) {
          weights.gradient[i * to + j] += in[r * from + i] * g[j];
          sum += weights.value[i * to + j] * g[j];
        }
        below[r * from + i] = sum;
      }
    }
    kernel<reduce_sum(x, {.axis = 0})>(view(gradient, {rows, to}), view(bias.gradient, {to}));
    return below;
  }
};

struct network {
  dense first, second, last;

  explicit network(std::mt19937& random)
      : first(64, 64, random), second(64, 32, random), last(32, 10, random) {}

  numbers logits(const numbers& images) const {
    numbers hidden = first(images);
    kernel<activation>(hidden);
    hidden = second(hidden);
    kernel<activation>(hidden);
    return last(hidden);
  }

  /// The gradients of the mean loss over some images, and that loss.
  float differentiate(const numbers& images, const numbers& digits) {
    const std::size_t rows = digits.size() / 10;
    const numbers sum_1 = first(images);
    numbers hidden_1(sum_1.size());
    kernel<activation>(sum_1, hidden_1);
    const numbers sum_2 = second(hidden_1);
    numbers hidden_2(sum_2.size());
    kernel<activation>(sum_2, hidden_2);
    const numbers scores = last(hidden_2);

    numbers losses(rows), gradient(scores.size());
    kernel<loss>(view(scores, {rows, 10}), view(digits, {rows, 10}), view(losses, {rows, 1}));
    kernel<vjp(loss, z)>(view(scores, {rows, 10}), view(digits, {rows, 10}),
                         1 / static_cast<float>(rows), view(gradient, {rows, 10}));
    gradient = last.backward(hidden_2, gradient);
    kernel<y * derivative(activation)>(sum_2, gradient, gradient);
    gradient = second.backward(hidden_1, gradient);
    kernel<y * derivative(activation)>(sum_1, gradient, gradient);
    first.backward(images, gradient);
    return std::accumulate(losses.begin(), losses.end(), 0.0f) / static_cast<float>(rows);
  }

  void learn(int number, float rate_now) {
    const float correct_mean = static_cast<float>(1 / (1 - std::pow(mean_decay, number)));
    const float correct_square = static_cast<float>(1 / (1 - std::pow(square_decay, number)));
    for (dense* layer : {&first, &second, &last}) {
      layer->weights.learn(rate_now, correct_mean, correct_square);
      layer->bias.learn(rate_now, correct_mean, correct_square);
    }
  }
};

/// Percent of the digits that have the largest score.
double percent_right(const numbers& scores, const numbers& labels) {
  int right = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto row = scores.begin() + static_cast<std::ptrdiff_t>(i * 10);
    right += static_cast<float>(std::max_element(row, row + 10) - row) == labels[i];
  }
  return 100.0 * right / static_cast<double>(labels.size());
}

int run(const std::string& folder) {
  constexpr std::size_t examples = 1437, tests = 360, pixels = 64, batch = 32;
  const numbers test_images = read(folder + "/test_x.csv", tests * pixels);
  const numbers test_labels = read(folder + "/test_y.csv", tests);
  // Each row of the file is an image, in whole numbers up to 16, and its digit.
  const numbers rows_read = read(folder + "/train.csv", examples * (pixels + 1));
  numbers images, labels;
  for (std::size_t i = 0; i < examples; ++i) {
    const float* const row = &rows_read[i * (pixels + 1)];
    images.insert(images.end(), row, row + pixels);
    labels.push_back(row[pixels]);
  }
  kernel<x / 16>(images);

  std::mt19937 random(7);
  network net(random);
  std::printf("  activation     %s\n", to_string(activation).c_str());
  std::printf("  its slope      %s\n\n", to_string(derivative(activation)).c_str());
  std::printf("%zu digits to learn from, %zu digits of other writers to read\n\n", examples, tests);
  std::printf("  epoch      loss   learnt from      others\n");
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::size_t> order(examples);
  std::iota(order.begin(), order.end(), std::size_t{0});
  int steps = 0;
  constexpr int epochs = 24;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    double sum = 0;
    std::size_t batches = 0;
    for (std::size_t at = 0; at + batch <= examples; at += batch, ++batches) {
      numbers rows, digits(batch * 10);
      for (std::size_t b = 0; b < batch; ++b) {
        const float* const row = &images[order[at + b] * pixels];
        rows.insert(rows.end(), row, row + pixels);
        digits[b * 10 + static_cast<std::size_t>(labels[order[at + b]])] = 1;
      }
      sum += static_cast<double>(net.differentiate(rows, digits));
      const float progress = static_cast<float>(epoch - 1) / epochs;
      net.learn(++steps, 0.006f * (1 - progress));
    }
    if (epoch % 4 == 0 || epoch == 1) {
      std::printf("  %5d   %7.4f   %9.1f %%  %8.1f %%\n", epoch, sum / static_cast<double>(batches),
                  percent_right(net.logits(images), labels),
                  percent_right(net.logits(test_images), test_labels));
    }
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const double right = percent_right(net.logits(test_images), test_labels);
  std::printf("\n  %.1f s, %d steps\n\n", seconds, steps);
  if (right < 95) {
    std::printf("FAILED: %.1f %% of the digits of other writers are right, 95 expected\n", right);
    return 1;
  }
  std::printf("OK: %.1f %% of the digits of other writers\n", right);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc > 1 ? argv[1] : FUSOR_EXAMPLES_DATA);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "training: %s\n", error.what());
    return 1;
  }
}
