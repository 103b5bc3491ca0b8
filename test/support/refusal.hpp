// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace fusor::test {

/// The sentence of the exception of type Error that a call throws; "nothing" if it throws none.
template <class Error, class Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

}  // namespace fusor::test
