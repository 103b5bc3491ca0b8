// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "fusor/language/packed.hpp"
#include "fusor/model/call.hpp"
#include "fusor/model/error.hpp"
#include "fusor/registry/registry.hpp"

/// A model as it runs: kernels, one after the other, on the rows of a tile.
namespace fusor::detail {

/// The most axes of an operand, with that of the rows, and the most operands of a kernel.
inline constexpr std::size_t most_program_axes = 12;
inline constexpr std::size_t most_program_operands = 5;

/// An operand of an instruction.
struct program_operand {
  enum class memory { input, output, workspace, constant };
  memory of = memory::constant;
  std::size_t index =
      0;  // of the input or the output; in the workspace elements before it, per row
  std::size_t offset = 0;         // elements
  const void* numbers = nullptr;  // of a constant
  std::vector<std::size_t> shape{};
  std::vector<std::ptrdiff_t> strides{};
  bool has_rows = false;  // the first extent is that of one row of the model
};

/// A kernel and its operands, the output last.
struct program_instruction {
  void (*kernel)(const call&) = nullptr;
  std::optional<handle_body> activation{};  // in place of a kernel
  std::vector<program_operand> operands{};
};

/// Checks calls and runs next to nothing of them.
class rehearsal final : public runner {
 public:
  rehearsal() : runner(1) {}
  void execute(std::size_t, const task&) const override {}
  bool describes_array(std::size_t) const override {
    return true;
  }
  bool describes_rows(const row_kernel&, const row_layout&) const override {
    return true;
  }
  bool describes_product(std::size_t, std::size_t) const override {
    return true;
  }
};

/// One of the inputs or outputs of a model.
struct program_array {
  std::vector<std::size_t> shape;  // of a row
  std::size_t columns;             // its elements
};

template <class T>
struct model_program {
  std::vector<program_array> inputs{}, outputs{};
  std::vector<program_instruction> instructions{};
  std::vector<packed_matrix<T>> factors{};
  std::vector<std::vector<T>> constants{};
  std::size_t row_elements = 0;  // of the workspace
  std::size_t tile_rows = 1;
  std::string summary{};

  /// Rows, one behind the other in each array. What can be wrong with them has been refused.
  void run(std::size_t rows, std::span<const T* const> in, std::span<T* const> out,
           const runner* runs = nullptr) const {
    const std::size_t most = std::min(rows, tile_rows);
    const std::size_t size = most * row_elements;
    constexpr std::size_t on_stack = 65536 / sizeof(T);
    if (size <= on_stack) {
      alignas(panel_alignment) T room[on_stack];
      run_tiles(rows, most, in, out, room, runs);
    } else {
      packed_matrix<T> room(1, size);  // aligned memory
      run_tiles(rows, most, in, out, room.data(), runs);
    }
  }

 private:
  void run_tiles(std::size_t rows, std::size_t most, std::span<const T* const> in,
                 std::span<T* const> out, T* room, const runner* runs) const {
    for (std::size_t first = 0; first < rows; first += most) {
      const std::size_t count = std::min(most, rows - first);
      for (const program_instruction& each : instructions) {
        run(each, first, count, most, in, out, room, runs);
      }
    }
  }

  const T* start_of(const program_operand& of, std::size_t first, std::size_t most,
                    std::span<const T* const> in, std::span<T* const> out, T* room) const {
    switch (of.of) {
      case program_operand::memory::input:
        return in[of.index] + first * inputs[of.index].columns;
      case program_operand::memory::output:
        return out[of.index] + first * outputs[of.index].columns;
      case program_operand::memory::workspace:
        return room + of.index * most;
      default:
        return static_cast<const T*>(of.numbers);
    }
  }

  void run(const program_instruction& each, std::size_t first, std::size_t count, std::size_t most,
           std::span<const T* const> in, std::span<T* const> out, T* room,
           const runner* runs) const {
    operand_axes<most_program_operands, most_program_axes> axes;
    std::array<tensor_operand, most_program_operands> operands;
    for (std::size_t i = 0; i < each.operands.size(); ++i) {
      const program_operand& from = each.operands[i];
      tensor_operand& to = operands[i];
      axes.give(i, to);
      to.take_scalar(start_of(from, first, most, in, out, room) + from.offset);
      to.rank = from.shape.size();
      for (std::size_t k = 0; k < to.rank; ++k) {
        to.shape[k] = from.shape[k];
        to.strides[k] = from.strides[k];
      }
      if (from.has_rows) to.shape[0] *= count;
    }
    const call given{{operands.data(), each.operands.size()}, {}, runs};
    if (each.kernel != nullptr) return each.kernel(given);
    each.activation->template run<call_kind::tensors, element_list<T>, element_list<T>>(given);
  }
};

}  // namespace fusor::detail

#include "fusor/end.hpp"
