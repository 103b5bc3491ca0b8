// SPDX-License-Identifier: BSL-1.0
// fusor::model: from files to a program of kernels, and its calls.
#include "fusor/model.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "fusor/model/read.hpp"
#include "fusor/model/run_time/compile_steps.hpp"
#include "fusor/model/run_time/program.hpp"
#include "fusor/model/run_time/weights_in_child.hpp"
#include "fusor/model/table.hpp"
#include "fusor/model/weights_file.hpp"

namespace fusor {

namespace detail::models {
namespace {

constexpr const char* predict_name = "model::predict";

/// The most inputs of a model, and outputs: room for them is on the stack.
constexpr std::size_t most_model_arrays = 32;

std::vector<program_array> arrays_of(const graph& all, const std::vector<endpoint>& endpoints) {
  if (endpoints.size() > most_model_arrays) {
    refuse_model("it has more than 32 inputs or outputs; use fusor_add_model");
  }
  std::vector<program_array> made;
  for (const endpoint& each : endpoints) {
    const extents& shape = all.values[each.value].shape;
    made.push_back({shape, count_of(shape)});
  }
  return made;
}

/// How many rows go through all kernels together: so many that what they hand on stays in the
/// first-level cache. Where kernels of one step hand it on in an output, that counts as well.
template <class T>
std::size_t rows_of_tile(plan places, const model_program<T>& of) {
  if (of.instructions.size() < 2) return static_cast<std::size_t>(-1);
  places.row_elements = of.row_elements;
  const bool has_room = of.row_elements * sizeof(T) <= most_row_bytes;
  const std::size_t rows = has_room ? tile_rows(places, sizeof(T)) : 1;
  std::size_t most = 1;
  for (const program_instruction& each : of.instructions) {
    most = std::max(most, count_of(each.operands.back().shape));
  }
  return std::min(rows, std::max(least_rows_beside_many_weights, tile_bytes / sizeof(T) / most));
}

/// Calls each kernel once for a row, but for its loops: what a call of a kernel refuses is refused
/// here.
template <class T>
void try_once(const model_program<T>& of) {
  std::vector<std::vector<T>> arrays;
  std::vector<const T*> in;
  std::vector<T*> out;
  for (const program_array& each : of.inputs) {
    in.push_back(arrays.emplace_back(each.columns).data());
  }
  for (const program_array& each : of.outputs) {
    out.push_back(arrays.emplace_back(each.columns).data());
  }
  try {
    const rehearsal nothing;
    of.run(1, in, out, &nothing);
  } catch (const std::invalid_argument& error) {
    refuse_model("it cannot run: " + std::string(error.what()));
  }
}

template <class T>
std::shared_ptr<const model_program<T>> make_program(const graph& all, const std::string& name) {
  const auto made = std::make_shared<model_program<T>>();
  const plan places = make_plan(all, calls_of_steps(all));
  made->inputs = arrays_of(all, all.inputs);
  made->outputs = arrays_of(all, all.outputs);
  step_compiler<T> compiler(all, places, *made);
  for (const step& each : all.steps) compiler.add(each);
  made->row_elements = places.row_elements + compiler.more_elements();
  made->tile_rows = rows_of_tile(places, *made);
  const std::string type = sizeof(T) == sizeof(float) ? "float" : "double";
  made->summary = table_text(all, {name, name, {type}}, places);
  try_once(*made);
  return made;
}

graph read_graph_by(weights_reader by, const model_files& files) {
  const auto parts = parts_of(files);
  if (by == weights_reader::child) {
    return read_graph_with(parts.configuration, [&] { return weights_in_child(parts.weights); }, {});
  }
  const std::lock_guard alone(one_reader());
  return read_graph_with(parts.configuration, [&] { return weights_file(parts.weights); }, {});
}

template <class T>
std::shared_ptr<const model_program<T>> read_program(const std::string& file,
                                                     const std::string* weights,
                                                     weights_reader by) {
  try {
    const model_files files = read_files(file, weights);
    return make_program<T>(read_graph_by(by, files), std::filesystem::path(file).stem().string());
  } catch (const std::bad_alloc&) {
    throw model_error(file + ": it needs more memory than there is");
  } catch (const std::exception& error) {
    throw model_error(file + ": " + error.what());
  }
}

/// The elements of an argument, whose shape must be rows of the model's.
template <class T>
std::size_t elements_of(const model_argument<T>& given, const program_array& of, bool is_input,
                        std::size_t index, std::size_t count) {
  if (given.shape.empty()) return given.elements;
  const std::string name = model_array_name(is_input, index, count);
  const std::size_t elements = element_count(given.shape);
  const auto row = given.shape.subspan(1);
  const bool is_flat = row.size() == 1 && row[0] == of.columns;
  if (!is_flat && !std::ranges::equal(row, of.shape)) {
    refuse_with<shape_error>({predict_name, ": ", name, " has the shape ", given.shape,
                              ", which is not that of rows of ",
                              std::span<const std::size_t>(of.shape)});
  }
  std::size_t stride = 1;
  for (std::size_t i = given.shape.size(); i-- > 0 && elements != 0;) {
    if (given.shape[i] != 1 && given.strides[i] != static_cast<std::ptrdiff_t>(stride)) {
      refuse_with<shape_error>({predict_name, ": ", name,
                                " is not rows one behind the other: the strides of its view are ",
                                given.strides});
    }
    stride *= given.shape[i];
  }
  return elements;
}

std::span<const std::size_t> shape_at(const std::vector<program_array>& of, std::size_t index,
                                      const char* function, const char* what) {
  if (index >= of.size()) {
    refuse_with<shape_error>(
        {function, ": there is no ", what, " ", index, "; the model has ", of.size()});
  }
  return of[index].shape;
}

void check_count(bool is_input, std::size_t given, std::size_t needed) {
  if (given == needed) return;
  refuse_with<shape_error>({predict_name, given == 1 ? ": there is 1 " : ": there are ",
                            given == 1 ? std::string() : std::to_string(given) + " ",
                            is_input ? "input" : "output", given == 1 ? "" : "s",
                            "; the model has ", needed});
}

}  // namespace
}  // namespace detail::models

template <class T>
basic_model<T>::basic_model(const std::string& file, weights_reader by)
    : program_(detail::models::read_program<T>(file, nullptr, by)) {}

template <class T>
basic_model<T>::basic_model(const std::string& configuration, const std::string& weights,
                            weights_reader by)
    : program_(detail::models::read_program<T>(configuration, &weights, by)) {}

template <class T>
std::size_t basic_model<T>::input_count() const {
  return program_->inputs.size();
}
template <class T>
std::size_t basic_model<T>::output_count() const {
  return program_->outputs.size();
}
template <class T>
std::span<const std::size_t> basic_model<T>::input_shape(std::size_t index) const {
  return detail::models::shape_at(program_->inputs, index, "model::input_shape", "input");
}
template <class T>
std::span<const std::size_t> basic_model<T>::output_shape(std::size_t index) const {
  return detail::models::shape_at(program_->outputs, index, "model::output_shape", "output");
}
template <class T>
const std::string& basic_model<T>::summary() const {
  return program_->summary;
}

template <class T>
void basic_model<T>::run(std::span<const argument> in, std::span<const result> out) const {
  const detail::model_program<T>& of = *program_;
  detail::models::check_count(true, in.size(), of.inputs.size());
  detail::models::check_count(false, out.size(), of.outputs.size());
  std::array<detail::model_span, detail::models::most_model_arrays> in_spans, out_spans;
  std::array<detail::model_array, detail::models::most_model_arrays> in_arrays, out_arrays;
  std::array<const T*, detail::models::most_model_arrays> in_data;
  std::array<T*, detail::models::most_model_arrays> out_data;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::size_t columns = of.inputs[i].columns;
    in_spans[i] = {detail::models::elements_of(in[i], of.inputs[i], true, i, in.size()), columns};
    in_arrays[i] = {in[i].data, columns};
    in_data[i] = in[i].data;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t columns = of.outputs[i].columns;
    out_spans[i] = {detail::models::elements_of(out[i], of.outputs[i], false, i, out.size()),
                    columns};
    out_arrays[i] = {out[i].data, columns};
    out_data[i] = out[i].data;
  }
  const std::size_t rows =
      detail::rows_of_arrays(detail::models::predict_name, std::span(in_spans).first(in.size()),
                             std::span(out_spans).first(out.size()));
  if (rows == 0) return;
  detail::check_model_call(detail::models::predict_name, rows, sizeof(T),
                           std::span(in_arrays).first(in.size()),
                           std::span(out_arrays).first(out.size()));
  of.run(rows, std::span(in_data).first(in.size()), std::span(out_data).first(out.size()));
}

template class basic_model<float>;
template class basic_model<double>;

}  // namespace fusor
