// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "fusor/language/view.hpp"
#include "fusor/model/model_error.hpp"

/// Models of Keras that are known only when a program runs. Link `fusor::model`.
namespace fusor {

/// Who opens the weights of a model, which the HDF5 library reads. It does not survive every
/// damaged file: in a process of its own (by fork) it ends that process alone, and the file is
/// refused with a sentence as others are. Where a program may start none, or has made every file
/// itself, it is read in this process.
enum class weights_reader { child, this_process };

namespace detail {

template <class T>
struct model_program;

/// An array of a call of a model as it was given: a range, or a view with a shape.
template <class T>
struct model_argument {
  T* data = nullptr;
  std::size_t elements = 0;
  std::span<const std::size_t> shape{};  // of a view
  std::span<const std::ptrdiff_t> strides{};

  model_argument(std::span<T> range) : data(range.data()), elements(range.size()) {}
  model_argument(T* array, std::size_t count) : data(array), elements(count) {}
  template <class Range>
  requires(std::is_convertible_v<Range, std::span<T>> &&
           !std::is_same_v<std::remove_cvref_t<Range>, model_argument>)
      model_argument(Range&& range)
      : model_argument(std::span<T>(range)) {}
  template <class Element, std::size_t Rank>
  requires(std::is_convertible_v<Element*, T*>)
      model_argument(const tensor_view<Element, Rank>& view)
      : data(view.data),
        elements(1),
        shape(view.shape.data(), rank_of(view)),
        strides(view.strides.data(), rank_of(view)) {}
};

}  // namespace detail

/// A model of Keras, for float or double.
///
///     const fusor::model model("digits.keras");
///     model.predict(pixels, probabilities);  // whole rows, one behind the other
///     model.predict(view(in, {rows, 64}), view(out, {rows, 10}));
///     model.predict({in_0, in_1}, {out_0, out_1});  // several inputs and outputs
///
/// It holds its weights; copies share them. All functions are const, and any number of threads may
/// call them. The layers, and what is refused, are those of fusor_add_model (docs/models.md).
template <class T>
class basic_model {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>,
                "basic_model: a model computes in float or double");

 public:
  using argument = detail::model_argument<const T>;
  using result = detail::model_argument<T>;

  /// What `model.save` wrote. Throws model_error, whose sentence begins with the name of the file:
  /// a file that cannot be read, is damaged or no model, and layers that are not supported.
  explicit basic_model(const std::string& file, weights_reader by = weights_reader::child);
  /// What `model.to_json` and `model.save_weights` wrote.
  basic_model(const std::string& configuration, const std::string& weights,
              weights_reader by = weights_reader::child);

  /// The outputs of as many rows as the arrays hold. Takes at most 64 KiB of the stack beside what
  /// kernels take, and memory from the heap once if the values between the layers need more.
  ///
  /// Throws before anything is written: shape_error (no whole rows, not as many in each array, a
  /// view of another shape or with gaps, null), overlap_error.
  void predict(const argument& in, const result& out) const {
    run({&in, 1}, {&out, 1});
  }
  void predict(std::initializer_list<argument> in, std::initializer_list<result> out) const {
    run({in.begin(), in.size()}, {out.begin(), out.size()});
  }

  std::size_t input_count() const;
  std::size_t output_count() const;
  /// The shape of a row of an input or output. Throws shape_error if there is no such.
  std::span<const std::size_t> input_shape(std::size_t index = 0) const;
  std::span<const std::size_t> output_shape(std::size_t index = 0) const;

  /// The layers, their shapes and the kernels as text, which fusor_add_model prints.
  const std::string& summary() const;

 private:
  void run(std::span<const argument> in, std::span<const result> out) const;

  std::shared_ptr<const detail::model_program<T>> program_;
};

extern template class basic_model<float>;
extern template class basic_model<double>;

using model = basic_model<float>;

}  // namespace fusor

#include "fusor/end.hpp"
