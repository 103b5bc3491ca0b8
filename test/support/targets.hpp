// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <hwy/targets.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>

namespace fusor::test {

/// Calls `check` once on every instruction set that is compiled in and that this CPU supports.
template <class Check>
void on_every_target(const Check& check) {
#if defined(FUSOR_STATIC_DISPATCH)
  check();
#else
  int checked = 0;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    BOOST_TEST_CONTEXT("on " << hwy::TargetName(target)) {
      check();
    }
    hwy::SetSupportedTargetsForTest(0);
    ++checked;
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  BOOST_TEST(checked > 0);
#endif
}

}  // namespace fusor::test
