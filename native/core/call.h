// SPDX-License-Identifier: MIT
//
// One call of a hop: a row, its arguments, and the options that say how the hop makes the call.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/value.h"

namespace dosvc {

struct Call;
struct Method;
using Calls = std::vector<Call>;

// Marks a call whose setting lasts only as long as a sink. When the sink ends, it restores the
// previous value, but only if the service still has the value that the sink set.
struct Loan {
  enum class How {
    kSet,    // set the argument; the previous value is taken to be null
    kAdd,    // add the argument's bits to those that are set
    kRenew,  // likewise, after the service restarted: missing bits were lost in the restart, not
             // cleared by another process, so the current bits are read again
    kKeep,   // set the argument for good
  };

  ObjectRef sink;  // null if the call is not a loan
  const Method* read = nullptr;
  How how = How::kSet;
};

struct Call {
  Call() = default;
  Call(const Call&) = default;
  Call(Call&&) = default;
  Call& operator=(const Call&) = default;
  Call& operator=(Call&&) = default;
  ~Call() {
    for (auto& argument : arguments) Wipe(argument);
  }

  const Method* method = nullptr;
  List arguments;
  // Calls that the same hop makes on the object that this call returns, or on each object of the
  // list that it returns. In the value, { object, outcomes } then replaces the object, which is
  // released unless `keep` is set.
  Calls then;
  bool keep = false;
  // The call is made only if an earlier call of the hop returned one of these values.
  struct Condition {
    std::size_t call = 0;
    List gave;
  };
  std::optional<Condition> when;
  // If the service's callback passed an object along, that object is the value and the call is not
  // made.
  bool brought = false;
  Loan loan;
};

}  // namespace dosvc
