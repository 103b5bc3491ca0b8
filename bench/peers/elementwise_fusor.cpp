// SPDX-License-Identifier: BSL-1.0
#include <fusor/fusor.hpp>

#include "elementwise.hpp"

namespace bench {

namespace {

using namespace fusor;

template <auto Formula, class T>
elementwise_call call_of(const elementwise_task<T>& t) {
  return [in = t.in, out = t.out, count = t.count] { kernel<Formula>(in, out, count); };
}

/// The kernel of a formula as `Form` makes it.
template <auto Form, class T>
elementwise_call prepare(const elementwise_task<T>& t) {
  switch (t.what) {
#define BENCH_CASE(id, name, formula, reference) \
  case activation::id:                           \
    return call_of<Form(formula)>(t);
    BENCH_ACTIVATIONS(BENCH_CASE)
#undef BENCH_CASE
  }
  return {};
}

template <auto Form>
library column(const char* name) {
  return {name, prepare<Form, float>, prepare<Form, double>};
}

}  // namespace

library_list fusor_libraries() {
  return {
      column<[](auto formula) { return formula; }>("Fusor"),
      column<[](auto formula) { return relaxed(formula); }>("Fusor relaxed"),
  };
}

}  // namespace bench
