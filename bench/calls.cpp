// SPDX-License-Identifier: BSL-1.0
// What a call costs besides the elements: short ones, and tensors that are not one array, each
// beside the same formula on an array of as many elements.

#include <fusor/fusor.hpp>
#include <string>

#include "side_by_side.hpp"
#include "table.hpp"

namespace {

using namespace fusor;

constexpr std::size_t room = 2 * bench::Mi;
const bench::array in(room), out(room, bench::half_page), bias(bench::Mi);

/// One row of the table: `call` beside `flat`, of so many elements.
template <class Call, class Flat>
void add_row(const std::string& name, std::size_t count, Call call, Flat flat) {
  benchmark::RegisterBenchmark((name + "/" + std::to_string(count)).c_str(),
                               [=](benchmark::State& state) {
                                 const auto [time, beside] =
                                     bench::best_times(state, count, call, flat);
                                 state.counters["time"] = time;
                                 state.counters["beside"] = beside;
                                 state.counters["count"] = static_cast<double>(count);
                               })
      ->UseManualTime()
      ->MinTime(0.2);
}

template <auto Formula>
auto on_array(std::size_t count) {
  return [=] { kernel<Formula>(in.data(), out.data(), count); };
}

void add_short_calls() {
  for (const std::size_t count : {1u, 8u, 16u, 64u, 1000u}) {
    const std::string elements = " of " + std::to_string(count);
    add_row("relu" + elements, count, on_array<relu>(count), on_array<relu>(count));
    add_row(
        "relu on views" + elements, count,
        [=] { kernel<relu>(view(in.data(), {count}), view(out.data(), {count})); },
        on_array<relu>(count));
  }
  add_row(
      "mish of a number", 1, [] { out.data()[0] = kernel<mish>(in.data()[0]); }, on_array<mish>(1));
  for (const std::size_t count : {2u, 10u, 100u}) {
    add_row("softmax of one row of " + std::to_string(count), count, on_array<softmax>(count),
            on_array<mish>(count));
  }
}

/// A formula of x and y on a matrix and another operand, beside one of x alone.
template <auto Formula, auto Flat, class Other>
void add_matrix(const std::string& name, std::size_t rows, std::size_t columns, Other other) {
  add_row(
      name + " of " + std::to_string(rows) + "x" + std::to_string(columns), rows * columns,
      [=] {
        kernel<Formula>(view(in.data(), {rows, columns}), other, view(out.data(), {rows, columns}));
      },
      on_array<Flat>(rows * columns));
}

void add_broadcasts(std::size_t rows, std::size_t columns) {
  const auto row = view(bias.data(), {columns});
  add_matrix<relu(x + y), relu(x + 1)>("relu(x + bias)", rows, columns, row);
  add_matrix<gelu(x + y), gelu(x + 1)>("gelu(x + bias)", rows, columns, row);
  add_matrix<x * y, x * 2>("x * a number a row", rows, columns, view(bias.data(), {rows, 1}));
}

void add_strides() {
  constexpr std::size_t side = 1024;
  constexpr std::size_t count = side * side;
  add_row(
      "relu, input transposed, 1024x1024", count,
      [] {
        kernel<relu>(view(in.data(), {side, side}, {1, side}), view(out.data(), {side, side}));
      },
      on_array<relu>(count));
  add_row(
      "relu, output transposed, 1024x1024", count,
      [] {
        kernel<relu>(view(in.data(), {side, side}), view(out.data(), {side, side}, {1, side}));
      },
      on_array<relu>(count));
  add_row(
      "relu of every second element", count,
      [] { kernel<relu>(view(in.data(), {count}, {2}), view(out.data(), {count})); },
      on_array<relu>(count));
  add_row(
      "relu, input reversed", count,
      [] { kernel<relu>(view(in.data() + count - 1, {count}, {-1}), view(out.data(), {count})); },
      on_array<relu>(count));
  add_row(
      "relu of rows of 10 that lie 16 apart", 40960,
      [] {
        kernel<relu>(view(in.data(), {4096, 10}, {16, 1}), view(out.data(), {4096, 10}, {16, 1}));
      },
      on_array<relu>(40960));
}

constexpr auto layer_norm =
    (x - reduce_mean(x)) / sqrt(reduce_mean(square(x - reduce_mean(x))) + 1e-5);
constexpr auto swiglu = silu(first_half(x)) * second_half(x);

/// Rows of a few elements, beside an array that takes the dearest operation of each.
void add_short_rows() {
  for (const std::size_t columns : {2u, 10u, 16u, 31u, 64u}) {
    const auto from = view(in.data(), {4096, columns});
    const auto to = view(out.data(), {4096, columns});
    const std::string of = " of rows of " + std::to_string(columns);
    const std::size_t count = 4096 * columns;
    add_row(
        "softmax" + of, count, [=] { kernel<softmax>(from, to); }, on_array<exponential>(count));
    add_row(
        "layer_norm" + of, count, [=] { kernel<layer_norm>(from, to); }, on_array<relu>(count));
    add_row(
        "swiglu" + of, count,
        [=] {
          kernel<swiglu>(view(in.data(), {4096, 2 * columns}), to);
        },
        on_array<silu>(count));
  }
}

void add_few_columns() {
  for (const std::size_t columns : {2u, 3u, 8u}) {
    constexpr std::size_t length = 16384;
    const std::size_t count = length * columns;
    const auto from = view(in.data(), {length, columns});
    const auto to = view(out.data(), {length, columns});
    const std::string of = " of " + std::to_string(columns) + " columns";
    add_row(
        "relu" + of + ", input transposed", count,
        [=] {
          kernel<relu>(view(in.data(), {length, columns}, {1, length}), to);
        },
        on_array<relu>(count));
    add_row(
        "softmax" + of, count, [=] { kernel<softmax(x, {.axis = 0})>(from, to); },
        on_array<exponential>(count));
    add_row(
        "x - reduce_mean(x)" + of, count,
        [=] { kernel<x - reduce_mean(x, {.axis = 0})>(from, to); }, on_array<relu>(count));
  }
  constexpr std::size_t length = 262144;
  add_row(
      "reduce_sum of 3 columns", 3 * length,
      [] {
        kernel<reduce_sum(x, {.axis = 0})>(view(in.data(), {length, 3}), view(out.data(), {1, 3}));
      },
      on_array<relu>(3 * length));
}

void add_halves() {
  static std::vector<float16> from(4096 * 64), to(4096 * 64), beside(64);
  kernel<x>(in.data(), from.data(), from.size());
  kernel<x>(in.data(), beside.data(), beside.size());
  for (const std::size_t columns : {2u, 10u, 31u, 64u}) {
    const std::size_t count = 4096 * columns;
    const auto x16 = view(from.data(), {4096, columns}), y16 = view(to.data(), {4096, columns});
    const std::string of = " of rows of " + std::to_string(columns) + ", float16";
    add_row(
        "softmax" + of, count, [=] { kernel<softmax>(x16, y16); },
        [=] { kernel<exponential>(from.data(), to.data(), count); });
    add_row(
        "gelu(x + bias)" + of, count,
        [=] { kernel<gelu(x + y)>(x16, view(beside.data(), {columns}), y16); },
        [=] { kernel<gelu>(from.data(), to.data(), count); });
  }
}

std::vector<bench::cell> cells(const benchmark::BenchmarkReporter::Run& run) {
  const std::string row = bench::row_of(run);
  const double time = run.counters.at("time");
  const double count = run.counters.at("count");
  return {{row, "ns a call", bench::digits(time * count, count < 100 ? 1 : 0)},
          {row, "ns an element", bench::digits(time, 3)},
          {row, "times an array", bench::digits(time / run.counters.at("beside"), 2)}};
}

}  // namespace

int main(int count, char** arguments) {
  bench::fill_random(in.data(), room, 1);
  bench::fill_random(bias.data(), bench::Mi, 2);
  add_short_calls();
  add_broadcasts(64, 64);
  add_broadcasts(4096, 10);
  add_broadcasts(512, 100);
  add_broadcasts(1024, 1000);
  add_strides();
  add_short_rows();
  add_few_columns();
  add_halves();
  return bench::run_all(count, arguments, "the call", cells);
}
