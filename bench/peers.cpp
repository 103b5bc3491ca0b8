// SPDX-License-Identifier: BSL-1.0
// Element-wise activations beside other libraries: nanoseconds per element and the largest error.
#if !defined(FUSOR_STATIC_DISPATCH)
#include <hwy/targets.h>
#endif
#include <strings.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "peers/elementwise.hpp"
#include "peers/elementwise_errors.hpp"
#include "peers/elementwise_report.hpp"
#include "side_by_side.hpp"

namespace {

constexpr const char* usage =
    R"(peers: activations by Fusor and by other libraries, beside each other

--table          print Markdown tables, one for each size
--json FILE      write all results
--svg FILE       write a picture of the first size
--double         double instead of float
--sizes LIST     elements of an array, such as 4Ki,64Ki,1Mi,64Mi (4Ki,1Mi)
--only LIST      these activations alone, such as tanh,mish
--normal         errors where input and result are normal numbers; else of all, with infinities
--seconds TIME   how long an activation is measured for each size (0.4)
--target NAME    hold Fusor to an instruction set, such as avx2, as well as oneDNN and PyTorch if
                 that is avx2; XNNPACK, which cannot be held, is left out
)";

struct options {
  bool prints_table = false;
  bool in_double = false;
  bool of_normal = false;
  std::string json, svg, target;
  std::vector<std::size_t> sizes = {4 * bench::Ki, bench::Mi};
  std::vector<std::string> only;
  double seconds = 0.4;
};

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t first = 0; first <= list.size();) {
    const std::size_t end = std::min(list.find(',', first), list.size());
    parts.push_back(list.substr(first, end - first));
    first = end + 1;
  }
  return parts;
}

std::size_t size_of(const std::string& text) {
  std::size_t digits = 0;
  const std::size_t number = std::stoul(text, &digits);
  const std::string unit = text.substr(digits);
  if (number > 0 && unit == "Ki") return number * bench::Ki;
  if (number > 0 && unit == "Mi") return number * bench::Mi;
  throw std::invalid_argument("--sizes: \"" + text + "\" is not a size such as 4Ki");
}

options read_options(int count, char** arguments) {
  options chosen;
  for (int i = 1; i < count; ++i) {
    const std::string name = arguments[i];
    const auto value = [&]() -> std::string {
      if (++i == count) throw std::invalid_argument(name + " needs a value");
      return arguments[i];
    };
    if (name == "--table") {
      chosen.prints_table = true;
    } else if (name == "--double") {
      chosen.in_double = true;
    } else if (name == "--normal") {
      chosen.of_normal = true;
    } else if (name == "--json") {
      chosen.json = value();
    } else if (name == "--svg") {
      chosen.svg = value();
    } else if (name == "--target") {
      chosen.target = value();
    } else if (name == "--only") {
      chosen.only = split(value());
    } else if (name == "--seconds") {
      chosen.seconds = std::stod(value());
    } else if (name == "--sizes") {
      chosen.sizes.clear();
      for (const std::string& size : split(value())) chosen.sizes.push_back(size_of(size));
    } else {
      throw std::invalid_argument("there is no option " + name + "\n\n" + usage);
    }
  }
  return chosen;
}

/// Holds Fusor to an instruction set, named as Highway names it, and those that have a switch of
/// their own, which they look at when they are called first.
void hold_to(const std::string& name) {
  if (strcasecmp(name.c_str(), "avx2") == 0) {
    setenv("ONEDNN_MAX_CPU_ISA", "AVX2", 1);
    setenv("ATEN_CPU_CAPABILITY", "avx2", 1);
  }
#if defined(FUSOR_STATIC_DISPATCH)
  throw std::invalid_argument("--target: this build has one instruction set, no choice of " + name);
#else
  std::string names;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (strcasecmp(hwy::TargetName(target), name.c_str()) == 0) {
      hwy::SetSupportedTargetsForTest(target);
      hwy::GetChosenTarget().Update(hwy::SupportedTargets());
      return;
    }
    names += std::string(" ") + hwy::TargetName(target);
  }
  throw std::invalid_argument("--target: \"" + name + "\" is none of this machine's:" + names);
#endif
}

bench::library_list all_libraries([[maybe_unused]] bool is_held) {
  bench::library_list all = bench::fusor_libraries();
  const auto append = [&](const bench::library_list& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
#ifdef BENCH_HAS_EIGEN
  append(bench::eigen_libraries());
#endif
#ifdef BENCH_HAS_ONEDNN
  append(bench::onednn_libraries());
#endif
#ifdef BENCH_HAS_TORCH
  append(bench::torch_libraries());
#endif
#ifdef BENCH_HAS_XNNPACK
  if (!is_held) append(bench::xnnpack_libraries());
#endif
#ifdef BENCH_HAS_SLEEF
  append(bench::sleef_libraries());
#endif
#ifdef BENCH_HAS_XSIMD
  append(bench::xsimd_libraries());
#endif
  append({bench::plain_own::plain(), bench::plain_own_fast::plain()});
#ifdef BENCH_HAS_CLANG
  append({bench::plain_clang::plain(), bench::plain_clang_fast::plain()});
#endif
  return all;
}

template <class T>
bench::elementwise_call prepare(const bench::library& by, const bench::elementwise_task<T>& task) {
  if constexpr (sizeof(T) == 4) {
    return by.in_float ? by.in_float(task) : nullptr;
  } else {
    return by.in_double ? by.in_double(task) : nullptr;
  }
}

struct candidate {
  bench::elementwise_call run;
};

template <class T>
std::vector<bench::row> measure(bench::activation what, const char* name,
                                const bench::library_list& libraries, const options& chosen) {
  const std::vector<T> inputs = bench::spread_inputs<T>();
  const auto exact = bench::exact_results(what, inputs);
  std::vector<bench::result> found;
  for (std::size_t i = 0; i < libraries.size(); ++i) {
    std::vector<T> outputs(inputs.size());
    const auto run = prepare<T>(libraries[i], {what, inputs.data(), outputs.data(), inputs.size()});
    if (!run) continue;
    run();
    found.push_back({i, 0, bench::find_largest_error(inputs, outputs, exact, chosen.of_normal)});
  }
  std::vector<bench::row> rows;
  for (const std::size_t count : chosen.sizes) {
    const bench::array_of<T> in(count), out(count, bench::half_page);
    bench::fill_random(in.data(), count, 1);
    std::vector<candidate> candidates;
    for (const bench::result& each : found) {
      candidates.push_back(
          {prepare<T>(libraries[each.library], {what, in.data(), out.data(), count})});
    }
    const std::size_t calls = std::max<std::size_t>(1, 128 * bench::Ki / count);
    const auto best = bench::best_bursts(chosen.seconds, candidates, calls);
    for (std::size_t i = 0; i < found.size(); ++i) {
      found[i].ns = best[i] * 1e9 / static_cast<double>(calls * count);
    }
    rows.push_back({name, count, found});
  }
  return rows;
}

/// By its name in the table, with what is in brackets or without.
bool is_chosen(const options& chosen, const std::string& name) {
  if (chosen.only.empty()) return true;
  return std::any_of(chosen.only.begin(), chosen.only.end(), [&](const std::string& each) {
    return each == name || name.rfind(each + " (", 0) == 0;
  });
}

template <class T>
void run(const options& chosen) {
  const char* const type = sizeof(T) == 4 ? "float" : "double";
  const bench::library_list libraries = all_libraries(!chosen.target.empty());
  const std::size_t columns_of_fusor = bench::fusor_libraries().size();
  std::vector<bench::row> rows;
  const auto add = [&](bench::activation what, const char* name) {
    if (!is_chosen(chosen, name)) return;
    for (const bench::row& each : measure<T>(what, name, libraries, chosen)) {
      if (!chosen.prints_table) bench::print_lines(each, libraries);
      rows.push_back(each);
    }
  };
#define BENCH_ADD(id, name, formula, reference) add(bench::activation::id, name);
  BENCH_ACTIVATIONS(BENCH_ADD)
#undef BENCH_ADD
  if (rows.empty()) throw std::invalid_argument("--only names no activation");
  for (const std::size_t count : chosen.sizes) {
    if (chosen.prints_table) bench::print_table(rows, count, libraries, columns_of_fusor, type);
  }
  if (!chosen.json.empty()) bench::write_json(chosen.json, rows, libraries, type);
  if (!chosen.svg.empty()) bench::write_picture(chosen.svg, rows, chosen.sizes[0], libraries, type);
}

}  // namespace

int main(int count, char** arguments) try {
  setenv("OMP_NUM_THREADS", "1", 1);
  if (count == 2 && std::string(arguments[1]) == "--help") {
    std::fputs(usage, stdout);
    return 0;
  }
  const options chosen = read_options(count, arguments);
  if (!chosen.target.empty()) hold_to(chosen.target);
  chosen.in_double ? run<double>(chosen) : run<float>(chosen);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "peers: %s\n", error.what());
  return 2;
}
