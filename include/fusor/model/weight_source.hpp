// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "fusor/model/error.hpp"

/// The weights of a model, wherever they are read.
namespace fusor::detail::models {

/// The extents of a tensor, without the axis of the rows where there is one.
using extents = std::vector<std::size_t>;

/// "(48, 10)", and "()" for a number.
inline std::string print(const extents& shape) {
  std::string text = "(";
  for (const std::size_t extent : shape) {
    if (text.size() > 1) text += ", ";
    text += std::to_string(extent);
  }
  return text + ")";
}

inline std::size_t count_of(const extents& shape) {
  std::size_t count = 1;
  for (const std::size_t extent : shape) {
    // Far below what overflows when it is multiplied by a number of rows or of bytes.
    if (__builtin_mul_overflow(count, extent, &count) || count > (std::size_t{1} << 40)) {
      refuse_model("a tensor of the shape " + print(shape) + " has more elements than memory");
    }
  }
  return count;
}

struct tensor {
  extents shape;
  std::vector<double> values;
};

/// What the layers ask of a file of weights. A path is that of a group or of a data set, as
/// "layers/dense/vars/0".
class weight_source {
 public:
  virtual ~weight_source() = default;

  /// Whether a group or a data set is there.
  virtual bool has(const std::string& path) const = 0;
  /// Whether there is more in the group of a layer than an empty group "vars".
  virtual bool holds_anything(const std::string& group) const = 0;
  /// The attribute `name` of a group, "" where there is none.
  virtual std::string name_of(const std::string& group) const = 0;
  /// The numbers of a data set, which must have this shape; `whose` begins a sentence about it.
  virtual tensor read(const std::string& path, const extents& expected,
                      const std::string& whose) const = 0;
};

}  // namespace fusor::detail::models
