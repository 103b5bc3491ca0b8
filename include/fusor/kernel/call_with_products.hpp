// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fusor/kernel/body.hpp"
#include "fusor/kernel/product_of_call.hpp"
#include "fusor/kernel/share.hpp"
#include "fusor/schedule/check_product.hpp"
#include "fusor/schedule/description.hpp"
#include "fusor/schedule/row_signature.hpp"

/// Calls of formulas with products of matrices: parts of the products, and then what stands around
/// them, by the loops of a kernel of its own.
namespace fusor::detail {
inline namespace FUSOR_REFUSALS {
inline namespace FUSOR_DISPATCH {

/// A call of a formula with products, of operands of these types: `Around` are the simplified forms
/// of its outputs, in which the products are inputs behind the `Inputs` that are given.
template <class Products, class Around, std::size_t Inputs, std::size_t StackBytes, class In,
          class Out>
class call_with_products {
  static constexpr std::size_t input_total = Inputs;
  static constexpr std::size_t output_total = Out::size;
  static constexpr std::size_t product_total = Products::size;
  static constexpr std::size_t around_total = input_total + product_total;
  using program = typename make_program<around_total, Around>::type;
  using around = kernel_body<program, around_total, output_total>;
  using compute = compute_type<In, Out>;

  template <class... Elements, std::size_t... P>
  static auto add_products(element_list<Elements...>, std::index_sequence<P...>)
      -> element_list<Elements..., std::enable_if_t<(P + 1 > 0), compute>...>;
  using product_indices = std::make_index_sequence<product_total>;
  using all_elements = decltype(add_products(In{}, product_indices{}));
  using elements =
      typename elements_read<Around, all_elements, std::make_index_sequence<around_total>>::type;
  using rows = typename as_row_program<program>::type;
  using description = description_of<typename rows::parts,
                                     typename slot_elements<typename rows::slots, elements>::type>;

  /// Whether halves of operands are taken: these are slots of their own.
  static constexpr bool takes_halves = description::operand_total > around_total + output_total;

  template <class... Each>
  static auto tuple_of(form_list<Each...>)
      -> std::tuple<product_of_call<Each, input_total, In, compute>...>;
  using products = decltype(tuple_of(Products{}));

  using part_room = scratch<StackBytes / product_total>;

  const call& given_;
  products products_;
  const compute nothing_ = 0;

 public:
  explicit call_with_products(const call& given) : call_with_products(given, product_indices{}) {}

  void run() {
    for (std::size_t i = 0; i < input_total; ++i) {
      if (multiplies(i, product_indices{})) check_multiplied(given_.operands, input_total, i);
    }
    check_shapes(product_indices{});
    const product_shape& shape = std::get<0>(products_).shape();
    const product_schedule schedule =
        choose_product(shape.rows, shape.columns, sizeof(compute), is_element_wise<Around>);
    const std::size_t matrices = matrix_count(shape.result.span());
    const bool is_in_parts = is_row_wise<Around> &&
                             !(matrices == 1 && schedule.is_whole(shape.rows, shape.columns)) &&
                             fits_rows(product_indices{});
    if (given_.runs != nullptr &&
        given_.runs->describes_product(is_in_parts ? schedule.rows : 0,
                                       is_in_parts ? schedule.columns : 0)) {
      return check(given_.runs);
    }
    if (is_in_parts) {
      const checker checks;
      check(&checks);
      prepare(product_indices{});
      run_parts(schedule, matrices);
    } else {
      prepare(product_indices{});
      run_whole(product_indices{});
    }
  }

 private:
  template <std::size_t... P>
  call_with_products(const call& given, std::index_sequence<P...>)
      : given_(given), products_(((void)P, given)...) {}

  template <std::size_t... P>
  static constexpr bool multiplies(std::size_t input, std::index_sequence<P...>) {
    return (std::tuple_element_t<P, products>::multiplies(input) || ...);
  }
  template <std::size_t... P>
  void prepare(std::index_sequence<P...>) {
    (std::get<P>(products_).prepare(), ...);
  }

  static constexpr bool reads(std::size_t operand) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return ((I == operand && reads_slot<I, Around>) || ...);
    }
    (std::make_index_sequence<around_total>{});
  }

  /// Refuses products that do not broadcast to the outputs; what is halved is left to the kernel
  /// around them.
  template <std::size_t... P>
  void check_shapes(std::index_sequence<P...>) const {
    for (std::size_t o = 0; o < output_total; ++o) {
      if (description::is_reduced()[o] || takes_halves) continue;
      const tensor_operand& output = given_.operands[input_total + o];
      const auto check = [&](const shape_buffer& product) {
        if (is_same_shape(product.span(), output.extents())) return;
        shape_buffer shape;
        broadcast_into(shape, output.extents());
        if (broadcast_into(shape, product.span()) && is_same_shape(shape.span(), output.extents()))
          return;
        refuse_with<shape_error>({"kernel: the product of matrices has shape ", product.span(),
                                  ", which does not broadcast to ", output.extents(), " of ",
                                  output_name(o, output_total)});
      };
      (check(std::get<P>(products_).shape().result), ...);
    }
  }

  /// Whether all rows of the products are rows of everything else.
  template <std::size_t... P>
  bool fits_rows(std::index_sequence<P...>) const {
    const shape_buffer& shape = std::get<0>(products_).shape().result;
    bool fits = (is_same_shape(std::get<P>(products_).shape().result.span(), shape.span()) && ...);
    for (std::size_t i = 0; i < input_total; ++i) {
      fits = fits && (!reads(i) || has_rows(shape, given_.operands[i], true));
    }
    for (std::size_t o = 0; o < output_total; ++o) {
      const tensor_operand& output = given_.operands[input_total + o];
      const bool lacks_axis = description::is_reduced()[o] && output.rank + 1 == shape.rank;
      if (lacks_axis) {
        fits = fits && is_same_shape(output.extents(), shape.span().first(output.rank));
      } else {
        fits = fits && output.rank == shape.rank && has_rows(shape, output, false) &&
               (!is_element_wise<Around> ||
                output.shape[output.rank - 1] == shape.extents[shape.rank - 1]);
      }
    }
    return fits;
  }

  /// The operands of what stands around the products, but for these.
  void take_operands(std::span<tensor_operand> operands) const {
    for (std::size_t i = 0; i < input_total; ++i) {
      operands[i] = given_.operands[i];
      if (!reads(i)) operands[i].take_number(&nothing_);
    }
    for (std::size_t o = 0; o < output_total; ++o) {
      operands[around_total + o] = given_.operands[input_total + o];
    }
  }

  /// Runs what stands around with a number in place of each product: to check it.
  void check(const runner* runs) const {
    operand_axes<product_total, most_axes> room;
    std::array<tensor_operand, around_total + output_total> operands;
    take_operands(operands);
    const auto add = [&](std::size_t p, const shape_buffer& shape) {
      tensor_operand& product = operands[input_total + p];
      room.give(p, product);
      take_rows<compute>(product, shape, &nothing_, 0);
      std::fill_n(product.strides, product.rank, 0);
    };
    [&]<std::size_t... P>(std::index_sequence<P...>) {
      (add(P, std::get<P>(products_).shape().result), ...);
    }
    (product_indices{});
    run_around(operands, runs);
  }

  static void run_around(std::span<tensor_operand> operands, const runner* runs) {
    around::template run<call_kind::tensors, elements, Out>({operands, {}, runs});
  }

  /// The whole products first.
  template <std::size_t... P>
  void run_whole(std::index_sequence<P...>) const {
    operand_axes<product_total, most_axes> room;
    std::array<tensor_operand, around_total + output_total> operands;
    take_operands(operands);
    part_room memory[product_total];
    const auto add = [&](std::size_t p, const product_run& run) {
      const product_shape& shape = run.shape();
      // Several threads may not write behind their rows.
      const std::size_t pitch = given_.runs == nullptr
                                    ? run.pitch(shape.columns)
                                    : bytes_of_row(shape.columns, sizeof(compute));
      const std::size_t matrices = matrix_count(shape.result.span());
      char* const to = memory[p].take(matrices * shape.rows * pitch + product_run::room_behind);
      room.give(p, operands[input_total + p]);
      take_rows<compute>(operands[input_total + p], shape.result, to, pitch);
      const std::size_t each = std::min(shape.rows, most_rows_per_product);
      if (each == 0) return;
      const std::size_t blocks = each == shape.rows ? 1 : (shape.rows + each - 1) / each;
      share_out(given_.runs, matrices * blocks, cost(each, shape), 1,
                [&](std::size_t begin, std::size_t end) {
                  part_room left;
                  for (; begin < end; ++begin) {
                    const std::size_t first = blocks == 1 ? 0 : begin % blocks * each;
                    const matrix_part part = {blocks == 1 ? begin : begin / blocks, first,
                                              std::min(each, shape.rows - first), 0, shape.columns};
                    product_block block;
                    run.take_left(part, left, block);
                    run.multiply(part, block, to + (part.matrix * shape.rows + first) * pitch,
                                 pitch);
                  }
                });
    };
    (add(P, std::get<P>(products_).run()), ...);
    run_around(operands, given_.runs);
  }

  /// About as many elements of an element-wise formula take the time of so many rows.
  static std::size_t cost(std::size_t rows, const product_shape& shape) {
    return rows * shape.columns * (1 + shape.depth / 8);
  }

  void run_parts(const product_schedule& schedule, std::size_t matrices) const {
    const product_shape& shape = std::get<0>(products_).shape();
    operand_axes<output_total, most_axes> room;
    std::array<tensor_operand, around_total + output_total> operands;
    take_operands(operands);
    for (std::size_t o = 0; o < output_total; ++o) {
      tensor_operand& output = operands[around_total + o];
      if (output.rank == shape.result.rank) continue;
      const tensor_operand reduced = output;
      room.give(o, output);
      std::copy_n(reduced.shape, reduced.rank, output.shape);
      std::copy_n(reduced.strides, reduced.rank, output.strides);
      output.shape[output.rank] = 1;
      output.strides[output.rank] = 0;
      ++output.rank;
    }
    if (shape.rows == 0 || shape.columns == 0) return;
    const std::size_t blocks = (shape.rows + schedule.rows - 1) / schedule.rows;
    share_out(given_.runs, matrices * blocks, cost(schedule.rows, shape), 1,
              [&](std::size_t begin, std::size_t end) {
                part_room lefts[product_total];
                part_room outs[product_total];
                for (; begin < end; ++begin) {
                  const std::size_t first = begin % blocks * schedule.rows;
                  run_part(operands, schedule.columns,
                           {begin / blocks, first, std::min(schedule.rows, shape.rows - first), 0,
                            shape.columns},
                           lefts, outs, product_indices{});
                }
              });
  }

  /// Rows of the products and of what stands around them, `columns` at a time.
  template <std::size_t... P>
  void run_part(std::span<const tensor_operand> all, std::size_t columns, matrix_part part,
                part_room* left_rooms, part_room* out_rooms, std::index_sequence<P...>) const {
    const shape_buffer& shape = std::get<0>(products_).shape().result;
    product_block lefts[product_total];
    (std::get<P>(products_).run().take_left(part, left_rooms[P], lefts[P]), ...);
    const std::size_t end = part.columns;
    for (; part.first_column < end; part.first_column += columns) {
      part.columns = std::min(columns, end - part.first_column);
      operand_axes<around_total + output_total, 2> room;
      std::array<tensor_operand, around_total + output_total> operands;
      for (std::size_t i = 0; i < operands.size(); ++i) {
        room.give(i, operands[i]);
        if (i < input_total || i >= around_total) take_part(all[i], shape, part, operands[i]);
      }
      const auto add = [&](std::size_t p, const product_run& run) {
        const std::size_t pitch = run.pitch(part.columns);
        char* const to = out_rooms[p].take(part.rows * pitch + product_run::room_behind);
        run.multiply(part, lefts[p], to, pitch);
        take_rows<compute>(operands[input_total + p], shape_of_part(part, shape.rank), to, pitch);
      };
      (add(P, std::get<P>(products_).run()), ...);
      run_around(operands, nullptr);
    }
  }
};

}  // namespace FUSOR_DISPATCH
}  // namespace FUSOR_REFUSALS
}  // namespace fusor::detail

#include "fusor/end.hpp"
