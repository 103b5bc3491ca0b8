// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "fusor/model/formula.hpp"
#include "fusor/model/own_layers.hpp"
#include "fusor/model/weight_source.hpp"

/// A model as steps: each a kernel call, from values and weights to a value.
namespace fusor::detail::models {

/// What layers hand on: the elements of one row, in memory one behind the other.
struct value {
  extents shape;
  std::size_t storage;  // itself, or the value whose elements these are in another shape
};

struct operand {
  enum class kind { value, weight };
  kind from;
  std::size_t index;

  bool operator==(const operand&) const = default;
};

inline operand value_operand(std::size_t index) {
  return {operand::kind::value, index};
}
inline operand weight_operand(std::size_t index) {
  return {operand::kind::weight, index};
}

/// How a step goes over one of its values, where that is not element after element: a shape and
/// strides, without the axis of the rows.
struct placement {
  extents shape, strides;
  std::size_t offset = 0;
};

struct step {
  std::string formula;            // of $0, $1, ...
  std::vector<operand> operands;  // what they are; of a product the first two are its factors
  std::size_t output;             // a value
  std::vector<std::size_t> layers{};

  bool has_product = false;
  bool is_bare_dense =
      false;               // a product and a bias alone, which a normalisation may be taken into
  bool is_affine = false;  // $0 * $1 + $2 along the last axis, which may be taken into a product
  bool reduces = false;
  bool needs_all_axes = false;             // reduces along another axis than the last
  bool halves = false;                     // operands are twice as long in the last axis
  bool stands_alone = false;               // is not fused with others
  std::vector<placement> in_placement{};   // of the first operand, at most one
  std::vector<placement> out_placement{};  // of the output, at most one
};

/// What the table says of a layer.
struct layer_summary {
  std::string name, class_name, formula;
  std::vector<std::size_t> outputs{};  // values, one for each call of the layer
  std::size_t parameters = 0;
  std::size_t multiply_adds = 0;
};

struct endpoint {
  std::string name;  // of the layer
  std::size_t value;
};

struct graph {
  std::vector<value> values;
  std::vector<tensor> weights;
  std::vector<step> steps;  // in an order in which they can run
  std::vector<layer_summary> layers;
  std::vector<endpoint> inputs, outputs;
  std::vector<own_layer> own_layers{};  // that it has

  std::size_t add_value(extents shape) {
    constexpr std::size_t most = std::size_t{1} << 24;
    if (count_of(shape) == 0 || count_of(shape) > most) {
      refuse_model("a row of the shape " + print(shape) + " is not supported: it has " +
                   (count_of(shape) == 0 ? "no" : "more than 16 million") + " elements");
    }
    values.push_back({std::move(shape), values.size()});
    return values.size() - 1;
  }
  std::size_t add_alias(std::size_t of, extents shape) {
    const std::size_t made = add_value(std::move(shape));
    values[made].storage = values[of].storage;
    return made;
  }
  std::size_t add_weight(tensor weight) {
    weights.push_back(std::move(weight));
    return weights.size() - 1;
  }
  const extents& shape_of(const operand& of) const {
    return of.from == operand::kind::value ? values[of.index].shape : weights[of.index].shape;
  }
};

inline extents row_major_strides(const extents& shape) {
  extents strides(shape.size());
  std::size_t stride = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= shape[i];
  }
  return strides;
}

/// A shape without the axes before the first of more than one element: it broadcasts as before.
inline extents without_leading_ones(const extents& shape) {
  std::size_t first = 0;
  while (first < shape.size() && shape[first] == 1) ++first;
  return {shape.begin() + static_cast<std::ptrdiff_t>(first), shape.end()};
}

/// The shape that two broadcast to, aligned at the last axis; false where they do not fit.
inline bool broadcast(extents& shape, const extents& with) {
  extents result = shape.size() < with.size() ? with : shape;
  const extents& other = shape.size() < with.size() ? shape : with;
  for (std::size_t i = 0; i < other.size(); ++i) {
    std::size_t& mine = result[result.size() - other.size() + i];
    if (mine == 1) {
      mine = other[i];
    } else if (other[i] != 1 && other[i] != mine) {
      return false;
    }
  }
  shape = result;
  return true;
}

}  // namespace fusor::detail::models
