// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fusor/begin.hpp"

#include <algorithm>
#include <cstddef>

#include "fusor/kernel/parallel.hpp"
#include "fusor/kernel/share.hpp"
#include "fusor/schedule/layer_chain.hpp"

#if defined(FUSOR_MODEL_THREADS) && !defined(_OPENMP)
#error "a model with THREADS is compiled with OpenMP"
#endif

/// The rows of a call of a generated model: on one thread, or shared out.
namespace fusor::detail {

/// Calls `work(first, end)` for all rows in parts, which cut no rows that go through a chain of
/// layers together, by OpenMP where the model was added with THREADS and the rows are worth it.
/// `elements` is about how many elements of an activation take the time of one row.
template <class Work>
void for_rows(std::size_t rows, [[maybe_unused]] std::size_t elements, const Work& work) {
#if defined(FUSOR_MODEL_THREADS)
  const policy_runner runs(par);
  share_out(&runs, (rows + most_rows_of_chain - 1) / most_rows_of_chain,
            most_rows_of_chain * elements, 1, [&](std::size_t begin, std::size_t end) {
              work(begin * most_rows_of_chain, std::min(rows, end * most_rows_of_chain));
            });
#else
  work(0, rows);
#endif
}

}  // namespace fusor::detail

#include "fusor/end.hpp"
